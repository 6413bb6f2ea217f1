"""Which passages of a page are collected, so that their buttons are pressed: with scripts and without.

All who read these pages keep findings in one file. So a page that shows this is the same for all of them for
as long as the file holds the same findings: its view is marked `same_while(findings_state)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from search.engine import Engine
from search.saved.database import SavedError
from search.saved.finding import Passage
from search.saved.findings import Findings
from search.verifying.passage import standing_places
from web.pages import keeps, saved
from web.report.sentence import around
from web.writing import is_our_host

Spot = tuple[str, int, int]
"""A report and code points of its text, end exclusive."""
Held = Mapping[Spot, int]
"""The numbers of findings, by where they stand."""
NOTHING: Held = {}


def findings_state() -> str:
    """What is another one whenever other passages are collected; "" where none can be shown."""
    try:
        return Findings(saved()).state() if _shown() else ""
    except SavedError:
        return ""


def held_sentences(engine: Engine, hits: Iterable[Spot]) -> Held:
    """Of hits, the findings that hold the sentences around them, which is what their buttons collect; by the
    places of the hits. Only reports of which something is kept are opened."""
    by_report: dict[str, set[Spot]] = defaultdict(set)
    for hit in hits:
        by_report[hit[0]].add(hit)
    found: dict[Spot, int] = {}
    for report, passages in _kept_of(by_report).items():
        text = engine.report(report).text()
        held = _standing(report, text, passages)
        for hit in by_report[report]:
            number = held.get((report, *around(text, hit[1], hit[2])))
            if number:
                found[hit] = number
    return found


def held_of(report: str, text: str) -> Held:
    """All findings of a report whose canonical text is `text`, by where they stand now."""
    return _standing(report, text, _kept_of((report,)).get(report, ()))


def _shown() -> bool:
    """Whether there may be findings, and they may be shown; asked for every page, kept ones too."""
    return keeps() and is_our_host() and saved().path.exists()


def _kept_of(reports: Collection[str]) -> Mapping[str, Iterable[tuple[int, Passage]]]:
    """Nothing where the file cannot be read: who collects is told, who reads is not kept from it."""
    try:
        return Findings(saved()).of_reports(reports) if _shown() else {}
    except SavedError:
        return {}


def _standing(report: str, text: str, passages: Iterable[tuple[int, Passage]]) -> Held:
    """Each at its place, or where its words stand now, the nearest; what the report no longer says is left
    out."""
    found: dict[Spot, int] = {}
    for number, each in passages:
        places = standing_places(text, each.quote, each.start) if each.quote else ()
        nearest = min(places, key=lambda place: abs(place - each.start), default=None)
        if nearest is not None:
            found.setdefault((report, nearest, nearest + len(each.quote)), number)
    return found
