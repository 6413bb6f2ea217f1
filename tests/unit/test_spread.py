"""The rows of a matrix, and who said it first, in cases; all numbers are held by the scan (property)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import LimitError, RequestError
from indexer.model import Genre, Line, Report, Section
from indexer.regions.table import table
from search.local.facets.rows import rows_of
from search.model import SearchRequest
from search.spread import Below, Group, Row
from tests.oracle.direct import engine_of


@pytest.mark.parametrize(
    ("names", "below", "expected", "first"),
    [
        ((), "children", 31, "北京市"),
        ((), "province", 31, "北京市"),
        ((), "city", 337, "北京市"),
        (("江苏省",), "children", 13, "南京市"),
        (("江苏", "江苏省"), "city", 13, "南京市"),
        (("北京市",), "city", 1, "北京市"),
        (("北京市",), "county", 16, "东城区"),
        (("东莞市",), "county", 1, "东莞市"),
        (("150602",), "city", 1, "东胜区"),
        (("香港",), "children", 1, "香港特别行政区"),
        (("000000",), "city", 1, "全国"),
    ],
)
def test_rows(names: tuple[str, ...], below: Below, expected: int, first: str) -> None:
    rows = [row.region.name for row in rows_of(names, below, ()) if row.expected]
    assert (len(rows), rows[0]) == (expected, first)


def test_of_several_regions_of_a_name_those_with_reports_are_meant() -> None:
    assert {row.region.code[:4] for row in rows_of(("朝阳",), "children", {"110105"})} == {"1101"}


@pytest.mark.parametrize(
    ("years", "undated"),
    [
        ((), Group(5, 3, 8, 90)),
        ((Group(2, 1, 1, 40), Group(0, 0, 0, 0), Group(2, 2, 7, 30)), Group(1, 0, 0, 20)),
    ],
)
def test_reports_of_a_row_that_name_no_year(years: tuple[Group, ...], undated: Group) -> None:
    assert Row(None, years, Group(5, 3, 8, 90)).undated == undated


def test_regions_in_one_another_count_once() -> None:
    """As many rows as the limit, counted twice, still leave room for those of another province."""
    cities = tuple(region.code for region in table().children("510000"))
    rows = rows_of(("510000", *cities, "320000"), "town", ())
    assert {row.region.code[:2] for row in rows} == {"51", "32"}


def test_all_towns_are_too_many(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [[report("a", 2019)]])
    with pytest.raises(LimitError, match="5000"):
        engine.spread(SearchRequest(), "town")
    with pytest.raises(RequestError, match="village"):
        engine.spread(SearchRequest(), "village")  # type: ignore[arg-type]


def report(
    source: str, year: int | None, published: str | None = None, genre: Genre = "other"
) -> Report:
    return Report(
        source=source,
        title="报告",
        genre=genre,
        year=year,
        published=published,
        issuer=None,
        number=None,
        url=None,
        region=table().chain("320100"),
        sections=(Section("other", None, 1, (), (Line("公开𠮷。好", 3),)),),
    )


def test_the_first_is_of_the_earliest_year_then_day(tmp_path: Path) -> None:
    reports = [
        report("a", 2019),
        report("b", 2019, "2019-03-01"),
        report("c", 2019, "2019-02-01"),
        report("d", 2020, "2018-01-01"),
        report("e", None, "2001-01-01"),
    ]
    engine = engine_of(tmp_path, [reports])
    found = engine.spread(SearchRequest(q="公开"))
    assert found.first is not None
    assert (found.first.report.source, found.first.others) == ("c", 2)
    assert [first.region.name for first in found.firsts if first.region] == ["江苏省"]
    assert found.years == (2019, 2020)
    assert found.undated == (1, 1, 1, 7)  # 报告, 公开𠮷, the end of a sentence, 好
    silent = engine.spread(replace(SearchRequest(q="公开"), silent=True))
    assert (silent.total.reports, silent.total.matching, silent.first) == (5, 0, None)


@pytest.mark.parametrize(
    ("genre", "first", "year", "others"),
    [
        ("work_report", "eve", 2024, 1),
        ("disclosure", "undated", 2024, 0),
        ("other", "undated", 2024, 0),
    ],
)
def test_a_speech_is_of_the_year_of_its_day(
    tmp_path: Path, genre: Genre, first: str, year: int, others: int
) -> None:
    """A report of 2025 that was given in December 2024 comes before those given in 2025, and before one
    of 2024 that names no day; what reports on a year is published after it."""
    reports = [
        report("january", 2025, "2025-01-08", genre),
        report("eve", 2025, "2024-12-25", genre),
        report("undated", 2024, None, genre),
        report("later", 2025, "2026-02-28", genre),
    ]
    engine = engine_of(tmp_path, [reports])
    found = engine.spread(SearchRequest(q="公开"))
    assert found.first is not None
    assert (found.first.report.source, found.first.year, found.first.others) == (
        first,
        year,
        others,
    )
    assert [(f.report.source, f.others) for f in found.firsts] == [(first, others)]
    alone = engine.spread(SearchRequest(q="公开", year=(2025,)))
    assert alone.first is not None
    assert alone.first.report.source == "eve"
    assert alone.first.others == (0 if genre == "work_report" else 2)
