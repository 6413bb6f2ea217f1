"""A report made ready for the index: folded, segmented, its words counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indexer.model import Line, Report
from indexer.text.segment import tokens


@dataclass(frozen=True, slots=True)
class PreparedText:
    """Folded lines joined by "\\n", with one bit a character: a word begins here.

    The bit is also set at every "\\n" and at the space that joins ASCII words. `words` counts the
    words. A line that folds to nothing stays as an empty one.
    """

    folded: str
    word_starts: bytes
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """`title` and `sections` in the order of the report."""

    report: Report
    title: PreparedText
    sections: tuple[PreparedText, ...]


def prepare(report: Report) -> PreparedReport:
    """All that the index keeps of a report beside its own text."""
    return PreparedReport(
        report,
        prepare_lines([Line(report.title, 0)]),
        tuple(prepare_lines(section.all_lines()) for section in report.sections),
    )


def prepare_lines(lines: Iterable[Line]) -> PreparedText:
    """The lines of one section."""
    folded: list[str] = []
    starts: list[int] = []
    words: Counter[str] = Counter()
    at = 0
    for line in lines:
        length = 0
        for start, token in tokens(line.text):
            folded.append(token)
            starts.append(at + start)
            length = start + len(token)
            if token != " ":
                words[token] += 1
        folded.append("\n")
        starts.append(at + length)
        at += length + 1
    bits = np.zeros(at, dtype=bool)
    bits[starts] = True
    return PreparedText("".join(folded)[:-1], np.packbits(bits).tobytes(), dict(words))
