"""One writer at a time, over a cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import LockedIndexError
from search.remote.lock import WriteLock
from tests.fake_cluster import FakeCluster, no_answer


def test_a_second_writer_is_told_who_writes(corpus: Path) -> None:
    cluster = FakeCluster()
    first = WriteLock(cluster.open(), beat=0.001, stale=0.0)
    with first:
        second = WriteLock(cluster.open(), beat=0.001, stale=60.0, sleep=_beats(first))
        with pytest.raises(LockedIndexError) as caught, second:
            pass
    assert dict(caught.value.message.values)["host"]
    with WriteLock(cluster.open(), stale=0.0):
        pass


def _beats(lock: WriteLock) -> Callable[[float], None]:
    return lambda seconds: lock.check()


def test_the_lock_of_a_writer_that_is_gone_is_taken_and_it_learns_so() -> None:
    cluster = FakeCluster()
    gone = WriteLock(cluster.open(), beat=3600.0)
    with gone, WriteLock(cluster.open(), beat=3600.0, stale=0.0) as ours:
        with pytest.raises(LockedIndexError) as caught:
            gone.check()
        assert caught.value.message.key == "cluster_lock_lost"
        ours.check()
    with WriteLock(cluster.open(), beat=3600.0, stale=0.0) as free:
        free.check()


def test_a_write_whose_answer_was_lost_is_no_loss_of_the_lock() -> None:
    cluster = FakeCluster()
    lost: list[str] = []

    def trouble(method: str, path: str, body: bytes) -> None:
        if method == "PUT" and path.endswith("writer") and len(lost) % 2 == 0:
            lost.append(path)
            cluster.write("reports-lock", "writer", body, {})
            raise no_answer()
        lost.append("")

    with WriteLock(cluster.open(), beat=3600.0) as lock:
        cluster.trouble = trouble
        lock.check()
        lock.check()
    assert lost
