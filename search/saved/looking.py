"""What a saved search finds, in as few characters as tell whether that has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import QueryError, UnknownReportError
from indexer.model import report_id
from search.engine import Engine
from search.model import ReportHit, SearchRequest

TOLD = 3
"""Passages told of a report."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report that is found; `digest` is of all sentences in which something is found (search/wording.py), not
    of the rest of the report. `changed`: see Indexed."""

    digest: str
    title: str
    changed: int


@dataclass(frozen=True, slots=True)
class Look:
    """All that a search finds in one generation of an index, by report id. `newest`: the newest time of a report
    in the index (Indexed), whether it is found or not. `before`: what was known, by the ids that the reports
    have now. `told`: of the reports that were not known as they are, what is told of them, as JSON has it;
    nothing where nothing was compared."""

    generation: str
    newest: int
    found: Mapping[str, Found]
    before: Mapping[str, Found]
    told: Mapping[str, dict[str, Any]]


def look(engine: Engine, request: SearchRequest, known: Mapping[str, Found] | None = None) -> Look:
    """What the request finds now: all of it, whatever page is asked for. `known`, by id, is what it found before,
    None for a first look, by which nothing is news. Raises what the engine does, and QueryError where the query
    names a region that there is not: that it finds nothing then is no news."""
    _check_regions(engine, request)
    whole = replace(request, page=1, passages=0, sort="-changed")
    listed = {hit.id: hit for hit in engine.every_report(whole)}
    before = _as_called_now(engine, known or {}, listed)
    as_it_was = {
        report
        for report, hit in listed.items()
        if report in before and 0 < hit.indexed.changed == before[report].changed
    }
    read = dict(engine.wordings(whole, listed.keys() - as_it_was))
    found = {
        report: Found(
            before[report].digest if report in as_it_was else read[report],
            hit.title,
            hit.indexed.changed,
        )
        for report, hit in listed.items()
    }
    news = [] if known is None else [n for n, now in found.items() if _is_news(before.get(n), now)]
    told = {hit.id: _told(hit) for hit in _read(engine, whole, news)}
    return Look(engine.generation, newest(engine), found, before, told)


def _is_news(before: Found | None, now: Found) -> bool:
    return before is None or before.digest != now.digest


def _check_regions(engine: Engine, request: SearchRequest) -> None:
    for warning in engine.search(replace(request, page=1, size=1, passages=0)).warnings:
        if warning.key == "no_such_region":
            raise QueryError(warning)


def newest(engine: Engine) -> int:
    """When the report that came or changed last did so, 0 where that is not known."""
    first = SearchRequest(sort="-changed", size=1, passages=0)
    return max((hit.indexed.changed for hit in engine.search(first).reports), default=0)


def _read(engine: Engine, request: SearchRequest, wanted: Collection[str]) -> Iterator[ReportHit]:
    """These reports of the answer with their passages; what changed last comes first, and what follows the last
    is not made."""
    left = len(wanted)
    for hit in engine.every_report(replace(request, passages=TOLD)) if left else ():
        if hit.id in wanted:
            yield hit
            left -= 1
            if not left:
                return


def _told(hit: ReportHit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "year": hit.year,
        "region": [region.name for region in hit.region],
        "hits": hit.hits,
        "passages": [
            {
                "text": "".join(fragment.text for fragment in passage.fragments),
                "start": passage.start,
                "end": passage.end,
                "check": passage.check,
            }
            for passage in hit.passages
        ],
    }


def _as_called_now(
    engine: Engine, known: Mapping[str, Found], found: Collection[str]
) -> dict[str, Found]:
    """What was known, by the ids that the reports have now: one whose file moved is the one that it was, and so is
    one that counts as a copy now. What is gone keeps its id."""
    before = dict(known)
    for report in [report for report in known if report not in found]:
        now = _called_now(engine, report)
        if now in found and now not in before:
            before[now] = before.pop(report)
    return before


def _called_now(engine: Engine, report: str) -> str:
    """The id of a report now, "" where it is gone."""
    try:
        return report_id(engine.file(report).source)
    except UnknownReportError:
        return ""
