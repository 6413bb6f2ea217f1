"""The way through a result: the report before and after the one at hand, and the hits at its ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search.engine import Engine
from search.model import SearchRequest
from search.spread import Place
from web.report.stepping import Ends, numbered
from web.shown import Shown
from web.urls import report_url, search_url, state_pairs


@dataclass(frozen=True, slots=True)
class Trail:
    """`number` of `reports`, from 1; the addresses of the reports beside, "" where the result ends.

    `ends` are where steps from hit to hit lead on to; None where the query of the result can have no hits.
    """

    number: int
    reports: int
    previous: str
    next: str
    ends: Ends | None


def trail(
    engine: Engine, report_id: str, asked: SearchRequest, shown: Shown, *, has_hits: bool
) -> Trail | None:
    """The place of a report in the answer to a request; None where it is not in it.

    `has_hits` tells whether this report has some, which saves asking whether any has. Raises what the
    engine does where the request is not sound.
    """
    place = engine.place(report_id, asked)
    if place is None:
        return None
    return Trail(
        place.number,
        place.reports,
        report_url(place.previous, asked, shown) if place.previous else "",
        report_url(place.next, asked, shown) if place.next else "",
        _ends(engine, place, asked, shown) if has_hits or _finds_text(engine, asked) else None,
    )


def way_back(report_id: str, asked: SearchRequest, shown: Shown, way: Trail | None) -> str:
    """The answer as it was: of a list the page that the report is on, at the report."""
    if way is None or shown.view != "list":
        return search_url(asked, shown)
    on = replace(asked, page=-(-way.number // asked.size))
    return f"{search_url(on, shown)}#report-{report_id}"


def _finds_text(engine: Engine, asked: SearchRequest) -> bool:
    return bool(asked.q) and engine.count(asked).hits > 0


def _ends(engine: Engine, place: Place, asked: SearchRequest, shown: Shown) -> Ends:
    """The last hit of the report before, and the first of the one after; of one that has none, its top."""

    def at(report_id: str | None, *, last: bool) -> str:
        if report_id is None:
            return ""
        marked = numbered(engine.hits(report_id, asked))
        return _at(report_id, marked[-1 if last else 0][0] if marked else 0, asked, shown)

    return Ends(before=at(place.previous, last=True), after=at(place.next, last=False))


def _at(report_id: str, hit: int, asked: SearchRequest, shown: Shown) -> str:
    """The address of a report at one of its hits; of 0, at its beginning."""
    if not hit:
        return report_url(report_id, asked, shown)
    pairs = [*state_pairs(asked, shown), ("hit", str(hit))]
    return f"/reports/{report_id}?{urlencode(pairs, errors='replace')}#hit-{hit}"
