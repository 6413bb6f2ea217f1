"""`gongkai inspect`: how one file is read."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.pipeline.inspect import asked
from indexer.pipeline.inspect import inspect as inspect_file
from web.commands.language import Command, FilePath
from web.commands.options import json_option
from web.terminal.inspected import inspected, inspected_json, print_inspected
from web.terminal.say import print_json


@click.command(cls=Command)
@click.argument("file", type=FilePath())
@click.option("--corpus", type=click.Path(path_type=Path))
@json_option
def inspect(file: Path, corpus: Path | None, as_json: bool) -> None:
    wanted = asked(file, corpus)
    read = inspected(inspect_file(wanted), wanted.whole_source)
    if as_json:
        print_json(inspected_json(read))
    else:
        print_inspected(read)
