"""What an answer is a part of: conditions typed in the query narrow it as filters do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.local.engine import IndexEngine
from search.model import FACETS, SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.results.everything import everything

FIELDS = [
    ("地区:福建 公开", {"region": ("福建",)}),
    ("年份:2015..2018 公开", {"year_from": 2015, "year_to": 2018}),
    ("genre:disclosure 三务公开", {"genre": ("disclosure",)}),
    ("地区:福建 年份:2016 三务公开", {"region": ("福建",), "year": (2016,)}),
    ("栏目:概述/总体情况 公开", {"section": ("overview",)}),
    ("(地区:福建 OR 地区:江苏) 公开", {"region": ("福建", "江苏")}),
]


@pytest.mark.parametrize(("query", "filters"), FIELDS)
def test_a_field_of_the_query_counts_as_its_filter(
    samples: IndexEngine, query: str, filters: dict[str, object]
) -> None:
    text = query.split()[-1]
    typed, chosen = SearchRequest(q=query), replace(SearchRequest(q=text), **filters)
    by_field, by_filter = samples.spread(typed), samples.spread(chosen)
    assert by_field.total == by_filter.total
    assert by_field.total.reports > by_field.total.matching > 0
    found = dict(zip(by_field.years, by_field.chart, strict=True))
    expected = dict(zip(by_filter.years, by_filter.chart, strict=True))
    assert found == {year: expected[year] for year in found}
    of_rows = [(row.region, row.total) for row in by_field.rows]
    assert of_rows == [(row.region, row.total) for row in by_filter.rows]


@pytest.mark.parametrize(("query", "filters"), FIELDS)
def test_silent_are_those_of_the_field(
    samples: IndexEngine, query: str, filters: dict[str, object]
) -> None:
    text = query.split()[-1]
    typed, chosen = SearchRequest(q=query), replace(SearchRequest(q=text), **filters)
    silent = [
        {hit.id for hit in samples.every_report(replace(asked, silent=True))}
        for asked in (typed, chosen)
    ]
    assert silent[0] == silent[1]
    assert silent[0]


@pytest.mark.parametrize(("query", "filters"), FIELDS)
def test_pages_have_the_denominators_of_the_field(
    samples: IndexEngine, query: str, filters: dict[str, object]
) -> None:
    typed = SearchRequest(q=query)
    under_filters = samples.search(replace(SearchRequest(), **filters))
    with create_app(FixedSource(samples)).app_context():
        found = everything(samples, typed, samples.search(typed))
    assert found.total.reports == under_filters.total.reports
    assert found.total.reports == samples.spread(typed).total.reports
    for name in FACETS:
        if name not in filters and not (name == "year" and "year_from" in filters):
            assert getattr(found.facets, name) == getattr(under_filters.facets, name)
