"""`gongkai findings`: what a reader has collected."""

from __future__ import annotations

from pathlib import Path

import click

from search.saved.database import Database, saved_path
from search.saved.findings import CONFLICTS, Conflict, Findings
from search.source import FixedSource
from web import language
from web.app import create_app
from web.commands.language import Command, Group
from web.commands.options import index_option, json_option
from web.commands.wiring import open_engine
from web.findings.fields import fields_of
from web.findings.files import WRITERS
from web.findings.merging import take_in
from web.findings.reading import read_findings
from web.public import absolute
from web.terminal.findings import print_findings, print_taken, taken_json
from web.terminal.say import print_json, say
from web.terminal.written import write_whole

_OF = "findings"
_HERE = "http://127.0.0.1:8000/"
"""Where `gongkai serve` serves its pages, if not told otherwise."""


class _Ending(click.Path):
    """A file to write, whose name ends as one of the forms does."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        path = Path(str(super().convert(str(value), param, ctx)))
        if path.suffix.lower().lstrip(".") not in WRITERS:
            choice = click.Choice([f".{ending}" for ending in WRITERS])
            choice.convert(path.suffix, param, ctx)
        return path


@click.group("findings", cls=Group)
def findings() -> None:
    """What there is to say of it stands in web/texts/command.py."""


@findings.command("list", cls=Command, of=_OF)
@index_option
@click.option("--label")
@json_option
def list_(folder: Path, label: str | None, as_json: bool) -> None:
    every = Findings(Database(saved_path(folder))).every(label)
    if as_json:
        print_json({"findings": [fields_of(each, "") | {"number": each.number} for each in every]})
    else:
        print_findings(every)


@findings.command("export", cls=Command, of=_OF)
@click.argument("file", type=_Ending(dir_okay=False, writable=True))
@index_option
@click.option("--label")
@click.option("--public-url", default=_HERE, show_default=True)
def export(file: Path, folder: Path, label: str | None, public_url: str) -> None:
    """The file is the one that the page hands out, written whole or not at all."""
    every = Findings(Database(saved_path(folder))).every(label)
    app = create_app(FixedSource(open_engine(folder)), public_url=public_url)
    cookie = {"Cookie": f"{language.COOKIE}={language.current()}"}
    _, write = WRITERS[file.suffix.lower().lstrip(".")]
    with app.test_request_context("/", headers=cookie):
        write_whole(file, write(every, absolute("/").removesuffix("/")))
    say("findings_written", count=len(every), file=str(file))


@findings.command("import", cls=Command, of=_OF)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@index_option
@click.option("--on-conflict", metavar="WHAT", type=click.Choice(CONFLICTS), default="keep")
@json_option
def import_(file: Path, folder: Path, on_conflict: Conflict, as_json: bool) -> None:
    theirs = read_findings(file.name, file.read_bytes())
    kept = Findings(Database(saved_path(folder)))
    taken = take_in(open_engine(folder), kept, theirs, on_conflict)
    if as_json:
        print_json(taken_json(taken))
    else:
        print_taken(taken, on_conflict)
