"""`gongkai batch`: a list of queries, counted line by line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import click

from search.engine import Engine
from search.model import SearchRequest
from search.spread import Below
from web.batch.files import pieces
from web.batch.listed import MAX_KB, read_list
from web.batch.noted import Lines, Listing
from web.batch.part import Part, not_written
from web.commands.language import Command
from web.commands.options import cluster_option, filter_options, index_option, interrupted
from web.commands.wiring import open_engine
from web.export.formats import FORMATS
from web.terminal.progress import counting_bar
from web.terminal.say import say

_AT_ONCE = 256
_STANDARD = "-"


@click.command(cls=Command, context_settings={"show_default": True})
@click.argument(
    "list_", metavar="LIST", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@index_option
@cluster_option
@filter_options
@click.option("--silent", is_flag=True)
@click.option(
    "--below",
    metavar="LEVEL",
    type=click.Choice(get_args(Below)),
    default="children",
    show_default=False,
)
@click.option("--crossed", is_flag=True)
@click.option("--format", "form", metavar="FORM", type=click.Choice(tuple(FORMATS)))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path))
def batch(
    list_: str,
    folder: Path,
    below: Below,
    crossed: bool,
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    engine = open_engine(folder)
    listing = Listing(_read(list_), SearchRequest(**options), below, crossed)
    form = form or _form_of(output)
    if output is None:
        notes = _all(Lines(engine, listing))
        for piece in pieces(form, listing, listing.frame(engine), notes, engine.generation):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with interrupted("command_batch_stopped"):
        _into(output, form, engine, listing)


def _into(output: Path, form: str, engine: Engine, listing: Listing) -> None:
    """Count what is not counted yet, then write the file."""
    frame, lines = listing.frame(engine), Lines(engine, listing)
    with Part(output, listing.digest(engine.generation)) as part:
        if part.anew:
            say("command_batch_anew", err=True)
        for note in part.notes():
            lines.known(note)
        if lines.done:
            say("command_batch_resumed", err=True, done=lines.done)
        with counting_bar(len(listing.queries), lines.done) as counted:
            while more := part.add(lines.next(_AT_ONCE)):
                counted(more)
        refused = _write(
            output, pieces(form, listing, frame, part.notes(), engine.generation), part
        )
        part.remove()
    say(
        "command_batch_done",
        err=True,
        file=output,
        lines=len(listing.queries),
        refused=refused,
    )


def _write(output: Path, made: Iterable[bytes], part: Part) -> int:
    """Write the file, which appears when it is whole; how many lines are wrong."""
    beside = output.with_name(output.name + ".new")
    try:
        with beside.open("wb") as file:
            file.writelines(made)
        beside.replace(output)
    except OSError as error:
        raise not_written(output, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return sum(note["error"] is not None for note in part.notes())


def _all(lines: Lines) -> Iterator[Mapping[str, Any]]:
    while more := list(lines.next(_AT_ONCE)):
        yield from more


def _read(list_: str) -> tuple[str, ...]:
    """The queries of a file, or of standard input."""
    if list_ == _STANDARD:
        return read_list(sys.stdin.buffer.read((MAX_KB << 10) + 1), "")
    with Path(list_).open("rb") as file:
        return read_list(file.read((MAX_KB << 10) + 1), list_)


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    return ending if ending in FORMATS else next(iter(FORMATS))
