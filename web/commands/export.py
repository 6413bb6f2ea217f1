"""`gongkai export`: a view of an answer as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

import click

from indexer.errors import RequestError
from indexer.messages import Message
from search.engine import Engine
from search.model import ConcordanceOrder, SearchRequest
from search.source import FixedSource
from search.spread import Below
from web import language
from web.app import create_app
from web.commands.language import Command
from web.commands.options import cluster_option, filter_options, index_option
from web.commands.search import typed
from web.commands.wiring import open_engine
from web.export.formats import ADDRESSES, FORMATS
from web.export.views import TABLES
from web.terminal.say import say
from web.terminal.written import write_whole
from web.urls import pairs

LOCAL = "http://127.0.0.1:8000"
"""Where `gongkai serve` shows pages unless it is told otherwise: links in files begin so."""


@click.command(  # -词 is a query
    cls=Command, context_settings={"ignore_unknown_options": True, "show_default": True}
)
@click.argument("query")
@index_option
@cluster_option
@filter_options
@click.option("--silent", is_flag=True)
@click.option("--view", metavar="TABLE", type=click.Choice(tuple(ADDRESSES)), default="hits")
@click.option("--format", "form", metavar="FORM", type=click.Choice(tuple(FORMATS)))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sort", default="relevance")
@click.option(
    "--order", metavar="ORDER", type=click.Choice(get_args(ConcordanceOrder)), default="report"
)
@click.option("--below", metavar="LEVEL", type=click.Choice(get_args(Below)), default="children")
@click.option("--public-url", default=LOCAL)
def export(
    query: str,
    folder: Path,
    view: str,
    form: str | None,
    output: Path | None,
    order: str,
    below: str,
    public_url: str,
    **options: Any,
) -> None:
    form = form or _form_of(output)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise RequestError(
            Message("export_to_terminal"),
            parameter="output",
            hint=Message("export_to_terminal_hint"),
        )
    asked = SearchRequest(q=typed(query), **options).validate()
    parameters = urlencode([*pairs(asked), ("order", order), ("below", below)])
    pieces = _pieces(open_engine(folder), parameters, view, form, public_url)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        write_whole(output, pieces)
        say("export_written", err=True, file=str(output))


def _form_of(output: Path | None) -> str:
    """The form that the file's name ends with, CSV where it is none."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return ending if ending in FORMATS else "csv"


def _pieces(
    engine: Engine, parameters: str, view: str, form: str, public_url: str
) -> Iterator[bytes]:
    """The file, as the pages give it for these parameters."""
    app = create_app(FixedSource(engine), public_url=public_url)
    cookie = f"{language.COOKIE}={language.current()}"
    with app.test_request_context(f"/?{parameters}", headers={"Cookie": cookie}):
        yield from FORMATS[form].write(TABLES[view]())
