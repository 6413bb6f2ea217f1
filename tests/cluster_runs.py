"""Runs of the index into a cluster in memory (fake_cluster.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from indexer.pipeline.tally import Summary
from indexer.store.reader import KnownFile
from search.remote.build import Settings, build
from search.remote.generations import Shape
from search.remote.known import known_files as known_there
from tests.fake_cluster import FakeCluster

TEXT = "{name}县2019年政府信息公开工作年度报告\n一、总体情况\n本县主动公开{name}信息12条。\n"


def written(folder: Path) -> Path:
    """A corpus of six reports, a copy of one, and a file that is none."""
    folder.mkdir()
    for name in "甲乙丙丁戊己":
        (folder / f"{name}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    (folder / "己二.txt").write_text(TEXT.format(name="己"), encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return folder


def run(cluster: FakeCluster, corpus: Path, at: float = 1.0, **settings: Any) -> Summary:
    """Index the corpus there, at a time of one's own, without waiting."""
    quick = Settings(
        settings.pop("shape", Shape()), grace=7.0, stale=0.0, sleep=settings.pop("sleep", _no_time)
    )
    return build(corpus, cluster.open(), jobs=1, clock=lambda: at, settings=quick, **settings)


def _no_time(seconds: float) -> None:
    pass


def standing(cluster: FakeCluster) -> list[str]:
    """The generations that there are."""
    return [name for name in cluster.indexes if name != "reports-lock"]


def answering(cluster: FakeCluster) -> str:
    """The generation that the alias names."""
    (name,) = cluster.aliases["reports"]
    return name


def counts(summary: Summary) -> dict[str, int]:
    """What a run did, without what it did not."""
    names = ("reports", "copies", "added", "updated", "moved", "unchanged", "removed", "read")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def known(cluster: FakeCluster) -> dict[str, KnownFile]:
    """What the generation that answers knows of its files."""
    return known_there(cluster.open(), answering(cluster))
