"""A colleague's file taken in: what has a link alone gets its quote and its report from this index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.errors import UnknownReportError
from search.engine import Engine
from search.links import resolve
from search.saved.finding import Finding
from search.saved.findings import Conflict, Findings, Merged
from search.verifying.quote import verbatim
from web.findings.collect import facts_of


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: of its findings, and how many had no quote and none could be found."""

    merged: Merged
    unquoted: int


def take_in(engine: Engine, kept: Findings, theirs: Iterable[Finding], conflict: Conflict) -> Taken:
    """Merge them by link and quote; SavedError where that cannot be kept."""
    complete = [_complete(engine, finding) for finding in theirs]
    sound = [finding for finding in complete if finding is not None]
    return Taken(kept.merge(sound, conflict), len(complete) - len(sound))


def _complete(engine: Engine, finding: Finding) -> Finding | None:
    """The finding with all that is needed to cite it."""
    if finding.passage.quote and finding.facts.title:
        return finding
    report, start, end, check, quote = finding.passage
    try:
        found = engine.report(report)
    except UnknownReportError:
        return finding if quote else None
    text = found.text()
    place = resolve(text, start, end, check)
    if place.state == "changed":
        return finding if quote else None
    there = text[place.start : place.end]
    # what stands near a link in an article need not be all of the passage
    passage = finding.passage._replace(quote=verbatim(quote, end - start, check) or there)
    return replace(finding, passage=passage, facts=facts_of(found, place.start, place.end))
