"""A corpus becomes a generation in a cluster: what is sent, resumed, brought along, switched and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ClusterError, CorpusError, LockedIndexError, OtherVersionError
from indexer.model import report_id
from indexer.pipeline.build import build as build_here
from indexer.pipeline.tally import Summary
from indexer.store.reader import KnownFile, known_files
from search.remote import generations as generations_room
from search.remote import sink as sink_room
from search.remote.build import Plan, Settings, build, plan
from search.remote.following import RemoteSource
from search.remote.generations import Generation, Shape, current
from search.remote.known import known_files as known_there
from search.remote.lock import WriteLock
from search.remote.mapping import made_with
from search.remote.verify import Whole, verify
from tests.fake_cluster import FakeCluster, no_answer

TEXT = "{name}县2019年政府信息公开工作年度报告\n一、总体情况\n本县主动公开{name}信息12条。\n"
Clock = Callable[[], float]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six reports, a copy of one, and a file that is none."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in "甲乙丙丁戊己":
        (folder / f"{name}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    (folder / "己二.txt").write_text(TEXT.format(name="己"), encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return folder


def run(cluster: FakeCluster, corpus: Path, at: float = 1.0, **settings: Any) -> Summary:
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
    (name,) = cluster.aliases["reports"]
    return name


def counts(summary: Summary) -> dict[str, int]:
    names = ("reports", "copies", "added", "updated", "moved", "unchanged", "removed", "read")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


def known(cluster: FakeCluster) -> dict[str, KnownFile]:
    return known_there(cluster.open(), answering(cluster))


def test_a_corpus_is_known_there_as_it_is_here(corpus: Path, tmp_path: Path) -> None:
    cluster = FakeCluster()
    here = build_here(corpus, tmp_path / "index", jobs=1, clock=lambda: 1.0)
    there = run(cluster, corpus)
    assert counts(there) == counts(here) == {"reports": 6, "copies": 1, "added": 6, "read": 8}
    assert there.rejected == here.rejected
    assert known(cluster) == dict(known_files(tmp_path / "index"))
    about = cluster.indexes[answering(cluster)].meta
    assert about["complete"]
    assert (about["reports"], about["files"]) == (6, 2)
    assert about["length"] == sum(
        each.get("length", 0) for each in cluster.indexes[answering(cluster)].documents.values()
    )


def test_a_second_run_reads_and_changes_nothing(corpus: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    first = answering(cluster)
    assert counts(run(cluster, corpus)) == {"reports": 6, "copies": 1, "unchanged": 7}
    assert standing(cluster) == [answering(cluster)] == [first]


@pytest.mark.parametrize("at_once", [1, 2, 50])
def test_what_did_not_change_comes_along(
    corpus: Path, tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sink_room, "_AT_ONCE", at_once)
    cluster = FakeCluster()
    run(cluster, corpus)
    before = dict(cluster.indexes[answering(cluster)].documents)
    (corpus / "甲.txt").write_text(TEXT.format(name="辛"), encoding="utf-8")
    (corpus / "乙.txt").rename(corpus / "壬.txt")
    (corpus / "丙.txt").unlink()
    summary = run(cluster, corpus, at=9.0)
    changes = {"updated": 1, "moved": 1, "unchanged": 4, "removed": 1}
    assert counts(summary) == {"reports": 5, "copies": 1, "read": 2} | changes
    after = cluster.indexes[answering(cluster)].documents
    same = {id: each for id, each in after.items() if each == before.get(id)}
    assert {each["source"] for each in same.values()} == {
        "丁.txt",
        "戊.txt",
        "己.txt",
        "己二.txt",
        "空.txt",
    }
    assert known(cluster)["壬.txt"].former
    build_here(corpus, tmp_path / "index", jobs=1)
    there = {source: each.state for source, each in known(cluster).items()}
    assert there == {s: each.state for s, each in known_files(tmp_path / "index").items()}


def test_what_a_killed_run_had_sent_is_not_sent_again(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.remote.bulk.ITEMS", 1)
    cluster = FakeCluster()
    _killed_after(cluster, 4, corpus)
    (left,) = standing(cluster)
    there = dict(cluster.indexes[left].documents)
    assert 0 < len(there) < 8
    assert "reports" not in cluster.aliases
    cluster.asked.clear()
    summary = run(cluster, corpus)
    assert summary.read == 8 - len(there)
    assert cluster.asked.count(("POST", f"/{left}/_bulk")) == 8 - len(there)
    assert standing(cluster) == [answering(cluster)] == [left]
    assert len(cluster.indexes[left].documents) == 8


def _killed_after(cluster: FakeCluster, documents: int, corpus: Path) -> None:
    """A run that ends, as by a kill, once the cluster has taken some documents."""
    taken = 0

    def trouble(method: str, path: str, body: bytes) -> None:
        nonlocal taken
        if path.endswith("_bulk"):
            taken += 1
            if taken > documents:
                raise KeyboardInterrupt

    cluster.trouble = trouble
    with pytest.raises(KeyboardInterrupt):
        run_by_hand(cluster, corpus)
    cluster.trouble = lambda method, path, body: None


def run_by_hand(cluster: FakeCluster, corpus: Path) -> None:
    """A run whose requests are made by its own thread, so that an end at one of them ends the run."""

    class Straight:
        def __init__(self, of: Any, index: str) -> None:
            self._of, self._path = of, f"/{index}/_bulk"

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *error: Any) -> None:
            pass

        def put(self, item: Any) -> None:
            self._of.ask("POST", self._path, item.lines)

        def flush(self) -> None:
            pass

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.remote.build.Bulk", Straight)
        run(cluster, corpus)


def test_what_was_sent_of_files_that_changed_since_goes(corpus: Path) -> None:
    cluster = FakeCluster()
    _killed_after(cluster, 6, corpus)
    (left,) = standing(cluster)
    for each in list(cluster.indexes[left].documents.values()):
        (corpus / each["source"]).unlink()
    summary = run(cluster, corpus)
    assert standing(cluster) == [left]
    found = {each["source"] for each in cluster.indexes[left].documents.values()}
    assert found == {path.name for path in corpus.iterdir()}
    assert summary.read == len(found)


@pytest.mark.parametrize("again", [{"rebuild": True}, {"shape": Shape(5, 0)}])
def test_what_is_left_is_dropped_where_another_shape_or_a_rebuild_is_asked_for(
    corpus: Path, again: dict[str, Any]
) -> None:
    cluster = FakeCluster()
    _killed_after(cluster, 4, corpus)
    (left,) = standing(cluster)
    assert run(cluster, corpus, **again).read == 8
    assert left not in standing(cluster)
    assert len(standing(cluster)) == 1


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


def test_an_empty_folder_empties_no_index(corpus: Path, tmp_path: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError):
        run(cluster, tmp_path / "none")
    assert len(known(cluster)) == 8


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
