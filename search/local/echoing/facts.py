"""What decides which of two reports is earlier, and whose they are: columns over the reports of an index.

Reports are counted as those that are present, in the order of files.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from indexer.arrays.records import read_record
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from indexer.model import GENRES
from search.local.facts.columns import Chain, Columns

NATION = "000000"
_DEEPEST = 5
_DAY = 100_000_000
"""A day is told as yyyymmdd."""
_NEVER = np.iinfo(np.int64).max
_WORK_REPORT = GENRES.index("work_report")


class Facts:
    """For each report: `files`, its file; `first` and `last`, between which it was said, as year and day in one
    number (all of its year where the day is not known, all time where the year is not); `order`, which
    sorts by that time, those of no known year last; `said`, the year in which it counts as said; `named`,
    the year that it names; `body`, a number for each body."""

    def __init__(self, columns: Columns) -> None:
        self.files: Ints = np.flatnonzero(columns.present)
        self.said: Ints = columns.said_year[self.files]
        self.named: Ints = columns.year[self.files].astype(np.int64)
        day = np.array([_day(columns, file) for file in self.files.tolist()], np.int64)
        unknown = self.said == NO_YEAR
        whole = self.said * _DAY
        self.first: Ints = np.where(unknown, -_NEVER, whole + day)
        self.last: Ints = np.where(unknown, _NEVER, whole + np.where(day, day, _DAY - 1))
        self.order: Ints = np.where(unknown, _NEVER, self.first)
        bodies = [_body(columns, file) for file in self.files.tolist()]
        self._place = _numbered([place for place, _ in bodies])
        self._issuer = np.array([issuer for _, issuer in bodies], np.int64)
        self.body = _numbered(bodies)
        chains = [columns.region(file) for file in self.files.tolist()]
        self._own, self._above = _regions(chains)

    def earlier(self, a: Ints, b: Ints) -> Bools:
        """Whether reports a are earlier than reports b."""
        found: Bools = self.last[a] < self.first[b]
        return found

    def recent(self, a: Ints, b: Ints) -> Bools:
        """Whether reports a were said in the year before reports b, or later."""
        found: Bools = self.said[a] >= self.said[b] - 1
        return found

    def same_body(self, a: Ints, b: Ints) -> Bools:
        """Whether reports a and b are of one body; who names no issuer may be any of its region."""
        issuers = self._issuer[a], self._issuer[b]
        open_ = (issuers[0] == issuers[1]) | (issuers[0] < 0) | (issuers[1] < 0)
        found: Bools = (self._place[a] == self._place[b]) & open_
        return found

    def same_report(self, a: Ints, b: Ints) -> Bools:
        """Whether they are one report, in one file or two."""
        named = self.named[a]
        again = self.same_body(a, b) & (named == self.named[b]) & (named != NO_YEAR)
        found: Bools = again | (a == b)
        return found

    def above(self, a: Ints, b: Ints) -> Bools:
        """Whether reports a are of a region above that of reports b."""
        found: Bools = (self._above[b] == self._own[a][:, None]).any(axis=1)
        return found


def _day(columns: Columns, file: int) -> int:
    """The day that a report was published, 0 where none is known."""
    searched, own = columns.segment_of_file(file)
    published = read_record(searched.arrays, own).get("published")
    return int(str(published).replace("-", "")) if published else 0


def _body(columns: Columns, file: int) -> tuple[Hashable, int]:
    """Whose report it is: region and genre, and issuer, -1 for none; one of neither region nor issuer is its own."""
    codes = tuple(region.code for region in columns.region(file))
    genre = int(columns.genre[file])
    issuer = -1 if genre == _WORK_REPORT else int(columns.issuer[file])
    return ((codes, genre), issuer) if codes or issuer >= 0 else (file, -1)


def _numbered(values: Sequence[Hashable]) -> Ints:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _regions(chains: list[Chain]) -> tuple[Ints, Ints]:
    """For each report a number for its region, -1 for none; and those of the regions above, -2 for none."""
    numbers: dict[str, int] = {}
    own = np.full(len(chains), -1, np.int64)
    above = np.full((len(chains), _DEEPEST), -2, np.int64)
    for report, chain in enumerate(chains):
        codes = [region.code for region in chain]
        if codes:
            own[report] = numbers.setdefault(codes[-1], len(numbers))
            higher = dict.fromkeys([NATION, *codes[:-1]]) if codes[-1] != NATION else {}
            for depth, code in enumerate([*higher][:_DEEPEST]):
                above[report, depth] = numbers.setdefault(code, len(numbers))
    return own, above
