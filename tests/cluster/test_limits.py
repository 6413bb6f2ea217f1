"""What is too much for a cluster ends in a LimitError, never in a smaller count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.errors import LimitError
from indexer.model import Line, Report, Section
from search.model import SearchRequest
from search.remote.engine import ClusterEngine
from tests.cluster.filled import filled, of_reports

pytestmark = pytest.mark.cluster
LONG = 1_100_000
"""Characters of a section in which a script takes more than the million steps that it may."""


@pytest.fixture(scope="module")
def engine() -> Iterator[ClusterEngine]:
    section = Section("other", None, 1, (), (Line("公" * LONG, 3),))
    report = Report("a.txt", "标题", "other", 2019, None, None, None, None, (), (section,))
    with filled(of_reports([report])) as found:
        yield found


def test_phrases_are_counted_whatever_their_number(engine: ClusterEngine) -> None:
    for size in (1, 2, 5):
        total = engine.count(SearchRequest(f'"{"公" * size}"'))
        assert (total.reports, total.hits) == (1, LONG - size + 1)


@pytest.mark.parametrize("query", ['"公?公"', "公 NEAR/2 公"])
def test_what_a_script_cannot_finish_is_refused(engine: ClusterEngine, query: str) -> None:
    with pytest.raises(LimitError):
        engine.count(SearchRequest(query))


def test_more_clauses_than_a_query_may_have(engine: ClusterEngine) -> None:
    words = [chr(0x4E00 + number) for number in range(60)]
    query = " OR ".join(f"{word}公文" for word in words)
    with pytest.raises(LimitError):
        engine.search(SearchRequest(" AND ".join(f"({query[:100]})" for _ in range(8))))
