"""Headings in mid-line: after the end of a sentence, or right under another heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.parsing import enumerators
from indexer.parsing.enumerators import Enumerator, Rank
from indexer.parsing.heading_end import LONGEST, heading_end

LONG_ITEM = 16
"""A numbered sentence of more code points, with nothing under it, is an item and no heading."""


@dataclass(slots=True)
class Counters:
    """The last value seen of each rank: a number in mid-line counts only where it is the next."""

    last: dict[Rank, int] = field(default_factory=dict)

    def is_next(self, number: Enumerator) -> bool:
        return number.value == self.last.get(number.rank, 0) + 1

    def see(self, number: Enumerator) -> None:
        self.last[number.rank] = number.value
        for rank in [r for r in self.last if r > number.rank]:
            del self.last[rank]

    def copy(self) -> Counters:
        return Counters(dict(self.last))


@dataclass(frozen=True, slots=True)
class Cut:
    """A heading from `number` to `end`; where `end` is the number's start, none is printed."""

    number: Enumerator
    end: int


def opens_unnamed(number: Enumerator) -> bool:
    """Whether a number opens a section even where no heading is printed after it."""
    return number.rank in (Rank.HAN, Rank.HAN_BRACKETED)


def own_end(text: str, number: Enumerator, stop: int) -> int:
    """Where the heading after a number ends, before `stop`; the number's end where none is sure."""
    child = enumerators.first_child(text, number, min(stop, number.end + LONGEST[number.rank]))
    if child is not None:
        stop = child.start
        own = text[number.end : stop].strip()
        if own and not set("。；;！!：:") & set(own):
            return stop
    return number.end + heading_end(text[number.end : stop], number.rank)


def cuts(text: str, start: int, counters: Counters) -> Iterator[Cut]:
    """The headings from `start` on; only those in sequence, which `counters` sees."""
    refused: dict[Rank, int] = {}
    at = start
    while (cut := _next_cut(text, at, counters, refused)) is not None:
        yield cut
        at = max(cut.end, cut.number.end)


def _next_cut(text: str, start: int, counters: Counters, refused: dict[Rank, int]) -> Cut | None:
    """`refused` holds the last number of each rank that was out of sequence, in this line."""
    for number in enumerators.inside(text, start):
        if number.rank > Rank.DIGIT:
            continue
        if refused.get(number.rank) == number.value - 1 or not counters.is_next(number):
            refused[number.rank] = number.value
            continue
        following = next(enumerators.inside(text, number.end), None)
        stop = following.start if following else len(text)
        end = own_end(text, number, stop)
        unnamed = end == number.end or _is_item(text, end, number, stop)
        leads_in = text[max(number.start - 4, 0) : number.start].rstrip().endswith(("：", ":"))
        if unnamed and (leads_in or not opens_unnamed(number)):
            continue
        counters.see(number)
        if end > number.end:
            return Cut(number, end)
        if number.rank == Rank.HAN:
            return Cut(number, number.start)
    return None


def _is_item(text: str, end: int, number: Enumerator, stop: int) -> bool:
    """Whether a sentence with nothing under it is an item of a list."""
    if text[end:stop].strip():
        return False
    heading = text[number.start : end].strip()
    return number.rank >= Rank.DIGIT or (len(heading) > LONG_ITEM and heading[-1] in "。！!")
