"""The chart of years."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from fake_engine import FakeEngine
from flask.testing import FlaskClient

from search.model import Facet, Facets, SearchRequest, SearchResult, Totals
from web.results.years import PLOT, TOP, YearChart, year_chart
from web.urls import Shown


def _chart(counts: Mapping[int, int], **asked: object) -> YearChart | None:
    request = SearchRequest(**asked)  # type: ignore[arg-type]
    years = tuple(
        Facet(str(year), str(year), None, count, year in request.year)
        for year, count in counts.items()
    )
    result = SearchResult(
        "", "", (), Totals(0, 0, 0, 0), 0, 1, 20, (), Facets((), years, (), (), ())
    )
    return year_chart(result, request, Shown())


def test_a_year_without_reports_leaves_its_slot_empty() -> None:
    chart = _chart({2010: 4, 2011: 1, 2019: 2})
    assert chart
    assert [bar.year for bar in chart.bars] == [2010, 2011, 2019]
    assert [bar.left for bar in chart.bars] == [0, 10, 90]
    assert [bar.width for bar in chart.bars] == [10, 10, 10]
    assert [bar.height for bar in chart.bars] == [PLOT, PLOT / 4, PLOT / 2]
    assert all(bar.top + bar.height == TOP + PLOT == chart.base for bar in chart.bars)
    assert all(bar.left < bar.bar_left < bar.middle for bar in chart.bars)
    assert (chart.first, chart.last) == (2010, 2019)
    assert chart.counts


@pytest.mark.parametrize("counts", [{}, {2015: 0}])
def test_no_reports_no_chart(counts: dict[int, int]) -> None:
    assert _chart(counts) is None


def test_one_report_among_thousands_is_seen_and_none_is_not() -> None:
    chart = _chart({2015: 0, 2016: 1, 2017: 9_000}, year=(2015,))
    assert chart
    assert [bar.height > 0 for bar in chart.bars] == [False, True, True]
    assert [bar.selected for bar in chart.bars] == [True, False, False]


@pytest.mark.parametrize(
    ("years", "wide", "narrow"),
    [
        (range(2008, 2025), [*range(2008, 2025)], [2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024]),
        (range(1953, 2027), [*range(1955, 2027, 5)], [1960, 1970, 1980, 1990, 2000, 2010, 2020]),
        ([2019], [2019], [2019]),
        ([2018, 2019], [2018, 2019], [2018, 2019]),
        (range(1, 3_000, 40), None, None),
    ],
)  # fmt: skip
def test_labels_have_room(
    years: range | list[int], wide: list[int] | None, narrow: list[int] | None
) -> None:
    chart = _chart(dict.fromkeys(years, 1))
    assert chart
    on_wide = [label.year for label in chart.labels if label.page != "narrow"]
    on_narrow = [label.year for label in chart.labels if label.page != "wide"]
    assert on_wide == wide or (wide is None and 1 <= len(on_wide) <= 22)
    assert on_narrow == narrow or (narrow is None and 1 <= len(on_narrow) <= 9)


def test_a_year_far_off_does_not_thin_the_others() -> None:
    chart = _chart({3: 1, 2019: 1, 2020: 1})
    assert chart
    assert [bar.left for bar in chart.bars] == [0, 12.5, 25]


def test_every_bar_is_a_link_with_a_name(client: FlaskClient) -> None:
    html = client.get("/?q=三务").text
    svg = re.search(r'<svg class="chart".*?</svg>', html, re.S)
    assert svg
    bars = re.findall(r'<a href="(/\?[^"]+)" data-year="(\d+)"><title>(.*?)</title>', svg[0])
    assert [title for _, year, title in bars if year == "2015"] == ["2015 年：11 份"]
    assert len(bars) == svg[0].count("<a ")
    assert 'class="chart narrowed"' in client.get("/?q=三务&year=2015").text


def test_an_empty_index_has_no_chart() -> None:
    request = SearchRequest(q="x")
    assert year_chart(FakeEngine(()).search(request), request, Shown()) is None
