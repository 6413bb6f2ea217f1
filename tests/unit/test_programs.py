"""What a program asks of an index, and what it is answered."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gongkai import open_index
from indexer.errors import (
    GongkaiError,
    LimitError,
    MissingIndexError,
    QueryError,
    RequestError,
    UnknownReportError,
)
from indexer.messages import LANGUAGES, word
from indexer.pipeline.build import build
from search.counts import Counts
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.programs import answers, index, opening
from search.programs.index import Index
from search.programs.table import Table
from tests.three_reports import write

Q = "“三务”公开"
HOSTILE = "<img src=x onerror=alert(1)>&lt;b&gt;$\\href{javascript:1}{公开}$\u202e"

QUESTIONS: dict[str, Callable[[Index], Table[Any]]] = {
    "search": lambda index: index.search(Q),
    "hits": lambda index: index.hits(Q),
    "trend": lambda index: index.trend(Q),
    "matrix": lambda index: index.matrix(Q, below="city"),
    "batch": lambda index: index.batch([Q, "(三务", "公开"]),
    "by year": lambda index: index.batch([Q, "公开"]).by_year(),
    "by region": lambda index: index.batch([Q, "公开"], "city", crossed=True).by_region(),
    "report": lambda index: index.report(index.search(Q).reports[0].id),
}


@pytest.fixture(scope="module")
def opened(samples_index: Path) -> Index:
    return open_index(samples_index)


@pytest.mark.parametrize("room", [answers, index, opening])
def test_what_docstrings_show_is_so(room: Any, samples_index: Path) -> None:
    known = {"open_index": open_index, "SAMPLES": samples_index, "checksum": checksum}
    found = doctest.testmod(room, extraglobs=known)
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize(
    ("q", "asked"),
    [
        (Q, {}),
        ("公开 -培训", {"region": "甘肃"}),
        ("公开", {"year_from": 2017, "section": ["overview", "problems"]}),
        ("", {"genre": ("work_report",), "sort": "-year"}),
        ("公开", {"silent": True}),
    ],
)
def test_an_answer_is_the_engines_and_whole(
    opened: Index, samples: IndexEngine, q: str, asked: dict[str, Any]
) -> None:
    found = opened.search(q, **asked)
    pages = (opened.search(q, page=page, size=10, **asked) for page in range(1, 10))
    assert [hit for page in pages for hit in page] == list(found)
    assert found.total == samples.count(found.request)
    assert len(found) == found.total.reports
    hits = opened.hits(q, **asked)
    assert tuple(hits) == tuple(samples.every_line(hits.request))
    assert (len(hits), hits.reports) == (hits.hits, found.total.reports if hits.hits else 0)
    trend, matrix = opened.trend(q, **asked), opened.matrix(q, **asked)
    assert trend.spread == samples.spread(trend.request) == matrix.spread
    assert sum(row.group.reports for row in matrix) == trend.spread.total.reports
    batch = opened.batch([q], **asked)
    (counts,) = batch
    assert isinstance(counts, Counts)
    assert (counts.reports, counts.hits) == (found.total.reports, found.total.hits)
    for cells in (batch.by_year(), batch.by_region()):
        assert sum(cell.hits for cell in cells) == counts.hits
    crossed = opened.batch([q], crossed=True, **asked).by_region()
    assert sum(cell.reports for cell in crossed) == counts.reports


def test_a_page_is_a_page(opened: Index, samples: IndexEngine) -> None:
    asked = SearchRequest(q="公开", size=5, page=2, year_from=2015)
    assert opened.search("公开", size=5, page=2, year_from=2015).reports == (
        samples.search(asked).reports
    )
    assert opened.hits("公开", "left", size=5).lines == (
        samples.concordance(SearchRequest(q="公开", size=5), "left").lines
    )
    assert opened.search(asked, page=1).request == SearchRequest(q="公开", size=5, year_from=2015)


@pytest.mark.parametrize("name", QUESTIONS)
def test_frames_hold_every_row_and_agree(opened: Index, name: str) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    answer = QUESTIONS[name](opened)
    one, other = answer.to_pandas(), answer.to_polars()
    cells = {column: list(series.cells) for column, series in answer.columns().items()}
    assert len(one) == len(other) == len(answer) > 0
    assert other.to_dict(as_series=False) == cells
    for column, expected in cells.items():
        assert [None if pandas.isna(cell) else cell for cell in one[column]] == expected
    assert set(one.dtypes.astype(str)) <= {"string", "Int64", "Float64"}
    assert set(other.dtypes) <= {polars.String, polars.Int64, polars.Float64}


def test_an_empty_answer_has_its_columns(opened: Index) -> None:
    pytest.importorskip("pandas")
    none = opened.hits("无此语")
    assert len(none) == 0
    assert list(none.to_pandas().columns) == list(opened.hits(Q).columns())
    assert "<table" in none._repr_html_()


def test_every_link_leads_to_its_hit(samples_index: Path) -> None:
    with open_index(samples_index, public_url="https://reports.example.org/") as index:
        hits = index.hits(Q).columns()
        texts = {id: index.report(id).report.text() for id in hits["report"].cells}
    for link, id in zip(hits["link"].cells, hits["report"].cells, strict=True):
        _, part, rest = link.partition(f"https://reports.example.org/reports/{id}/")
        span, check = rest.split("/")
        start, end = map(int, span.split("-"))
        assert part
        assert checksum(texts[id][start:end]) == check


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_what_is_missing_is_named(
    opened: Index, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.programs.frames.find_spec", lambda _: None)
    with pytest.raises(GongkaiError, match=f"pip install {package}"):
        getattr(opened.search(Q), f"to_{package}")()


@pytest.mark.parametrize(
    ("ask", "kind", "said"),
    [
        (lambda index: index.search("(三务"), QueryError, "没有配对"),
        (lambda index: index.search(Q, regoin="甘肃"), RequestError, "region"),
        (lambda index: index.search(Q, q="x"), TypeError, "q"),
        (lambda index: index.search(3), RequestError, "str"),
        (lambda index: index.search(Q, year="2018"), RequestError, "int"),
        (lambda index: index.search(Q, year=[2018, None]), RequestError, "int"),
        (lambda index: index.search(Q, year_from=True), RequestError, "int"),
        (lambda index: index.search(Q, literal=1), RequestError, "True"),
        (lambda index: index.search(Q, size=101), RequestError, "100"),
        (lambda index: index.search(Q, sort="size"), RequestError, "relevance"),
        (lambda index: index.search(Q, region="乌有之乡"), RequestError, "乌有之乡"),
        (lambda index: index.hits(Q, "middle"), RequestError, "order"),
        (lambda index: index.matrix(Q, below="village"), RequestError, "village"),
        (lambda index: index.search("三" * 2_000), LimitError, "2000"),
        (lambda index: index.report("ffffffffffff"), UnknownReportError, "ffffffffffff"),
        (lambda index: index.report(index.search(Q).reports[0].id).link(5, 5), RequestError, "6"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    opened: Index, ask: Callable[[Index], object], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind) as caught:
        ask(opened)
    assert said in str(caught.value)
    if isinstance(caught.value, GongkaiError):
        for message in filter(None, (caught.value.message, caught.value.hint)):
            assert all(word(message, language) in str(caught.value) for language in LANGUAGES)


def test_a_query_that_is_wrong_stops_no_other(opened: Index) -> None:
    batch = opened.batch(iter([Q, "(三务", Q]))
    assert batch.columns()["reports"].cells == (14, None, 14)
    assert "没有配对" in str(batch.columns()["error"].cells[1])
    assert {cell.query for cell in batch.by_year()} == {Q}


def test_where_the_index_is(samples_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_INDEX", str(samples_index))
    with open_index() as index:
        assert index.generation == IndexEngine(samples_index).generation
    with pytest.raises(GongkaiError, match="open_index"):
        index.search(Q)
    with pytest.raises(GongkaiError, match="open_index"), index:
        pass
    assert "closed" in repr(index)
    with pytest.raises(MissingIndexError, match="gongkai index"):
        open_index(samples_index / "none")


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


OURS = {"div", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "mark"}
THEIRS = {"class", "dir", "style", "href", "target", "rel"}


@pytest.fixture
def hostile(tmp_path: Path) -> Index:
    text = f"{HOSTILE}县2018年政府信息公开年度报告\n一、{HOSTILE}\n推进{Q}{HOSTILE}。\n"
    write(tmp_path / "corpus" / "甲.txt", text)
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    return open_index(tmp_path / "index")


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_report_says_is_no_tag(hostile: Index, name: str) -> None:
    answer = QUESTIONS[name](hostile)
    page = _Tags(answer._repr_html_())
    assert set(page.tags) <= OURS
    assert page.attributes <= THEIRS
    assert not set(repr(answer) + page.text) & set("\u202e\x1b\r")


def test_the_text_of_a_report_is_shown_as_it_stands(hostile: Index) -> None:
    assert "<img src=x onerror=alert(1)>&lt;b&gt;" in _Tags(hostile.hits(Q)._repr_html_()).text


def test_a_long_answer_shows_how_much_is_left_out(opened: Index) -> None:
    found = opened.search("")
    page = _Tags(found._repr_html_())
    assert page.tags.count("tr") == 1 + 20
    assert f"共 {len(found)} 行" in page.text
    assert len(repr(found).splitlines()) < 12
    trend = repr(opened.trend("")).splitlines()
    assert trend[-1].startswith(str(opened.trend("").spread.years[-1]))


def test_a_program_does_without_the_pages() -> None:
    """In a process of its own: what importing loads."""
    code = (
        "import sys, gongkai; print([m for m in ('flask', 'click', 'pandas') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
