"""A corpus becomes a generation in a cluster: what is sent, resumed, brought along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.errors import CorpusError
from indexer.pipeline.build import build as build_here
from indexer.store.reader import known_files
from search.remote import sink as sink_room
from search.remote.generations import Shape
from tests.cluster_runs import TEXT, answering, counts, known, run, standing, written
from tests.fake_cluster import FakeCluster


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return written(tmp_path / "corpus")


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


def test_an_empty_folder_empties_no_index(corpus: Path, tmp_path: Path) -> None:
    cluster = FakeCluster()
    run(cluster, corpus)
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError):
        run(cluster, tmp_path / "none")
    assert len(known(cluster)) == 8
