"""What an answer is a part of: conditions typed in the query narrow it as filters do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from search.local.engine import IndexEngine
from search.model import FACETS, Scope, SearchRequest
from search.source import FixedSource
from tests.invented import report
from tests.oracle.direct import engine_of
from web.app import create_app
from web.results.everything import everything
from web.shown import PATHS

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
        found = everything(samples, typed)
    assert found.reports == under_filters.total.reports
    assert found.reports == samples.spread(typed).total.reports
    for name in FACETS:
        if name not in filters and not (name == "year" and "year_from" in filters):
            assert getattr(found.facets, name) == getattr(under_filters.facets, name)


LONG = {
    "a long text": "".join(chr(0x4E00 + 97 * step) for step in range(120)),
    "many phrases": " ".join(["政务公开 信息公开"] * 20),
    "many years": " ".join(["年份:2015"] * 80) + " 公开",
    "many regions": "(" + " OR ".join(["地区:福建"] * 70) + ") 公开",
}


@pytest.mark.parametrize("path", PATHS.values())
@pytest.mark.parametrize("q", LONG.values(), ids=LONG)
def test_pages_ask_for_no_more_than_the_reader(samples: IndexEngine, path: str, q: str) -> None:
    """A switch that asks for too much is left out, and conditions are not written out anew."""
    samples.search(SearchRequest(q=q))
    reader = create_app(FixedSource(samples)).test_client()
    assert reader.get(path, query_string={"q": q}).status_code == 200


@pytest.mark.parametrize("q", ["-section:other 三务", "-section:other", "section:other 三务"])
def test_what_is_found_and_what_is_silent_make_up_the_denominator(tmp_path: Path, q: str) -> None:
    """Reports of which only the title, or only the other sections are left, too."""
    reports = [
        report("a.txt", "甲", ("overview", "一", ("三务公开",)), year=2019),
        report("b.txt", "乙", ("other", "附", ("三务公开",)), year=2019),
        report("c.txt", "丙", ("intro", None, ()), year=2019),
    ]
    engine = engine_of(tmp_path, [reports])
    for scope in get_args(Scope):
        asked = SearchRequest(q=q, scope=scope)
        found, silent = engine.search(asked), engine.search(replace(asked, silent=True))
        around = engine.looked_in(asked)
        assert around == engine.looked_in(replace(asked, silent=True))
        assert around.reports == engine.spread(asked).total.reports
        assert around.reports == found.total.reports + silent.total.reports
        kinds: Counter[str] = Counter()
        for facets in (found.facets, silent.facets):
            kinds.update({facet.value: facet.reports for facet in facets.section})
        assert kinds == {facet.value: facet.reports for facet in around.facets.section}


def test_sections_of_a_silent_answer_are_those_of_the_field(samples: IndexEngine) -> None:
    typed = samples.count(SearchRequest(q="section:overview 三务公开", silent=True))
    assert typed == samples.count(SearchRequest(q="三务公开", section=("overview",), silent=True))


@pytest.mark.parametrize(
    ("q", "silent", "heading"),
    [
        ("三务公开", False, "谁没有说"),
        ("三务公开", True, "谁说了"),
        ("NOT 三务公开", False, "谁不符合"),
        ("NOT 三务公开", True, "谁符合"),
        ("地区:福建", False, None),
    ],
)
def test_the_other_half_is_called_what_it_is(
    samples: IndexEngine, q: str, silent: bool, heading: str | None
) -> None:
    """Who does not match NOT does say it; of fields alone there is no other half."""
    reader = create_app(FixedSource(samples)).test_client()
    page = reader.get("/", query_string={"q": q, "silent": "1" if silent else ""}).text
    found = re.search(r'<h2 id="silent">(.*?)</h2>', page)
    assert (found and found[1]) == heading


def test_another_text_is_asked_for_what_says_it(samples: IndexEngine) -> None:
    reader = create_app(FixedSource(samples)).test_client()
    page = reader.get("/?q=三务公开&silent=1&year=2016").text
    form = re.search(r'<form[^>]*id="box".*?</form>', page, re.S)
    assert form
    assert 'name="year" value="2016"' in form[0]
    assert 'name="silent"' not in form[0]


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("section:overview 不存在的词", "所选栏目里没有检索词"),
        ("不存在的词", "本报告里没有检索词"),
    ],
)
def test_a_report_says_where_the_words_are_not(samples: IndexEngine, q: str, said: str) -> None:
    reader = create_app(FixedSource(samples)).test_client()
    [hit] = samples.search(SearchRequest(size=1)).reports
    assert said in reader.get(f"/reports/{hit.id}", query_string={"q": q}).text
