"""Reports that have much of their text in common: what an engine tells of them.

What is common, and from where on reports are alike, is defined in indexer/likeness/measure.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.model import Genre, Region


class AlikeReport(NamedTuple):
    """One report of a pair. `characters`: code points of its fold; `common`: those of them that the other
    one has, too."""

    id: str
    source: str
    title: str
    genre: Genre
    year: int | None
    region: tuple[Region, ...]
    characters: int
    common: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.common / self.characters if self.characters else 0.0


class AlikePair(NamedTuple):
    """Two reports that are alike."""

    a: AlikeReport
    b: AlikeReport


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The likenesses of one report, which is `a` of each pair; the greatest share first.

    `known`: they were looked for in this generation of the index. `crowded`: there are so many reports
    with the same text that only some of those like this one were looked for.
    """

    known: bool
    crowded: bool = False
    pairs: tuple[AlikePair, ...] = ()


def first_come(pair: AlikePair) -> tuple[float, float, str, str]:
    """Sorts pairs: the greatest share of either first, then the other share; of ties, by source."""
    shares = sorted((pair.a.share, pair.b.share))
    return -shares[1], -shares[0], pair.a.source, pair.b.source
