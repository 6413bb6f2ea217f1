"""`gongkai index`, `watch`, `check`: an index is made, kept current, verified."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import click

from indexer.pipeline.build import build
from indexer.pipeline.tally import Summary
from indexer.pipeline.watch import INTERVAL
from indexer.pipeline.watch import watch as watch_corpus
from indexer.store.verify import verify
from search.remote.address import Address
from web.alerts.run import send_due
from web.commands.alerts import tell_news
from web.commands.language import Command
from web.commands.options import (
    cluster_option,
    index_option,
    interrupted,
    jobs_option,
    json_option,
)
from web.commands.wiring import cluster_named, clusters
from web.terminal.progress import progress_bar
from web.terminal.say import print_json, say
from web.terminal.summary import print_summary, summary_json
from web.terminal.watching import Sending, Watching
from web.texts import t


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@index_option
@jobs_option
@click.option("--rebuild", is_flag=True)
@cluster_option
@click.option("--shards", metavar="N", type=click.IntRange(1, 1024))
@click.option("--replicas", metavar="N", type=click.IntRange(0, 16))
@json_option
def index(
    corpus: Path,
    folder: Path,
    jobs: int,
    rebuild: bool,
    shards: int | None,
    replicas: int | None,
    as_json: bool,
) -> None:
    address = cluster_named()
    if address is None:
        with progress_bar() as progress, interrupted("command_interrupted"):
            summary = build(corpus, folder, jobs=jobs, rebuild=rebuild, progress=progress)
        _tell(summary, folder, folder, as_json=as_json)
        return

    def switched(summary: Summary, grace: float) -> None:
        _tell(summary, address, folder, as_json=as_json)
        if grace:
            say("command_cluster_older", seconds=round(grace), err=True)

    with progress_bar() as progress, interrupted("command_interrupted_cluster"):
        clusters().build(
            *(corpus, address),
            jobs=jobs,
            rebuild=rebuild,
            shards=shards,
            replicas=replicas,
            progress=progress,
            switched=switched,
        )


def _tell(summary: Summary, place: Path | Address, folder: Path, *, as_json: bool) -> None:
    """Say what a run did; whoever waits for news of searches that are kept beside the folder gets them."""
    if as_json:
        print_json(summary_json(summary))
    else:
        print_summary(summary, place)
    tell_news(folder)


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@index_option
@jobs_option
@click.option("--every", type=click.IntRange(1), default=INTERVAL, show_default=True)
def watch(corpus: Path, folder: Path, jobs: int, every: int) -> None:
    def run() -> Summary:
        with progress_bar() as progress:
            return build(corpus, folder, jobs=jobs, progress=progress)

    watching = Watching(run, folder)

    def run_and_tell() -> bool:
        succeeded = watching()
        if succeeded:
            tell_news(folder)
        return succeeded

    sending = Sending(lambda: send_due(folder, time.time))
    with interrupted("command_watched"):
        watch_corpus(corpus, run_and_tell, sending, interval=every)


@click.command(cls=Command)
@index_option
@cluster_option
def check(folder: Path) -> None:
    address = cluster_named()
    if address is None:
        click.echo(t("command_sound", **asdict(verify(folder))))
    else:
        click.echo(t("command_sound_cluster", **asdict(clusters().verify(address))))
