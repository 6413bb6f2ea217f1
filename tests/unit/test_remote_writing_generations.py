"""Generations behind an alias: what a run begins with, when the alias moves, what is removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ClusterError, OtherVersionError
from indexer.model import report_id
from search.remote import generations as generations_room
from search.remote.build import Plan, plan
from search.remote.generations import Generation, Shape, current
from search.remote.mapping import made_with
from search.remote.verify import Whole, verify
from tests.cluster_runs import answering, known, run, standing, written
from tests.fake_cluster import FakeCluster, no_answer


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return written(tmp_path / "corpus")


def test_the_alias_moves_in_one_request_after_all_else_and_before_anything_goes(
    corpus: Path,
) -> None:
    cluster, seen = FakeCluster(), []
    run(cluster, corpus)
    old = answering(cluster)
    (corpus / "甲.txt").unlink()
    cluster.asked.clear()
    run(cluster, corpus, sleep=lambda seconds: seen.append((seconds, standing(cluster))))
    new = answering(cluster)
    writes = [each for each in cluster.asked if not each[1].startswith("/reports-lock")]
    at = writes.index(("POST", "/_aliases"))
    assert writes.count(("POST", "/_aliases")) == 1
    assert writes[at + 1 :] == [("DELETE", f"/{old}")]
    order = ["_bulk", "_refresh", "_count", "_forcemerge", "_mapping", "_settings"]
    places = [max(n for n, (_, path) in enumerate(writes) if path == f"/{new}/{o}") for o in order]
    assert (
        places == sorted(places) or places[1] > places[3]
    )  # it is refreshed once more when merged
    assert max(places) < at
    assert (7.0, [old, new]) in seen, "readers of the old one have their time"
    assert current(cluster.open()).index == new


def test_a_merge_waits_until_no_copy_asks_for_what_filled_it(corpus: Path) -> None:
    cluster, told = FakeCluster(), []

    def stats(method: str, path: str, body: bytes) -> Any:
        if path.endswith("_flush"):
            return {"_shards": {"failed": 0}}
        if not path.endswith("_stats/store"):
            return None
        told.append(path)
        lease = {"retaining_seq_no": 5 if len(told) > 3 else 4}
        copy = {
            "store": {"size_in_bytes": 1 << 30},
            "seq_no": {"max_seq_no": 4},
            "retention_leases": {"leases": [{"retaining_seq_no": 5}, lease]},
        }
        return {"indices": {path.split("/")[1]: {"shards": {"0": [copy]}}}}

    cluster.trouble = stats
    run(cluster, corpus)
    paths = [path.rpartition("/")[2] for _, path in cluster.asked]
    assert paths.index("_flush") < paths.index("_forcemerge")
    assert paths[: paths.index("_forcemerge")].count("store") == len(told) == 4


def test_a_count_that_is_not_right_leaves_readers_what_they_had(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    old = answering(cluster)
    (corpus / "甲.txt").unlink()
    cluster.trouble = lambda method, path, body: (
        {"count": 3, "_shards": {"failed": 0}} if path.endswith("_count") else None
    )
    with pytest.raises(ClusterError) as caught:
        run(cluster, corpus)
    assert caught.value.message.key == "cluster_count"
    assert answering(cluster) == old


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (lambda cluster, name: setattr(cluster.indexes[name], "meta", {}), "cluster_replaced"),
        (
            lambda cluster, name: setattr(
                cluster,
                "trouble",
                lambda method, path, body: (
                    {"_shards": {"failed": 1, "total": 6}} if path.endswith("_refresh") else None
                ),
            ),
            "cluster_copies",
        ),
    ],
)
def test_what_is_not_whole_is_not_switched_to(
    corpus: Path, trouble: Callable[[FakeCluster, str], None], key: str
) -> None:
    cluster = FakeCluster()

    def once(method: str, path: str, body: bytes) -> None:
        if path.endswith("_bulk"):
            trouble(cluster, path.split("/")[1])

    cluster.trouble = once
    with pytest.raises(ClusterError) as caught:
        run(cluster, corpus)
    assert caught.value.message.key == key
    assert "reports" not in cluster.aliases


def test_an_index_of_another_version_is_replaced_and_says_so(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    (corpus / "甲.txt").rename(corpus / "辛.txt")
    cluster.indexes[answering(cluster)].meta["fold"] = "0"
    with pytest.raises(OtherVersionError):
        current(cluster.open())
    summary = run(cluster, corpus)
    assert summary.notice is not None
    assert summary.notice.key == "index_replaced"
    assert summary.read == 8
    assert known(cluster)["辛.txt"].former, "links to what moved still lead there"


def test_another_index_of_that_name_is_left_alone(corpus: Path) -> None:
    cluster = FakeCluster()
    cluster.create("reports", b'{"settings":{}}', {})
    with pytest.raises(ClusterError) as caught:
        run(cluster, corpus)
    assert caught.value.message.key == "cluster_name_taken"


def test_indexes_of_longer_names_are_none_of_ours(corpus: Path) -> None:
    cluster = FakeCluster()
    theirs = "reports-b-20260101t000000-abcdef"
    cluster.create(theirs, b'{"settings":{}}', {})
    run(cluster, corpus)
    assert theirs in cluster.indexes


def generation(index: str, *, current: bool = False, **meta: Any) -> Generation:
    return Generation(index, {**made_with(), "shape": [None, None], **meta}, current)


@pytest.mark.parametrize(
    ("there", "rebuild", "expected"),
    [
        ([], False, (None, False, None)),
        ([("a", {"current": True, "complete": True})], False, ("a", False, None)),
        ([("a", {}), ("b", {})], False, (None, False, "b")),
        ([("a", {"current": True, "complete": True}), ("b", {})], False, ("a", False, "b")),
        ([("a", {"current": True, "complete": True}), ("b", {})], True, ("a", True, None)),
        ([("a", {"fold": "0"}), ("b", {"complete": True})], False, (None, False, None)),
        ([("a", {"current": True, "complete": True, "fold": "0"})], False, ("a", True, None)),
        ([("a", {"shape": [2, 0]})], False, (None, False, None)),
    ],
)
def test_what_a_run_begins_with(
    there: list[tuple[str, dict[str, Any]]], rebuild: bool, expected: tuple[Any, bool, Any]
) -> None:
    found = plan([generation(name, **meta) for name, meta in there], Shape(), rebuild=rebuild)
    names = [each and each.index for each in (found.current, found.left)]
    assert (names[0], found.rebuild, names[1]) == expected
    assert isinstance(found, Plan)


def test_an_index_is_made_once_though_the_first_answer_was_lost() -> None:
    cluster = FakeCluster()

    def trouble(method: str, path: str, body: bytes) -> None:
        if method == "PUT" and not standing(cluster):
            cluster.create(path[1:], body, {})
            raise no_answer()

    cluster.trouble = trouble
    made = generations_room.create(cluster.open(), Shape())
    assert standing(cluster) == [made.index]
    assert cluster.indexes[made.index].settings["number_of_shards"] == 3
    assert cluster.indexes[made.index].settings["number_of_replicas"] == 1


def test_an_index_is_verified(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    health = {"status": "green", "active_shards": 6, "unassigned_shards": 0}
    cluster.health_of_index = {**health, "active_primary_shards": 3}
    assert verify(cluster.open()) == Whole(6, 2, 3, 2, 12)
    cluster.health_of_index |= {"status": "yellow", "active_shards": 5, "unassigned_shards": 1}
    with pytest.raises(ClusterError) as caught:
        verify(cluster.open())
    assert caught.value.message.key == "cluster_copies"
    del cluster.indexes[answering(cluster)].documents[report_id("甲.txt")]
    with pytest.raises(ClusterError) as caught:
        verify(cluster.open())
    assert caught.value.message.key == "cluster_count"
