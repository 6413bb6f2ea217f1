"""Lines of hits, report by report in the order asked for: only the reports of a page are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from search.local.collect.concordance import every_line
from search.model import Concordance, ConcordanceLine
from search.remote.fetched import Statistics, plan_of
from search.remote.listing import Listed
from search.remote.prepared import Prepared
from search.remote.shelf import Shelf

_AT_ONCE = 50
"""Reports whose lines are printed at a time."""


def page_of_lines(
    shelf: Shelf, prepared: Prepared, listed: Sequence[Listed], statistics: Statistics
) -> Concordance:
    """The page that the request asks for; its warnings are left to the caller."""
    request = prepared.request
    first = (request.page - 1) * request.size
    lines = islice(lines_from(shelf, prepared, listed, statistics, first), request.size)
    return Concordance(
        canonical=prepared.canonical,
        warnings=(),
        finds_text=prepared.finds_text,
        hits=sum(report.hits for report in listed),
        reports=len(listed),
        lines=tuple(lines),
        page=request.page,
        size=request.size,
    )


def lines_from(
    shelf: Shelf,
    prepared: Prepared,
    listed: Sequence[Listed],
    statistics: Statistics,
    first: int,
) -> Iterator[ConcordanceLine]:
    """All lines of the reports from a number on."""
    ends = list(accumulate(report.hits for report in listed))
    at = next((number for number, end in enumerate(ends) if end > first), len(listed))
    skipped = first - (ends[at - 1] if at else 0)
    for begin in range(at, len(listed), _AT_ONCE):
        part = listed[begin : begin + _AT_ONCE]
        kept = shelf.by_ids([report.id for report in part])
        reports = [kept[report.id] for report in part if report.id in kept]
        plan = plan_of(reports, prepared.request, statistics)
        yield from islice(every_line(plan, "report", 0), skipped, None)
        skipped = 0
