"""The filters of a request, and the fields of a query, over the facts of a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.errors import RequestError
from indexer.messages import Message
from indexer.model import Report
from indexer.regions.table import table
from indexer.text.fold import fold
from search.model import SearchRequest, since_seconds
from search.query.tree import And, Field, Node, Not, Or, Years

Test = Callable[[Report], bool]
VALUES: Mapping[str, Callable[[Report], str]] = {
    "genre": lambda report: report.genre,
    "origin": lambda report: _origin(report),
}
"""The facets of few fixed values: the value of a report."""
_MANY = 3  # so many regions of one name are worth a word


@dataclass(frozen=True, slots=True)
class Filters:
    """One test a facet; a report passes if it passes them all."""

    tests: Mapping[str, Test]

    def passes(self, report: Report, *, but: str = "") -> bool:
        """Whether the report passes; the facet named by `but` is not asked."""
        return all(test(report) for name, test in self.tests.items() if name != but)


def filters_of(request: SearchRequest) -> Filters:
    """The filters that the request sets. RequestError where a region is unknown."""
    tests: dict[str, Test] = {}
    if request.region:
        wanted = frozenset(code for name in request.region for code in _codes(name))
        tests["region"] = lambda report: any(r.code in wanted for r in report.region)
    if request.year or request.year_from is not None or request.year_to is not None:
        tests["year"] = lambda report: year_selected(request, report.year)
    for name, value_of in VALUES.items():
        if chosen := getattr(request, name):
            tests[name] = _among(chosen, value_of)
    if request.since:
        since = since_seconds(request.since)
        tests["since"] = lambda report: report.indexed.changed >= since
    if request.issuer:
        issuers = frozenset(request.issuer)
        tests["issuer"] = lambda report: report.issuer in issuers
    return Filters(tests)


def _origin(report: Report) -> str:
    recognised = [line for line in report.lines() if line.place.confidence is not None]
    return "recognised" if recognised else "text"


def _among(chosen: Collection[str], value_of: Callable[[Report], str]) -> Test:
    return lambda report: value_of(report) in chosen


def year_selected(request: SearchRequest, year: int | None) -> bool:
    """Whether the request's years, single ones or the range, hold this one."""
    if year is None:
        return False
    ranged = request.year_from is not None or request.year_to is not None
    first = request.year_from if request.year_from is not None else year
    last = request.year_to if request.year_to is not None else year
    return year in request.year or (ranged and first <= year <= last)


def _codes(name: str) -> tuple[str, ...]:
    codes = region_codes(name)
    if not codes:
        raise RequestError(
            Message("no_such_region", name=name),
            parameter="region",
        )
    return codes


@lru_cache(maxsize=1_024)
def region_codes(name: str) -> tuple[str, ...]:
    """The codes of a region given by name or code; several where the name repeats, () for none."""
    return tuple(table().named(name))


def field_holds(field: Field | Years, report: Report) -> bool:
    """Whether a field of the query, `section` aside, holds for the report."""
    if isinstance(field, Years):
        if report.year is None:
            return False
        first = field.first if field.first is not None else report.year
        last = field.last if field.last is not None else report.year
        return first <= report.year <= last
    if field.name == "region":
        codes = region_codes(field.value)
        return any(region.code in codes for region in report.region)
    if field.name == "genre":
        return report.genre == field.value
    return fold(field.value) in fold(report.issuer or "")


def field_warnings(tree: Node) -> Iterator[Message]:
    """What the reader should know of the query's regions."""
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from field_warnings(child)
    elif isinstance(tree, Not):
        yield from field_warnings(tree.child)
    elif isinstance(tree, Field) and tree.name == "region":
        count = len(region_codes(tree.value))
        if not count:
            yield Message("no_such_region", name=tree.value)
        elif count >= _MANY:
            yield Message("regions_of_one_name", name=tree.value, count=count)
