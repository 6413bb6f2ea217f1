"""`python -m tests.benchmarks`: measure, then print the table."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from tests.benchmarks.corpus import find_corpus
from tests.benchmarks.peers import ALL
from tests.benchmarks.run import Options, grow, run
from tests.benchmarks.table import markdown, plain, render

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--corpus", type=_FOLDER, help="folder of reports; else $GONGKAI_WORK_REPORTS")
@click.option("--times", default=1, show_default=True, help="measure an N-fold corpus")
@click.option("--growth", is_flag=True, help="of the N-fold corpus, only what it costs this engine")
@click.option("--work", type=_FOLDER, help="keep texts and indexes here for the next run")
@click.option("--queries", default=200, show_default=True, help="queries a class")
@click.option("--rounds", default=3, show_default=True)
@click.option("--seed", default=2024, show_default=True)
@click.option("--budget", default=60.0, show_default=True, help="seconds a class, engine and round")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True)
@click.option("--peer", "peers", multiple=True, type=click.Choice([peer.name for peer in ALL]))
@click.option("--quick", is_flag=True, help="20 queries a class, one round, 5 seconds each")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), help="file, or - instead of the table"
)
@click.option("--markdown", "as_markdown", is_flag=True, help="the table for README")
def main(
    corpus: Path | None,
    times: int,
    growth: bool,
    work: Path | None,
    queries: int,
    rounds: int,
    seed: int,
    budget: float,
    jobs: int,
    peers: tuple[str, ...],
    quick: bool,
    json_file: Path | None,
    as_markdown: bool,
) -> None:
    """Gongkai beside Tantivy, Groonga, SQLite FTS5 and plain Whoosh, on the same texts."""
    if quick:
        queries, rounds, budget = 20, 1, 5.0
    options = Options(queries, rounds, seed, budget, jobs, peers)
    with ExitStack() as stack:
        folder = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            found = find_corpus(corpus, folder)
        except FileNotFoundError as error:
            raise click.UsageError(str(error)) from error
        result = (grow if growth else run)(found, folder, options, times=times)
    told = json.dumps(asdict(result), ensure_ascii=False, indent=1)
    if json_file and str(json_file) != "-":
        json_file.write_text(told + "\n", encoding="utf-8")
    click.echo(
        told if str(json_file) == "-" else render(result, markdown if as_markdown else plain)
    )


if __name__ == "__main__":
    main()
