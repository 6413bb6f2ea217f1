"""`gongkai similar`: reports that have much of their text in common."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from indexer.likeness.find import find_alike
from web.api.alike_json import likenesses_json
from web.commands.language import Command
from web.commands.options import index_option, json_option
from web.commands.wiring import open_engine
from web.terminal.alike import (
    asked_id,
    at_least,
    print_likenesses,
    print_pairs,
    print_pairs_csv,
    print_pairs_json,
)
from web.terminal.say import print_json


@click.command(cls=Command)
@click.argument("report", required=False)
@index_option
@json_option
@click.option("--csv", "as_csv", is_flag=True)
@click.option("--least", type=click.IntRange(50, 100), default=50, show_default=True)
def similar(report: str | None, folder: Path, as_json: bool, as_csv: bool, least: int) -> None:
    """Looks for likenesses first, where that was not done since the index changed."""
    find_alike(folder)
    engine = open_engine(folder)
    if report is None:
        form = print_pairs_csv if as_csv else print_pairs_json if as_json else print_pairs
        form(at_least(least / 100, engine.every_alike()))
        return
    asked = engine.report(asked_id(report)).id
    found = engine.alike(asked)
    found = replace(found, pairs=tuple(at_least(least / 100, found.pairs)))
    if as_csv:
        print_pairs_csv(found.pairs)
    elif as_json:
        print_json(likenesses_json(asked, found))
    else:
        print_likenesses(found)
