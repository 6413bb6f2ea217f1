"""What a scan finds in a corpus that changes: of each generation of its index, of a few phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.arrays.records import read_report
from indexer.arrays.segment import REJECTED
from indexer.model import Report
from indexer.store.reader import IndexReader
from search.model import SearchRequest
from tests.oracle.scan_engine import ScanEngine


class Found(NamedTuple):
    """What one report holds of a phrase."""

    hits: int
    sections: int
    year: int | None


class Answer(NamedTuple):
    """What is found of a phrase in all reports; `hits` of each report by its id, `years`: reports of each."""

    reports: int
    sections: int
    hits: int
    by_report: Mapping[str, int]
    years: Mapping[int, int]

    @property
    def most(self) -> list[int]:
        """The hits of the reports that have most."""
        return sorted(self.by_report.values(), reverse=True)


class Scanned:
    """The reports of an index, each scanned once for as long as its text stays the same."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = phrases
        self._known: dict[str, tuple[Report, tuple[Found | None, ...]]] = {}

    def answers(self, folder: Path) -> list[Answer]:
        """Of the generation that stands in the folder, an answer a phrase."""
        now = {}
        for report in reports_of(folder):
            before = self._known.get(report.id)
            same = before is not None and before[0] == report
            now[report.id] = before if before and same else (report, self._scan(report))
        self._known = now
        return [self._summed(number) for number in range(len(self._phrases))]

    def _scan(self, report: Report) -> tuple[Found | None, ...]:
        engine = ScanEngine([report])
        totals = (engine.count(SearchRequest(q=f"“{phrase}”")) for phrase in self._phrases)
        return tuple(
            Found(total.hits, total.sections, report.year) if total.reports else None
            for total in totals
        )

    def _summed(self, phrase: int) -> Answer:
        found = {id_: held for id_, (_, every) in self._known.items() if (held := every[phrase])}
        return Answer(
            len(found),
            sum(each.sections for each in found.values()),
            sum(each.hits for each in found.values()),
            {id_: each.hits for id_, each in found.items()},
            Counter(each.year for each in found.values() if each.year is not None),
        )


def reports_of(folder: Path) -> Iterable[Report]:
    """All reports of an index, as they were read."""
    for segment in IndexReader(folder).segments:
        living = segment.live & (segment.arrays.file_genre != REJECTED)
        for file in np.flatnonzero(living).tolist():
            yield read_report(segment.arrays, file)
