"""Counts of lists against single searches: of the scan, and of the engine itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from indexer.errors import GongkaiError
from search.counts import Counted, Refused
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.query.parse import parse
from search.query.plain import plain_phrase
from search.spread import Below
from tests.depth import draws
from tests.oracle import drawn
from tests.oracle.counts import one_by_one
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

BELOW: tuple[Below | None, ...] = (*get_args(Below), None)


def lines_of(scan: ScanEngine) -> list[str]:
    return [line.text for report in scan.reports for line in report.lines()]


def told(
    engine: Engine, queries: Sequence[str], asked: SearchRequest, below: Below | None
) -> object:
    """The answers, in which errors are told apart by what they are; or the error of all."""

    def plain(one: Counted) -> object:
        return (one.query, type(one.error)) if isinstance(one, Refused) else one

    try:
        return [plain(one) for one in engine.counts(queries, asked, below, crossed=True)]
    except GongkaiError as error:
        return type(error)


def drawn_list(chooser: Random, queries: drawn.Queries, count: int) -> list[str]:
    """Texts as they stand in the lines, and some of anything else."""
    return [
        chooser.choice((queries.text, queries.text, queries.cut, queries.query))()
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(draws(12)))
def test_drawn_corpora(tmp_path: Path, seed: int) -> None:
    """In one to three segments, some reports deleted, under drawn filters."""
    chooser = Random(4_000 + seed)
    reports = drawn.reports(chooser, 12)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    engine = engine_of(tmp_path, segments, dead)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    queries = drawn.Queries(chooser, lines_of(scan))
    for _ in range(3):
        asked, below = drawn.request(chooser, ""), chooser.choice(BELOW)
        asked = replace(asked, literal=asked.literal and chooser.random() < 0.5)
        listed = drawn_list(chooser, queries, 20)
        assert told(engine, listed, asked, below) == told(scan, listed, asked, below)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(draws(3)))
def test_lists_to_the_samples(samples: IndexEngine, scanned_samples: ScanEngine, seed: int) -> None:
    """More queries than are counted together; the scan has some of them, single searches all."""
    chooser, scan = Random(4_200 + seed), scanned_samples
    queries = drawn.Queries(chooser, lines_of(scan), longest=8)
    asked, below = drawn.request(chooser, ""), chooser.choice(BELOW)
    listed = drawn_list(chooser, queries, 270)
    found = told(samples, listed, asked, below)
    assert found == told(Singly(samples), listed, asked, below)
    if isinstance(found, list):
        some = chooser.sample(range(270), 3)
        expected = told(scan, [listed[at] for at in some], asked, below)
        assert [found[at] for at in some] == expected


class Singly:
    """An engine that counts one query after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def counts(
        self,
        queries: Sequence[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> object:
        return one_by_one(self._engine, queries, request, below, crossed=crossed)


@pytest.mark.real
@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest(),
        SearchRequest(whole=True),
        SearchRequest(section=("proactive", "outline")),
        SearchRequest(region=("江苏省", "南京市"), year_from=2010),
    ],
    ids=["all", "whole", "sections", "filters"],
)
def test_2000_phrases_of_the_work_reports(
    work_reports_engine: IndexEngine, asked: SearchRequest
) -> None:
    """As they are drawn for the bench, and single searches."""
    chooser = Random(4_300)
    reports = chooser.sample(work_reports_engine.search(SearchRequest(size=100)).reports, 40)
    lines = [
        line.text
        for report in reports
        for line in work_reports_engine.report(report.id).lines()
        if len(line.text) > 10
    ]
    queries = drawn.Queries(chooser, lines, longest=10)
    listed = [queries.text() for _ in range(2_000)]
    below = chooser.choice(("children", "city"))
    assert told(work_reports_engine, listed, asked, below) == told(
        Singly(work_reports_engine), listed, asked, below
    )


def test_plain_queries_mean_what_the_parser_says() -> None:
    for query in (
        "三务公开",
        "“三務”",
        '"三务公开"',
        "公",
        "々",
        "三务 公开",
        "三务”公开",
        "“三务",
        "",
    ):
        found = plain_phrase(query)
        if found is not None:
            parsed = parse(query)
            assert (parsed.tree, parsed.warnings) == (found, ())
    assert plain_phrase("“三務”") is not None
    assert plain_phrase("“三务") is None


def test_what_no_search_takes_no_list_takes(samples: IndexEngine) -> None:
    queries = ["公" * 1_001, "三务公开", "(", "公" * 1_000]
    found = list(samples.counts(queries, SearchRequest()))
    assert [isinstance(one, Refused) for one in found] == [True, False, True, False]
    for query, one in zip(queries, found, strict=True):
        if isinstance(one, Refused):
            with pytest.raises(type(one.error)):
                samples.count(SearchRequest(q=query))


def test_wrong_filters_are_told_at_once(samples: IndexEngine) -> None:
    with pytest.raises(GongkaiError):
        samples.counts(["三务公开"], SearchRequest(region=("没有的地方",)))
