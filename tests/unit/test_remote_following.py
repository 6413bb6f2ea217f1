"""Engines that follow the alias of a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.remote.following import RemoteSource
from search.remote.generations import Generation
from tests.cluster_runs import answering, run, written
from tests.fake_cluster import FakeCluster, no_answer


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return written(tmp_path / "corpus")


def test_a_source_follows_the_alias(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    made: list[str] = []

    def make(generation: Generation) -> Any:
        made.append(generation.index)
        return f"engine of {generation.index}"

    source = RemoteSource(cluster.open(), make)
    first = source.now()
    source.look()
    assert source.now() is first
    assert len(made) == 1
    (corpus / "甲.txt").unlink()
    run(cluster, corpus)
    source.look()
    assert source.now() == f"engine of {answering(cluster)}" != first


def test_a_source_stays_where_it_is_while_the_cluster_is_away(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    cluster.patience = 0.0
    source = RemoteSource(cluster.open(), lambda generation: generation.index)
    here = source.now()

    def away(method: str, path: str, body: bytes) -> None:
        raise no_answer()

    cluster.trouble = away
    source.look()
    assert source.now() == here
    assert source.status().refused
    cluster.trouble = lambda method, path, body: None
    source.look()
    assert not source.status().refused
