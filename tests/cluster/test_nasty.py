"""Random requests of every kind on nasty reports: a cluster answers as the engine of one machine, which in turn
equals the slow scan (tests/property), and as the scan itself.

GONGKAI_DRAWS=all draws ten times as many. What is refused must be what says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import pytest

from indexer.errors import GongkaiError, LimitError
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest, SearchResult
from search.remote.engine import ClusterEngine
from tests.cluster.filled import filled, of_reports
from tests.depth import DEEP
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

pytestmark = pytest.mark.cluster
DRAWN = 1_000 if DEEP else 100
REPORTS = 40
REFUSED = {"cluster_too_many_alternatives", "cluster_limit"}
"""What may be refused; no random request on so few reports meets another limit."""


class Both(NamedTuple):
    own: IndexEngine
    cluster: ClusterEngine
    scan: ScanEngine
    ids: list[str]
    queries: drawn.Queries
    chooser: Random


@pytest.fixture(scope="module", params=(1, 2))
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    chooser = Random(request.param)
    reports = [drawn.report(chooser, f"{number}.txt") for number in range(REPORTS)]
    queries = drawn.Queries(chooser, [line.text for r in reports for line in r.lines()])
    own = engine_of(tmp_path_factory.mktemp("own"), [reports])
    with filled(of_reports(reports)) as cluster:
        scan = ScanEngine(reports)
        yield Both(own, cluster, scan, [r.id for r in reports], queries, chooser)


def drawn_requests(both: Both, count: int) -> Iterator[SearchRequest]:
    for _ in range(count):
        asked = drawn.request(both.chooser, both.queries.query())
        yield replace(asked, size=both.chooser.choice((3, 100)), passages=3)


def test_answers_are_equal(both: Both) -> None:
    compared = found = 0
    for request in drawn_requests(both, DRAWN):
        own = answer(partial(both.own.search, request))
        other = answer(partial(both.cluster.search, request))
        if refused(other):
            continue
        assert comparable(other) == comparable(own), request
        if isinstance(own, SearchResult):
            compared += 1
            found += bool(own.total.reports)
            scanned = both.scan.search(request)
            assert isinstance(other, SearchResult)
            assert (other.total, other.facets) == (scanned.total, scanned.facets), request
    assert compared > 0.8 * DRAWN
    assert found > 0.4 * DRAWN


Ask = Callable[[Engine, SearchRequest, str, Any], object]
ASKED: dict[str, Ask] = {
    "count": lambda e, r, _, draw: e.count(r),
    "concordance": lambda e, r, _, draw: e.concordance(r),
    "concordance by context": lambda e, r, _, draw: e.concordance(r, draw("left", "right")),
    "every_line": lambda e, r, _, draw: [*islice(e.every_line(r, "report", 2), 50)],
    "every_line by context": lambda e, r, _, draw: [*e.every_line(r, draw("left", "right"), 1)],
    "every_report": lambda e, r, _, draw: [*e.every_report(r)],
    "wordings": lambda e, r, _, draw: sorted(e.wordings(r)),
    "wordings of some": lambda e, r, one, draw: sorted(e.wordings(r, [one])),
    "collocates": lambda e, r, _, draw: e.collocates(r, draw("left", "right"), 10),
    "hits": lambda e, r, one, draw: e.hits(one, r),
    "place": lambda e, r, one, draw: e.place(one, r),
    "spread": lambda e, r, _, draw: e.spread(r, draw("children", "province", "city", "county")),
    "looked_in": lambda e, r, _, draw: e.looked_in(r),
    "counts": lambda e, r, _, draw: [
        *e.counts([r.q, "公开", '"'], r, draw("children", "city"), crossed=draw(True, False))
    ],
    "counts alone": lambda e, r, _, draw: [*e.counts([r.q, "信息"], r, None)],
}


@pytest.mark.parametrize("name", ASKED)
def test_all_else_that_can_be_asked(both: Both, name: str) -> None:
    compared = 0
    for number, request in enumerate(drawn_requests(both, DRAWN // 10)):
        one = both.chooser.choice(both.ids)

        def drawn_alike(*values: Any, seed: int = number) -> Any:
            return Random(seed).choice(values)

        own = answer(partial(ASKED[name], both.own, request, one, drawn_alike))
        other = answer(partial(ASKED[name], both.cluster, request, one, drawn_alike))
        if refused(other):
            continue
        assert str(other) == str(own), request
        compared += 1
    assert compared > 0.7 * (DRAWN // 10)


def test_whole_reports_and_their_files(both: Both) -> None:
    for one in both.ids[:10]:
        assert both.cluster.report(one) == both.own.report(one)
        assert both.cluster.file(one) == both.own.file(one)
    unknown = answer(lambda: both.cluster.report("0" * 12))
    assert str(unknown) == str(answer(lambda: both.own.report("0" * 12)))


def answer(ask: Callable[[], object]) -> object:
    """What is answered, or the error."""
    try:
        return ask()
    except GongkaiError as error:
        return error


def refused(answered: object) -> bool:
    """Whether it is a limit of clusters; each answer to a list of queries counts by itself."""
    if isinstance(answered, LimitError):
        return answered.message.key in REFUSED
    refusals = answered if isinstance(answered, list) else []
    return any(refused(getattr(one, "error", None)) for one in refusals)


def comparable(answered: object) -> object:
    if isinstance(answered, SearchResult):
        return replace(answered, took_ms=0.0, did_you_mean=())
    return str(answered)
