"""The concordance against the scan: same hits, in the same order, cut out of their lines alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from indexer.errors import GongkaiError, RequestError
from indexer.model import Line, Report, Section
from search.links import checksum
from search.local.engine import IndexEngine
from search.local.printed.passages import LONGEST_HIT
from search.model import Concordance, ConcordanceLine, ConcordanceOrder, SearchRequest, Sort
from tests.depth import crossed, draws
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

ORDERS: tuple[ConcordanceOrder, ...] = get_args(ConcordanceOrder)
SORTS = ("year", "-year", "hits", "region", "-changed")
"""All but relevance, of whose scores the scan's may differ in the last digit."""


@pytest.fixture(autouse=True)
def _odd_ways_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.arrays.frequent.LEAST", 2)
    monkeypatch.setattr("indexer.arrays.frequent.SHARE", 1 << 40)
    monkeypatch.setattr("search.local.printed.origins._AT_ONCE", 20)
    monkeypatch.setattr("search.local.collect.concordance.AT_ONCE", 3)


def check_same(
    engine: IndexEngine, scan: ScanEngine, request: SearchRequest, order: ConcordanceOrder
) -> None:
    """The two give the same page and the same whole, or raise alike."""
    try:
        expected = scan.concordance(request, order)
    except GongkaiError as error:
        with pytest.raises(type(error)):
            engine.concordance(request, order)
        return
    assert engine.concordance(request, order) == expected
    whole = every_line(engine, request, order)
    assert whole == every_line(scan, replace(request, size=100), order)
    assert whole == list(engine.every_line(request, order))
    for first in {0, 1, len(whole) // 2, len(whole)}:
        assert whole[first:] == list(engine.every_line(request, order, first))
    searched = engine if whole else scan  # one that finds nothing would look for corrections
    assert len(whole) == expected.hits == searched.search(request).total.hits
    assert len({line.report for line in whole}) == expected.reports


def every_line(
    engine: IndexEngine | ScanEngine, request: SearchRequest, order: ConcordanceOrder
) -> list[ConcordanceLine]:
    return [line for page in pages(engine, request, order) for line in page.lines]


def pages(
    engine: IndexEngine | ScanEngine, request: SearchRequest, order: ConcordanceOrder
) -> Iterator[Concordance]:
    """All pages that hold a line."""
    number = 1
    while (page := engine.concordance(replace(request, page=number), order)).lines:
        yield page
        number += 1


def lines_of(scan: ScanEngine) -> list[str]:
    return [line.text for report in scan.reports for line in report.lines()]


@pytest.mark.parametrize("seed", range(draws(15)))
def test_drawn_corpora(seed: int, tmp_path: Path) -> None:
    """One to three segments, some reports deleted, drawn requests."""
    chooser = Random(seed)
    reports = drawn.reports(chooser)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    scan = ScanEngine(report for report in reports if report.id not in dead)
    queries = drawn.Queries(chooser, lines_of(scan), longest=3)
    engine = engine_of(tmp_path, segments, dead)
    for _ in range(8):
        asked = drawn.request(chooser, queries.query(1))
        request = replace(asked, sort=chooser.choice(SORTS), size=chooser.choice((1, 2, 3, 100)))
        for order in ORDERS:
            check_same(engine, scan, request, order)


@pytest.mark.parametrize("seed", range(3))
def test_the_samples(samples: IndexEngine, scanned_samples: ScanEngine, seed: int) -> None:
    chooser = Random(seed)
    queries = drawn.Queries(chooser, lines_of(scanned_samples), longest=3)
    for _ in range(8):
        asked = drawn.request(chooser, queries.query(1))
        request = replace(asked, sort=chooser.choice(SORTS), size=100)
        check_same(samples, scanned_samples, request, chooser.choice(ORDERS))


@pytest.mark.parametrize(
    ("q", "section", "sort"),
    crossed(
        ("公开", "政府信息公开", "公开 OR -培训", '"公*开"', "title:公开"),
        ((), ("overview", "proactive")),
        get_args(Sort),
    ),
)
def test_reports_stand_as_the_search_sorts_them(
    samples: IndexEngine, q: str, section: tuple[str, ...], sort: Sort
) -> None:
    request = SearchRequest(q=q, section=section, sort=sort, size=100)
    found = samples.search(request)
    whole = every_line(samples, request, "report")
    assert list(dict.fromkeys(line.report for line in whole)) == [
        report.id for report in found.reports if report.hits
    ]
    assert len(whole) == found.total.hits
    for order in ORDERS[1:]:
        assert {(x.report, x.start) for x in every_line(samples, request, order)} == {
            (x.report, x.start) for x in whole
        }


@pytest.mark.parametrize(("sort", "sign"), [("year", 1), ("-year", -1)])
def test_lines_by_year(samples: IndexEngine, sort: Sort, sign: int) -> None:
    """Those of no known year come last."""
    lines = list(samples.every_line(SearchRequest(q="公开", sort=sort)))
    years = [line.year for line in lines]
    known = [year for year in years if year is not None]
    assert years[: len(known)] == known == sorted(known, key=lambda year: sign * year)
    assert len(set(known)) > 2


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("q", ["公开", "", "年份:2018", "没有这样的话"])
def test_every_report_is_all_pages(samples: IndexEngine, sort: Sort, q: str) -> None:
    request = SearchRequest(q=q, sort=sort, size=3, passages=2)
    paged, number = [], 1
    while page := samples.search(replace(request, page=number)).reports:
        paged += page
        number += 1
    assert list(samples.every_report(replace(request, page=7))) == paged


@pytest.mark.parametrize("request_", [SearchRequest(q="("), SearchRequest(region=("没有",))])
def test_what_is_wrong_is_raised_before_the_first(
    samples: IndexEngine, request_: SearchRequest
) -> None:
    with pytest.raises(GongkaiError):
        samples.every_line(request_)
    with pytest.raises(GongkaiError):
        samples.every_report(request_)
    with pytest.raises(RequestError, match="order"):
        samples.every_line(SearchRequest(q="公开"), "middle")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("q", "finds"),
    [
        ("", False),
        ("-公开", False),
        ("年份:2018", False),
        ("没有这样的话", True),
        ("公开 -公开", True),
    ],
)
def test_queries_without_hits(samples: IndexEngine, q: str, finds: bool) -> None:
    for order in ORDERS:
        found = samples.concordance(SearchRequest(q=q), order)
        assert found.finds_text is finds
        assert (found.hits, found.reports, found.lines) == (0, 0, ())


def test_an_unknown_order_and_a_page_past_the_end(samples: IndexEngine) -> None:
    with pytest.raises(RequestError, match="order"):
        samples.concordance(SearchRequest(q="公开"), "middle")  # type: ignore[arg-type]
    for order in ORDERS:
        found = samples.concordance(SearchRequest(q="公开", page=10**8), order)
        assert found.lines == ()
        assert found.hits > 0


def test_an_empty_index(tmp_path: Path) -> None:
    for order in ORDERS:
        assert engine_of(tmp_path, []).concordance(SearchRequest(q="公开"), order).lines == ()


def _report(*lines: str) -> Report:
    title, at, made = "题", 2, []
    for text in lines:
        made.append(Line(text, at))
        at = made[-1].end + 1
    section = Section("other", None, 1, (), tuple(made))
    return Report("a.txt", title, "other", 2020, None, None, None, None, (), (section,))


def test_order_is_that_of_the_folded_context(tmp_path: Path) -> None:
    """Separators do not count, nor do Traditional characters; a line's end comes first."""
    report = _report("乙公开", "甲，公开二", "公开", "甲公开一丙", "丙甲公开，一 乙", "公开壹𠮷")
    engine = engine_of(tmp_path, [[report]])

    def sides(order: ConcordanceOrder) -> list[tuple[str, str]]:
        found = engine.concordance(SearchRequest(q="公開"), order).lines
        return [(line.left, line.right) for line in found]

    assert [right for _, right in sides("right")] == ["", "", "一丙", "，一 乙", "二", "壹𠮷"]
    assert [left for left, _ in sides("left")] == ["", "", "乙", "甲，", "甲", "丙甲"]


def test_context_and_very_long_hits_are_cut(tmp_path: Path) -> None:
    text = "𠮷" * 90 + "三" + "，" * 3_000 + "务" + "𠮷" * 90
    [line] = engine_of(tmp_path, [[_report(text)]]).concordance(SearchRequest(q="三务")).lines
    assert (line.left, line.right) == ("𠮷" * 40, "𠮷" * 40)
    assert len(line.hit) == LONGEST_HIT + 1
    assert line.hit.startswith("三，")
    assert line.hit.endswith("，务")
    assert (line.start, line.end) == (92, 92 + 3_002)
    assert line.check == checksum(text[90 : 90 + 3_002])
