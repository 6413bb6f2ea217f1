"""Queries that ask some of the title and some of the text, in reports and in sections: order and scores, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.remote.engine import ClusterEngine
from tests.cluster.filled import filled, of_reports
from tests.oracle import drawn
from tests.oracle.direct import engine_of

pytestmark = pytest.mark.cluster
FORMS = (
    "title:{} title:{} {}",
    "title:{} title:{} {} {}",
    "(title:{} {}) OR (title:{} {})",
    "title:{} OR title:{} OR {}",
    "(title:{} title:{} {}) OR {}",
    "(title:{} OR {}) {}",
    '"?开" OR title:公开 OR {}',
    '(title:公开 {}) OR "公?" OR (title:"?开" {})',
    "title:信息 OR 信息 NEAR/3 {}",
)
TEXTS = ("公", "开", "信息", "12", "公开", "三务", "é", "wifi")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[IndexEngine, ClusterEngine]]:
    chooser = Random(5)
    reports = [drawn.report(chooser, f"{number}.txt") for number in range(60)]
    own = engine_of(tmp_path_factory.mktemp("own"), [reports])
    with filled(of_reports(reports)) as cluster:
        yield own, cluster


@pytest.mark.parametrize("scope", ["report", "section"])
@pytest.mark.parametrize("form", FORMS)
def test_titles(both: tuple[IndexEngine, ClusterEngine], form: str, scope: str) -> None:
    own, cluster = both
    chooser = Random(form)
    for _ in range(6):
        query = form.format(*chooser.sample(TEXTS, k=4))
        request = replace(SearchRequest(query, size=100), scope=scope)  # type: ignore[arg-type]
        left, right = own.search(request), cluster.search(request)
        assert right.reports == left.reports, query
        assert (right.total, right.facets) == (left.total, left.facets), query
