"""The index is a Whoosh index: Whoosh alone opens it, finds, ranks, groups, sorts and deletes."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import whoosh.index
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import NUMERIC
from whoosh.index import FileIndex
from whoosh.qparser import QueryParser
from whoosh.query import And, Every, FuzzyTerm, Not, NumericRange, Or, Prefix, Query, Term
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet

from indexer.arrays.prepare import prepare
from indexer.errors import IndexUnusableError
from indexer.model import Report
from indexer.store import writer as writer_module
from indexer.store.manifest import SegmentEntry
from indexer.store.segments import deleted_documents, live_files
from indexer.store.verify import verify
from indexer.store.whoosh.codec import ArrayCodec, ArraySegment
from indexer.store.whoosh.schema import schema
from indexer.store.whoosh.toc import open_whoosh
from indexer.store.writer import IndexWriter
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


def write(
    folder: Path, *items: Report | str, removed: Sequence[str] = (), merged: bool = False
) -> None:
    """One commit of reports, and of rejected files given by their sources; `merged` with all that
    stood before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer_module, "to_merge", absorb_all if merged else absorb_none)
        with IndexWriter(folder, rebuild=False) as writer:
            for source in removed:
                writer.remove(source)
            add_all(writer, items)


def add_all(writer: IndexWriter, items: Sequence[Report | str]) -> None:
    for item in items:
        if isinstance(item, str):
            writer.reject(item, STATE)
        else:
            writer.add(prepare(item), STATE)


def absorb_all(lengths: Sequence[int], *_: object) -> list[int]:
    return list(range(len(lengths)))


def absorb_none(*_: object) -> list[int]:
    return []


@pytest.fixture(scope="module", params=["one", "two", "merged"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one segment, of two, and of two merged."""
    folder = tmp_path_factory.mktemp("built")
    if request.param == "one":
        write(folder, FIRST, REJECTED, SECOND, THIRD)
    else:
        write(folder, FIRST, REJECTED)
        write(folder, SECOND, THIRD)
    if request.param == "merged":
        write(folder, removed=["nothing"], merged=True)
    assert len(list(folder.glob("*.arrays"))) == (2 if request.param == "two" else 1)
    assert not list(folder.glob("*.run*"))
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(built, tmp_path / "index")


@pytest.fixture(params=["open_dir", "open_whoosh"])
def opens(request: pytest.FixtureRequest) -> Callable[[Path], FileIndex]:
    """Whoosh's own way to open an index, and ours, which reads no pickle."""
    if request.param == "open_whoosh":
        return open_whoosh
    return lambda folder: whoosh.index.open_dir(str(folder))


@pytest.fixture
def searcher(folder: Path, opens: Callable[[Path], FileIndex]) -> Iterator[Searcher]:
    with opens(folder).searcher() as searcher:
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


def test_deletion(folder: Path, opens: Callable[[Path], FileIndex]) -> None:
    index = opens(folder)
    write(folder, removed=[FIRST.source])
    with index.searcher() as searcher:
        assert searcher.doc_count() == 4
        assert searcher.doc_count_all() == 6
        assert found(searcher, Term("text", "三务")) == [3, 5]
        assert found(searcher, Not(Term("text", "三务"))) == [2, 4]
    write(folder, FIRST, merged=True)
    with index.searcher() as searcher:
        assert searcher.doc_count() == searcher.doc_count_all() == 6
        assert found(searcher, Term("text", "三务")) == [1, 3, 4, 5]
        assert found(searcher, Term("source", FIRST.source)) == [4, 5]


def test_all_deleted(folder: Path, opens: Callable[[Path], FileIndex]) -> None:
    index = opens(folder)
    every = [FIRST.source, SECOND.source, THIRD.source, REJECTED]
    write(folder, removed=every, merged=True)
    assert not list(folder.glob("*.arrays"))
    with index.searcher() as searcher:
        assert searcher.doc_count_all() == 0
        assert found(searcher, Term("text", "三务")) == []
        assert found(searcher, Term("year", 2019)) == []
        assert list(searcher.reader().all_terms()) == []


def test_open_reader_outlives_a_merge(folder: Path, opens: Callable[[Path], FileIndex]) -> None:
    with opens(folder).searcher() as searcher:
        write(folder, removed=["nothing"], merged=True)
        assert found(searcher, Term("text", "三务")) == [0, 1, 3, 5]
        assert searcher.stored_fields(2) == {"source": REJECTED}
        assert not searcher.up_to_date()


@pytest.mark.parametrize("adds", [True, False])
def test_cancel_leaves_nothing(folder: Path, adds: bool) -> None:
    before = {path.name for path in folder.iterdir()}
    writer = IndexWriter(folder, rebuild=False)
    if adds:
        add_all(writer, [FIRST])
        writer._runs._gatherer.flush()
        assert list(folder.glob("*.run*"))
    writer.__exit__(OSError, OSError(), None)
    assert {path.name for path in folder.iterdir()} == before


def test_failed_merge_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, sources: object) -> None:
        path.write_bytes(b"unfinished")
        raise OSError("disk full")

    before = {path.name for path in folder.iterdir()}
    monkeypatch.setattr("indexer.store.run_writer.merge", fails)
    with (
        pytest.raises(IndexUnusableError, match="disk full"),
        IndexWriter(folder, rebuild=False) as writer,
    ):
        add_all(writer, [FIRST])
    assert {path.name for path in folder.iterdir()} == before


def test_plain_whoosh_cannot_write(folder: Path) -> None:
    with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
        open_whoosh(folder).writer()
    with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
        whoosh.index.open_dir(str(folder)).writer(codec=ArrayCodec(), compound=False)
    writer = whoosh.index.open_dir(str(folder)).writer()
    with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
        writer.add_document(text="x")
    with pytest.raises(NotImplementedError, match=r"indexer\.store\.writer"):
        writer.delete_by_term("source", FIRST.source)
    writer.cancel()
    write(folder, removed=["nothing"])
    verify(folder)
    assert {path.suffix for path in folder.iterdir()} == {".arrays", ".json", ".toc", ""}


def test_whoosh_s_own_segments_are_no_part_of_the_index(folder: Path) -> None:
    """What plain Whoosh adds or cleans away costs nobody a report, and goes with the next commit."""
    writer = whoosh.index.open_dir(str(folder)).writer()
    writer.add_document(source="x")
    writer.commit(merge=False)
    with open_whoosh(folder).searcher() as searcher:
        assert found(searcher, Term("text", "三务")) == [0, 1, 3, 5]
        assert found(searcher, Term("source", "x")) == []
    write(folder, removed=["nothing"])
    verify(folder)
    assert {path.suffix for path in folder.iterdir()} == {".arrays", ".json", ".toc", ""}


def test_pickles_are_small_and_name_no_module_of_ours(folder: Path) -> None:
    entry = SegmentEntry("segment-00", 100_000, 1, "00", ((10, 50_000), (60_000, 60_001)))
    segment = ArraySegment(entry)
    pickled = pickle.dumps(segment)
    assert len(pickled) < 500
    again = pickle.loads(pickled)
    assert again == segment
    assert again.entry == entry
    assert again.doc_count() == 100_000 - 49_990 - 1
    assert again.is_deleted(60_000)
    assert not again.is_deleted(60_001)
    (toc,) = folder.glob("*.toc")
    assert b"whoosh.fields" in toc.read_bytes()
    for data in (pickled, toc.read_bytes()):
        assert b"indexer" not in data


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1))
def test_deleted_documents(files: list[tuple[int, bool]]) -> None:
    """Ranges of documents, and the files that live, tell each other."""
    file_block = np.cumsum([0, *(sections + 1 for sections, _ in files)]).astype(np.uint32)
    live = np.array([lives for _, lives in files])
    deleted = deleted_documents(live, file_block)
    assert live_files(deleted, file_block).tolist() == live.tolist()
    numbers = [number for first, end in deleted for number in range(first, end)]
    ends = np.cumsum([sections for sections, _ in files])
    assert numbers == [
        number
        for (sections, lives), end in zip(files, ends.tolist(), strict=True)
        for number in range(end - sections, end)
        if not lives
    ]
    assert all(end < first for (_, end), (first, _) in pairwise(deleted))
    for first, _ in deleted:  # one document of a file is enough
        part = [(first, first + 1)]
        assert not live_files(part, file_block)[np.searchsorted(ends, first, "right")]
