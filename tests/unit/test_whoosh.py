"""The index is a Whoosh index: Whoosh alone opens it, finds, ranks, groups, sorts and deletes."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import whoosh.index
from whoosh.fields import NUMERIC
from whoosh.qparser import QueryParser
from whoosh.query import And, Every, FuzzyTerm, Not, NumericRange, Or, Prefix, Query, Term
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet
from whoosh.writing import SegmentWriter

from indexer.arrays.prepare import prepare
from indexer.arrays.records import record_of
from indexer.model import Report
from indexer.store.codec import ArrayCodec, ArraySegment, live_files, open_arrays
from indexer.store.schema import schema
from tests.invented import NORTH, RIVER, STATE, report

FIRST = report(
    "北原/2019.md",
    "北原省信息公开年报",
    ("intro", None, ("本年报说明“三务”公开情况。",)),
    ("overview", "一、总体情况：", ("三务公开，三务公示。", "覆盖GB2312编码的𠀀字。")),
    year=2019,
    issuer="北原省办公厅",
    region=(NORTH,),
)
SECOND = report(
    "河口/2020.md",
    "河口市政府工作报告",
    ("plan", "二、目标", ("推进三务公开和2021年任务。",)),
    ("other", None, ("附件从略，另行公示。",)),
    year=2020,
    region=(NORTH, RIVER),
    genre="work_report",
)
THIRD = report("无名.md", "一份文件", ("other", None, ("没有年份，也没有三务。",)), genre="other")
REJECTED = "坏.pdf"


def write(index: Any, *items: Report | str, merge: Callable[..., Any] | None = None) -> None:
    """One commit of reports, and of rejected files given by their sources."""
    writer = index.writer(codec=ArrayCodec(), compound=False)
    add_all(writer, items)
    writer.commit(merge=False, mergetype=merge)


def add_all(writer: SegmentWriter, items: Sequence[Report | str]) -> None:
    for item in items:
        if isinstance(item, str):
            writer.perdocwriter.reject(record_of(item, STATE, ()))
        else:
            prepared = prepare(item)
            writer.perdocwriter.add(prepared, record_of(item.source, STATE, (), prepared))
        writer._added = True


def absorb_all(writer: SegmentWriter, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    for segment in segments:
        arrays = open_arrays(writer.storage, segment)
        writer.perdocwriter.absorb(arrays, live_files(segment, arrays.file_unit))
        writer._added = True
    return []


@pytest.fixture(params=["one", "two", "merged"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index of one segment, of two, and of two merged."""
    index = whoosh.index.create_in(str(tmp_path), schema())
    if request.param == "one":
        write(index, FIRST, REJECTED, SECOND, THIRD)
    else:
        write(index, FIRST, REJECTED)
        write(index, SECOND, THIRD)
    if request.param == "merged":
        write(index, merge=absorb_all)
        assert len(list(tmp_path.glob("*.arrays"))) == 1
    assert not list(tmp_path.glob("*.run*"))
    return tmp_path


@pytest.fixture
def searcher(folder: Path) -> Iterator[Searcher]:
    with whoosh.index.open_dir(str(folder)).searcher() as searcher:
        yield searcher


def found(searcher: Searcher, query: Query) -> list[int]:
    return sorted(hit.docnum for hit in searcher.search(query, limit=None))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Term("text", "三务"), [0, 1, 3, 5]),
        (Term("text", "三务公开"), [0, 1, 3]),
        (Term("text", "务"), [0, 1, 3, 5]),
        (Term("text", "𠀀"), [1]),
        (Term("text", "码的𠀀字"), [1]),
        (Term("text", "gb2312"), [1]),
        (Term("text", "gb"), []),
        (Term("text", "2021"), [3]),
        (Term("text", "202"), []),
        (Term("text", "公示三务"), []),
        (Term("text", "三务公示\n覆盖"), []),
        (Term("text", ""), []),
        (Term("text", b"\xff"), []),
        (Term("text", "年报说"), [0]),
        (Term("text", "信息"), []),
        (Term("title", "信息公开"), [0, 1]),
        (Term("title", "市政府"), [3, 4]),
        (Term("title", "三务"), []),
        (And([Term("text", "三务"), Term("region", "150000")]), [0, 1, 3]),
        (And([Term("text", "三务"), Term("title", "河口")]), [3]),
        (Or([Term("text", "附件"), Term("text", "编码")]), [1, 4]),
        (And([Term("text", "三务"), Not(Term("text", "公开"))]), [5]),
        (Not(Term("text", "三务")), [2, 4]),
        (Term("region", "150100"), [3, 4]),
        (Term("genre", "work_report"), [3, 4]),
        (Term("kind", "other"), [4, 5]),
        (Term("heading", "一、总体情况"), [1]),
        (Term("issuer", "北原省办公厅"), [0, 1]),
        (Term("source", REJECTED), [2]),
        (Term("source", SECOND.source), [3, 4]),
        (Term("report", SECOND.id), [3, 4]),
        (Term("year", 2020), [3, 4]),
        (Term("year", 2021), []),
        (NumericRange("year", 2019, 2019), [0, 1]),
        (NumericRange("year", 2000, 2019), [0, 1]),
        (NumericRange("year", 2019, None), [0, 1, 3, 4]),
        (NumericRange("year", None, 2019, endexcl=True), []),
        (NumericRange("year", None, 2019), [0, 1]),
        (NumericRange("year", 1, 2018), []),
        (NumericRange("year", 2019, 2020, startexcl=True), [3, 4]),
        (NumericRange("year", 1, 30000), [0, 1, 3, 4]),
        (Prefix("source", "河"), [3, 4]),
        (Prefix("region", "1501"), [3, 4]),
        (Prefix("text", "公"), [0, 1, 3, 4]),
        (Prefix("text", "三务公"), [0, 1, 3]),
        (Prefix("title", "河口市"), [3, 4]),
        (FuzzyTerm("text", "公布", maxdist=1), [0, 1, 3, 4]),
        (FuzzyTerm("kind", "overviev", maxdist=1), [1]),
        (Every("year"), [0, 1, 3, 4]),
        (Every(), [0, 1, 2, 3, 4, 5]),
    ],
)
def test_queries(searcher: Searcher, query: Query, expected: list[int]) -> None:
    assert found(searcher, query) == expected
    assert sorted(query.docs(searcher)) == expected


def test_parsed_query_is_folded(searcher: Searcher) -> None:
    parser = QueryParser("text", schema())
    assert found(searcher, parser.parse("三務")) == [0, 1, 3, 5]
    assert found(searcher, parser.parse("三務 year:[2020 TO 2021]")) == [3]


def test_ranking(searcher: Searcher) -> None:
    hits = searcher.search(Term("text", "三务"), limit=2)
    assert len(hits) == 4
    assert hits.scored_length() == 2
    assert hits[0].score >= hits[1].score > 0
    every = searcher.search(Term("text", "三务"), limit=None)
    assert [hit.docnum for hit in every][:2] == [hit.docnum for hit in hits]


def test_stored_fields(searcher: Searcher) -> None:
    assert searcher.stored_fields(3) == {
        "report": SECOND.id,
        "source": SECOND.source,
        "title": SECOND.title,
        "genre": "work_report",
        "year": 2020,
        "region": "150000 150100",
        "kind": "plan",
        "heading": "二、目标",
    }
    assert searcher.stored_fields(1)["heading"] == "一、总体情况"
    assert searcher.stored_fields(1)["issuer"] == "北原省办公厅"
    assert searcher.stored_fields(2) == {"source": REJECTED}
    assert searcher.stored_fields(5).keys() == {"report", "source", "title", "genre", "kind"}


@pytest.mark.parametrize(
    ("field", "groups"),
    [
        ("year", {2019: [0, 1], 2020: [3], NUMERIC(int, signed=False).default: [5]}),
        ("region", {"150000": [0, 1], "150000 150100": [3], "": [5]}),
        ("genre", {"disclosure": [0, 1], "work_report": [3], "other": [5]}),
        ("kind", {"intro": [0], "overview": [1], "plan": [3], "other": [5]}),
        ("issuer", {"北原省办公厅": [0, 1], "": [3, 5]}),
        ("report", {FIRST.id: [0, 1], SECOND.id: [3], THIRD.id: [5]}),
    ],
)
def test_groups(searcher: Searcher, field: str, groups: dict[Any, list[int]]) -> None:
    hits = searcher.search(Term("text", "三务"), groupedby=field, limit=None)
    assert {key: sorted(ids) for key, ids in hits.groups(field).items()} == groups


def test_groups_that_overlap(searcher: Searcher) -> None:
    facet = FieldFacet("region", allow_overlap=True)
    hits = searcher.search(Term("text", "三务"), groupedby={"region": facet}, limit=None)
    groups = {key: sorted(ids) for key, ids in hits.groups("region").items()}
    assert groups == {"150000": [0, 1, 3], "150100": [3], None: [5]}


def test_sorting(searcher: Searcher) -> None:
    def order(by: Any, **options: Any) -> list[Any]:
        hits = searcher.search(Term("text", "三务"), sortedby=by, limit=None, **options)
        return [hit.docnum for hit in hits]

    assert order("year") == [0, 1, 3, 5]
    assert order(FieldFacet("year", reverse=True)) == [5, 3, 0, 1]
    assert order("kind") == [0, 5, 1, 3]
    assert order(FieldFacet("kind", reverse=True)) == [3, 1, 5, 0]


def test_reader(searcher: Searcher) -> None:
    reader = searcher.reader()
    assert reader.doc_count() == reader.doc_count_all() == 6
    assert ("text", "三务") in reader
    assert ("text", "三務") not in reader
    assert ("nothing", "三务") not in reader
    info = reader.term_info("text", "三务")
    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (5, 4, 2)
    assert (info.min_id(), info.max_id()) == (0, 5)
    assert (reader.frequency("text", "无有"), reader.doc_frequency("text", "无有")) == (0, 0)
    assert reader.doc_field_length(0, "text") == len("本年报说明三务公开情况")
    assert reader.doc_field_length(1, "title") == len(FIRST.title)
    assert reader.doc_field_length(1, "kind") == 0
    assert reader.doc_field_length(2, "text") == 0
    lengths = [reader.doc_field_length(number, "text") for number in range(6)]
    assert reader.field_length("text") == sum(lengths)
    assert reader.max_field_length("text") == max(lengths)
    with pytest.raises(whoosh.reading.TermNotFound):
        reader.term_info("text", "无有")


def test_lexicon(searcher: Searcher) -> None:
    reader = searcher.reader()
    terms = list(reader.all_terms())
    assert terms == sorted(set(terms))
    assert {field for field, _ in terms} == set(schema().names())
    texts = {text.decode() for field, text in terms if field == "text"}
    assert {"三务", "公示", "𠀀"} <= texts
    assert not {"gb", "23", "河口"} & texts
    assert list(reader.field_terms("kind")) == ["intro", "other", "overview", "plan"]
    assert [reader.schema["year"].from_bytes(t) for t in reader.lexicon("year")][:2] == [2019, 2020]
    for field, text in terms:
        assert reader.term_info(field, text).doc_frequency() > 0
    assert {ids for *_, ids, _, _ in reader.iter_postings()} == set(range(6))


def test_cursor(searcher: Searcher) -> None:
    for leaf, _ in searcher.reader().leaf_readers():
        for field in ("kind", "text", "title", "year"):
            cursor = leaf.cursor(field)
            walked = []
            while cursor.is_valid():
                assert cursor.term_info().doc_frequency() > 0
                walked.append(cursor.text())
                cursor.next()
            assert walked == list(leaf.field_terms(field))
            assert cursor.next() is None
            assert cursor.term_info() is None
            assert cursor.first() == walked[0]
            assert cursor.find(walked[-1]) == walked[-1]


def test_matcher(searcher: Searcher) -> None:
    matcher = searcher.postings("text", "三务")
    copied = matcher.copy()
    copied.skip_to(3)
    assert (matcher.id(), copied.id(), copied.value_as("frequency")) == (0, 3, 1)
    assert list(matcher.all_ids()) == [0, 1, 3, 5]
    assert searcher.postings("kind", "other").value_as("frequency") == 1


def test_deletion(folder: Path) -> None:
    index = whoosh.index.open_dir(str(folder))
    writer = index.writer(codec=ArrayCodec(), compound=False)
    assert writer.delete_by_term("source", FIRST.source) == 2
    writer.commit(merge=False)
    with index.searcher() as searcher:
        assert searcher.doc_count() == 4
        assert found(searcher, Term("text", "三务")) == [3, 5]
        assert found(searcher, Not(Term("text", "三务"))) == [2, 4]
    write(index, FIRST, merge=absorb_all)
    with index.searcher() as searcher:
        assert searcher.doc_count() == searcher.doc_count_all() == 6
        assert found(searcher, Term("text", "三务")) == [1, 3, 4, 5]
        assert found(searcher, Term("source", FIRST.source)) == [4, 5]


def test_all_deleted(folder: Path) -> None:
    index = whoosh.index.open_dir(str(folder))
    writer = index.writer(codec=ArrayCodec(), compound=False)
    assert writer.delete_by_query(Every()) == 6
    writer.commit(mergetype=absorb_all)
    with index.searcher() as searcher:
        assert searcher.doc_count_all() == 0
        assert found(searcher, Term("text", "三务")) == []
        assert found(searcher, Term("year", 2019)) == []
        assert list(searcher.reader().all_terms()) == []


def test_open_reader_outlives_a_merge(folder: Path) -> None:
    index = whoosh.index.open_dir(str(folder))
    with index.searcher() as searcher:
        write(index, merge=absorb_all)
        assert found(searcher, Term("text", "三务")) == [0, 1, 3, 5]
        assert searcher.stored_fields(2) == {"source": REJECTED}


@pytest.mark.parametrize("adds", [True, False])
def test_cancel_leaves_nothing(folder: Path, adds: bool) -> None:
    before = {path.name for path in folder.iterdir()}
    writer = whoosh.index.open_dir(str(folder)).writer(codec=ArrayCodec(), compound=False)
    if adds:
        add_all(writer, [FIRST])
        writer.perdocwriter._gatherer.flush()
        assert list(folder.glob("*.run*"))
    writer.cancel()
    assert {path.name for path in folder.iterdir()} == before


def test_failed_merge_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, sources: object) -> None:
        path.write_bytes(b"unfinished")
        raise OSError("disk full")

    before = {path.name for path in folder.iterdir()}
    writer = whoosh.index.open_dir(str(folder)).writer(codec=ArrayCodec(), compound=False)
    add_all(writer, [FIRST])
    monkeypatch.setattr("indexer.store.run_writer.merge", fails)
    with pytest.raises(OSError, match="disk full"):
        writer.commit(merge=False)
    writer.cancel()
    assert {path.name for path in folder.iterdir()} == before


def test_plain_whoosh_cannot_write(folder: Path) -> None:
    with whoosh.index.open_dir(str(folder)).writer(codec=ArrayCodec(), compound=False) as writer:
        with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
            writer.add_document(source="x")
        with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
            writer.commit(optimize=True)
        writer.mergetype = absorb_all


def test_segment_is_small_in_the_table_of_contents() -> None:
    segment = ArraySegment("MAIN")
    segment.set_documents(100_000)
    for number in [*range(10, 50_000), *range(60_000, 60_002)]:
        segment.delete_document(number)
    segment.delete_document(60_001, delete=False)
    pickled = pickle.dumps(segment)
    assert len(pickled) < 500
    again = pickle.loads(pickled)
    assert again == segment
    assert again.deleted_docs() == segment.deleted_docs()
    assert again.doc_count() == 100_000 - 49_990 - 1
    with pytest.raises(IndexError):
        segment.delete_document(100_000)


def test_live_files(folder: Path) -> None:
    index = whoosh.index.open_dir(str(folder))
    for segment in index._segments():
        arrays = open_arrays(index.storage, segment)
        assert live_files(segment, arrays.file_unit).all()
        last = arrays.file_count - 1
        segment.delete_document(arrays.documents(last)[-1])
        assert np.flatnonzero(~live_files(segment, arrays.file_unit)).tolist() == [last]
