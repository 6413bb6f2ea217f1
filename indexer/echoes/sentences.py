"""The sentences of all reports of a generation, and which of them are equal."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.arrays.segment import U2, U4, Ints
from indexer.echoes.measure import LEAST
from indexer.likeness.texts import Texts
from indexer.text.fold import SENTENCE_END
from indexer.text.fold_array import LINE_END, code_units, text_of

_END = re.compile(f"[\n{SENTENCE_END}]")


class Cut(NamedTuple):
    """A sentence: where it begins and how long it is, in code units of the folded text; its fold."""

    at: int
    units: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Those of report r stand from start[r] to start[r + 1], in reading order: for each, `at` and `units` (see
    Cut; in the folded text of its segment), and `which` of the distinct `texts` it is."""

    start: Ints
    at: U4
    units: U4
    which: U4
    texts: list[str]


def cut(folded: U2) -> Iterator[Cut]:
    """The sentences of folded lines, each ended by "\\n", in UTF-16 code units."""
    text = text_of(folded)
    narrow = len(text) == len(folded)
    at = 0
    for piece in _END.split(text):
        units = len(piece) if narrow else len(code_units(piece))
        if len(piece) >= LEAST:
            yield Cut(at, units, piece)
        at += units + 1


def sentences(texts: Texts, told: Callable[[int], None]) -> Sentences:
    """The sentences of all reports; `told` is called with the number of those that were cut since."""
    numbers: dict[str, int] = {}
    at, units, which, counts = (array("Q") for _ in range(4))
    for report in range(len(texts)):
        folded = texts.folded(report)
        body = int(np.argmax(folded == LINE_END)) + 1  # the title is the first line
        begins = texts.begins(report) + body
        before = len(at)
        for found in cut(folded[body:]):
            at.append(begins + found.at)
            units.append(found.units)
            which.append(numbers.setdefault(found.text, len(numbers)))
        counts.append(len(at) - before)
        told(1)
    return Sentences(
        np.append(0, np.cumsum(np.array(counts, np.int64))),
        np.array(at, np.uint32),
        np.array(units, np.uint32),
        np.array(which, np.uint32),
        list(numbers),
    )
