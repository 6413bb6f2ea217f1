"""The chart of years."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from fake_engine import FakeEngine
from flask.testing import FlaskClient

from search.model import Facet, Facets, SearchRequest, SearchResult, Totals
from web.results.years import APART, PLOT, TOP, YearChart, year_chart
from web.shown import Shown


def _result(counts: Mapping[int, int], chosen: tuple[int, ...]) -> SearchResult:
    years = tuple(
        Facet(str(year), str(year), None, count, year in chosen) for year, count in counts.items()
    )
    return SearchResult("", "", (), Totals(0, 0, 0, 0), 0, 1, 20, (), Facets((), years, (), (), ()))


def _chart(
    counts: Mapping[int, int], every: Mapping[int, int] | None = None, year: tuple[int, ...] = ()
) -> YearChart | None:
    request = SearchRequest(year=year)
    found, all_reports = _result(counts, year), _result(counts if every is None else every, year)
    return year_chart(found, all_reports, request, Shown())


def test_a_year_without_reports_leaves_its_slot_empty() -> None:
    chart = _chart({2010: 4, 2011: 1, 2019: 2})
    assert chart
    assert [bar.year for bar in chart.bars] == [2010, 2011, 2019]
    assert [bar.left for bar in chart.bars] == [0, 10, 90]
    assert [bar.width for bar in chart.bars] == [10, 10, 10]
    assert [bar.height for bar in chart.bars] == [PLOT, PLOT / 4, PLOT / 2]
    assert all(bar.top + bar.height == TOP + PLOT == chart.base for bar in chart.bars)
    assert all(bar.left < bar.bar_left < bar.left + bar.width for bar in chart.bars)
    assert (chart.first, chart.last) == (2010, 2019)


def test_bars_are_part_of_all_reports() -> None:
    """A year of few reports that all say it, and one of many of which half do."""
    chart = _chart({2018: 10, 2019: 40}, {2017: 5, 2018: 10, 2019: 80})
    assert chart
    assert [bar.height for bar in chart.bars] == [PLOT / 8, PLOT / 2]
    assert (chart.first, chart.last) == (2017, 2019)
    outlined = re.findall(r"v-(\d+)", chart.outline)
    assert [int(height) for height in outlined] == [round(PLOT / 16), PLOT / 8, PLOT]
    assert [bar.name for bar in chart.bars] == ["2018 年：10 / 10 份", "2019 年：40 / 80 份"]


def test_many_years_have_one_outline() -> None:
    """Without space between their bars; a year without reports is at its base."""
    chart = _chart({1960: 5}, {1950: 10, 1951: 20, 2009: 40})
    assert chart
    heights = [PLOT - int(down) for down in re.findall(r"V(\d+)H", chart.outline)]
    assert heights == [PLOT / 4, PLOT / 2, *[0] * 57, PLOT]
    ends = [float(right) for right in re.findall(r"H([\d.]+)", chart.outline)]
    assert ends == [round((at + 1) * 1_000 / 60, 1) for at in range(60)]
    assert all(bar.bar_width == bar.width for bar in chart.bars)


@pytest.mark.parametrize("counts", [{}, {2015: 0}])
def test_no_reports_no_chart(counts: dict[int, int]) -> None:
    assert _chart(counts) is None


def test_one_report_among_thousands_is_seen_and_none_is_not() -> None:
    chart = _chart({2015: 0, 2016: 1, 2017: 9_000}, year=(2015,))
    assert chart
    assert [bar.height > 0 for bar in chart.bars] == [False, True, True]
    assert [bar.selected for bar in chart.bars] == [True, False, False]


@pytest.mark.parametrize(
    ("years", "written"),
    [
        (range(2008, 2025), [2008, 2015, 2024]),
        (range(1953, 2027), [1953, 1980, 2000, 2026]),
        ([2019], [2019]),
        ([2018, 2019], [2019]),
        (range(2013, 2021), [2013, 2016, 2018, 2020]),
        (range(1, 3_000, 40), None),
    ],
)
def test_labels_have_room(years: range | list[int], written: list[int] | None) -> None:
    chart = _chart(dict.fromkeys(years, 1))
    assert chart
    labels = [label.year for label in chart.labels]
    assert labels == written or (written is None and 1 <= len(labels) <= 100 / APART)
    assert {label.anchor for label in chart.labels if label.at == 0} <= {"start"}
    assert {label.anchor for label in chart.labels if label.at == 100} <= {"end"}


def test_a_year_far_off_does_not_thin_the_others() -> None:
    chart = _chart({3: 1, 2019: 1, 2020: 1})
    assert chart
    assert [bar.left for bar in chart.bars] == [0, 12.5, 25]


def test_every_bar_is_a_link_with_a_name(client: FlaskClient) -> None:
    html = client.get("/?q=三务").text
    svg = re.search(r'<svg class="chart".*</svg>\s*<p class="unseen" id="year-hint"', html, re.S)
    assert svg
    bars = re.findall(r'<a href="(/\?[^"]+)" data-year="(\d+)"><title>(.*?)</title>', svg[0])
    assert [title for _, year, title in bars if year == "2015"] == ["2015 年：11 / 11 份"]
    assert len(bars) == svg[0].count("<a ")
    assert 'class="chart narrowed"' in client.get("/?q=三务&year=2015").text


def test_an_empty_index_has_no_chart() -> None:
    request = SearchRequest(q="x")
    nothing = FakeEngine(()).search(request)
    assert year_chart(nothing, nothing, request, Shown()) is None
