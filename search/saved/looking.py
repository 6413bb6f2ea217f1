"""What a saved search finds, in as few characters as tell whether that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import UnknownReportError
from indexer.model import report_id
from search.engine import Engine
from search.model import ReportHit, SearchRequest

PASSAGES = 3
"""Passages told of a report."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report that is found; `digest` is of the words found in it and of what stands beside them, not of where
    in the report that is, nor of the rest of it."""

    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Look:
    """All that a search finds in one generation of an index, by report id. `newest`: the newest time of a report
    in the index (Indexed), whether it is found or not."""

    generation: str
    newest: int
    found: dict[str, Found]


def look(engine: Engine, request: SearchRequest) -> Look:
    """What the request finds now: all of it, whatever page is asked for. Raises what the engine does."""
    whole = replace(request, page=1, passages=0)
    digests = _digests(engine, whole)
    empty = hashlib.sha256().hexdigest()
    return Look(
        engine.generation,
        newest(engine),
        {
            hit.id: Found(digests.get(hit.id, empty)[:24], hit.title)
            for hit in engine.every_report(whole)
        },
    )


def newest(engine: Engine) -> int:
    """When the report that came or changed last did so, 0 where that is not known."""
    first = SearchRequest(sort="-changed", size=1, passages=0)
    return max((hit.indexed.changed for hit in engine.search(first).reports), default=0)


def _digests(engine: Engine, request: SearchRequest) -> dict[str, str]:
    """For each report in which something is found, the digest of its lines in reading order."""
    found: dict[str, Any] = {}
    for line in engine.every_line(request):
        digest = found.setdefault(line.report, hashlib.sha256())
        for part in (line.left, line.hit, line.right):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return {report: digest.hexdigest() for report, digest in found.items()}


def called_now(engine: Engine, former: str) -> str | None:
    """The id of a report now, by one that it had; None where it is gone."""
    try:
        return report_id(engine.file(former).source)
    except UnknownReportError:
        return None


def details(
    engine: Engine, request: SearchRequest, wanted: Collection[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is told of these reports of an answer, as JSON has it."""
    if not wanted:
        return
    for hit in engine.every_report(replace(request, page=1, passages=PASSAGES)):
        if hit.id in wanted:
            yield hit.id, _told(hit)


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
