"""Ids that lead to a report: its own, one of an earlier path, that of a copy; and files that are no reports."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState, record_of
from indexer.errors import LimitError, MissingIndexError, UnknownReportError
from indexer.messages import Message
from indexer.model import report_id
from search.model import SearchRequest
from search.remote import shelf
from search.remote.asking import Cluster
from search.remote.documents import document, rejected_document
from search.remote.engine import ClusterEngine
from tests.cluster.filled import client, filled, of_reports
from tests.oracle import drawn

pytestmark = pytest.mark.cluster
STATE = FileState(3, 1, "ab", "")
OLD = report_id("old.txt")


@pytest.fixture(scope="module")
def engine() -> Iterator[ClusterEngine]:
    prepared = prepare(drawn.report(Random(1), "a.txt"))
    record = record_of("a.txt", STATE, (OLD,), prepared)
    copy = FileState(3, 1, "ab", "", reason=Message("empty_file"), copy_of="a.txt")
    second = FileState(3, 1, "ab", "", reason=Message("empty_file"), copy_of="b.txt")
    empty = FileState(0, 1, "cd", "", reason=Message("empty_file"))
    rejected = [
        record_of("b.txt", copy, ()),
        record_of("c.txt", second, ()),
        record_of("empty.txt", empty, ()),
    ]
    documents = [(record["id"], document(prepared, record))]
    documents += [(one["id"], rejected_document(one)) for one in rejected]
    with filled(documents) as found:
        yield found


def test_every_id_leads_to_the_report(engine: ClusterEngine) -> None:
    for one in (report_id("a.txt"), OLD, report_id("b.txt"), report_id("c.txt")):
        report = engine.report(one)
        assert (report.source, report.copies) == ("a.txt", ("b.txt", "c.txt"))
        assert engine.file(one).sha256 == "ab"
    for unknown in (report_id("empty.txt"), "0" * 12, "../x", ""):
        with pytest.raises(UnknownReportError):
            engine.report(unknown)


def test_files_that_are_no_reports_are_told_and_never_found(engine: ClusterEngine) -> None:
    assert [file.source for file in engine.overview().rejected] == ["b.txt", "c.txt", "empty.txt"]
    for query in ("", "NOT 没有的", "genre:disclosure OR genre:work_report OR genre:other"):
        assert engine.count(SearchRequest(query)).reports == 1
        assert engine.looked_in(SearchRequest(query)).reports == 1


def test_more_reports_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [drawn.report(Random(seed), f"{seed}.txt") for seed in range(5)]
    with filled(of_reports(reports)) as engine:
        assert len(engine.concordance(SearchRequest("公"), "left").lines)
        monkeypatch.setattr(shelf.Shelf.some, "__defaults__", (1,))
        with pytest.raises(LimitError):
            engine.concordance(SearchRequest("公"), "left")
        with pytest.raises(LimitError):
            engine.search(SearchRequest("“公”", literal=True))


def test_an_index_that_is_not_there() -> None:
    with pytest.raises(MissingIndexError):
        ClusterEngine(Cluster(client(), "gongkai-test-none", "http://127.0.0.1"))
