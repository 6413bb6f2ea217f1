"""`gongkai echoes`: who said a sentence first, and which reports copy most."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indexer.echoes.find import find_echoes
from search.echoes import Laziest
from search.engine import Engine
from search.model import SearchRequest
from web.api.echoes_json import echoes_json, laziest_json
from web.commands.language import Command
from web.commands.options import filter_options, index_option, interrupted, json_option
from web.commands.search import typed
from web.commands.wiring import open_engine
from web.terminal.alike import asked_id
from web.terminal.echoes import print_echoes, print_echoes_csv, print_laziest, print_laziest_csv
from web.terminal.progress import steps_bar
from web.terminal.say import print_json


@click.command(cls=Command, context_settings={"show_default": True})
@click.argument("report", required=False)
@index_option
@click.option("--query", default="", show_default=False)
@filter_options
@click.option("--page", default=1)
@click.option("--size", default=20)
@json_option
@click.option("--csv", "as_csv", is_flag=True)
def echoes(
    report: str | None, folder: Path, query: str, as_json: bool, as_csv: bool, **options: Any
) -> None:
    """Looks for echoes first, where that was not done since the index changed."""
    with steps_bar("echoes_finding") as progress, interrupted("command_interrupted"):
        find_echoes(folder, progress)
    engine = open_engine(folder)
    if report is None:
        _list(engine, SearchRequest(q=typed(query), **options), as_json=as_json, as_csv=as_csv)
        return
    asked = engine.report(asked_id(report))
    found = engine.echoes(asked.id)
    if as_csv:
        print_echoes_csv(engine, asked.id, found)
    elif as_json:
        print_json(echoes_json(asked.id, found))
    else:
        print_echoes(asked, found)


def _list(engine: Engine, asked: SearchRequest, *, as_json: bool, as_csv: bool) -> None:
    """A page of the laziest; as CSV all of them."""
    if as_csv:
        print_laziest_csv(engine, asked)
        return
    found: Laziest = engine.laziest(asked)
    if as_json:
        print_json(laziest_json(found, asked))
    else:
        print_laziest(found)
