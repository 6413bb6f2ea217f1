"""`gongkai verify`: links and quotes against the corpus as it is now."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.commands.language import Command
from web.commands.options import cluster_option, index_option, json_option
from web.commands.wiring import open_engine
from web.findings.reading import read_findings
from web.terminal.say import print_json
from web.terminal.verified import print_csv, print_verdicts
from web.verify.rows import all_found, verdicts_json, verified

STANDARD_INPUT = Path("-")


@click.command(cls=Command)
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
)
@index_option
@cluster_option
@json_option
@click.option("--csv", "as_csv", is_flag=True)
def verify(file: Path, folder: Path, as_json: bool, as_csv: bool) -> None:
    """Exit code 1 where a passage is neither exact nor moved."""
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    rows = verified(open_engine(folder), read_findings(file.name, data))
    if as_json:
        print_json(verdicts_json(rows))
    elif as_csv:
        print_csv(rows)
    else:
        print_verdicts(rows)
    if not all_found(rows):
        sys.exit(1)
