"""The years side by side, the same in chart, matrix and strips; measures are percent of the width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.spread import Group, Spread

MOST_COLUMNS = 120
"""Where the years span more than this, those without reports have no column."""
FEW = 8
"""Fewer years than this are drawn on a narrower page."""
MANY = 31
"""More years than this are scrolled on a usual screen."""
WHOLE_YEARS = 16
"""More years than this are written with two digits."""
EM_WIDE, EM_WHOLE = 1.4, 1.9
"""A column is at least this wide, in em, with two and with four digits: three small digits below its
bar keep apart from their neighbours. What does not fit is scrolled."""
NARROW_LABELS = 9
"""Most years written below a chart on a phone."""
STEPS = (1, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` are the places of the years among those of the spread; of several, among those of all."""

    years: tuple[int, ...]
    at: tuple[int, ...]
    left_out: bool

    @classmethod
    def of(cls, spread: Spread) -> Columns:
        return cls.across([spread])

    @classmethod
    def across(cls, spreads: Sequence[Spread]) -> Columns:
        """Those of several spreads, from the first year of all to the last."""
        years = [year for spread in spreads for year in spread.years]
        every = range(min(years), max(years) + 1) if years else range(0)
        held = {
            year
            for spread in spreads
            for year, group in zip(spread.years, spread.chart, strict=True)
            if group.reports
        }
        left_out = len(every) > MOST_COLUMNS
        at = tuple(i for i, year in enumerate(every) if year in held or not left_out)
        return cls(tuple(every[i] for i in at), at, left_out)

    def only(self, keep: Callable[[int], bool]) -> Columns:
        """The columns of some years."""
        kept = [(year, at) for year, at in zip(self.years, self.at, strict=True) if keep(year)]
        return Columns(tuple(year for year, _ in kept), tuple(at for _, at in kept), True)

    def pick(self, groups: tuple[Group, ...]) -> list[Group]:
        """Of groups of all years, those of the columns."""
        return [groups[i] for i in self.at] if self.left_out else list(groups)

    @property
    def few(self) -> bool:
        return len(self.years) < FEW

    @property
    def many(self) -> bool:
        return len(self.years) > MANY

    @property
    def wide(self) -> float:
        """The least width of all columns, in em."""
        whole = len(self.years) <= WHOLE_YEARS
        return len(self.years) * (EM_WHOLE if whole else EM_WIDE)

    @property
    def slot(self) -> float:
        return 100 / max(len(self.years), 1)

    def label(self, year: int) -> str:
        """A year as it stands at its column."""
        return str(year) if len(self.years) <= WHOLE_YEARS else f"{year % 100:02}"

    def on_phones(self) -> frozenset[int]:
        """The years that are written on a phone."""
        for step in STEPS:
            written = [year for year in self.years if year % step == 0]
            if written and len(written) <= NARROW_LABELS:
                return frozenset(written)
        return frozenset(self.years[:1])
