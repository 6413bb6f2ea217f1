"""A report as the scan sees it: every line folded by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexer.model import Line, Report
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import tokens
from tests.reference import balanced

TITLE = 0
"""The number of the block that is the title; the sections are 1, 2, …"""
Span = tuple[int, int]


@dataclass(frozen=True)
class FoldedBlock:
    """The title or a section. `folded` is its lines folded and joined by "\\n"; offsets are in it."""

    kind: str
    headed: bool
    lines: tuple[Line, ...]
    folded: str

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        found = [0]
        for text in self.folded.split("\n"):
            found.append(found[-1] + len(text) + 1)
        return found[:-1]

    @property
    def length(self) -> int:
        """UTF-16 code units, each line's end included."""
        return len(self.folded.encode("utf-16-le")) // 2 + 1 if self.lines else 0

    def line_of(self, at: int) -> int:
        """The number of the line that an offset stands in."""
        return self.folded.count("\n", 0, at)

    def printed(self, span: Span) -> tuple[Line, int, int]:
        """The line of a span, and where the hit stands in it as printed, with its quotes."""
        line, start, end = self.kept(span)
        return (line, *balanced(line.text, start, end))

    def kept(self, span: Span) -> tuple[Line, int, int]:
        """The line of a span, and where its first and last kept characters stand in it."""
        number = self.line_of(span[0])
        line, start = self.lines[number], self.starts[number]
        origins = _origins(line.text)
        return line, origins[span[0] - start], origins[span[1] - 1 - start] + 1

    def on_word_boundaries(self, span: Span) -> bool:
        """Whether a word begins where the span begins, and another (or nothing) where it ends."""
        number = self.line_of(span[0])
        begins = _word_starts(self.lines[number].text)
        return all(at - self.starts[number] in begins for at in span)

    def in_heading(self, span: Span) -> bool:
        return self.headed and self.line_of(span[0]) == 0


@lru_cache(maxsize=4_096)
def _origins(line: str) -> list[int]:
    return fold_with_origins(line)[1]


@lru_cache(maxsize=65_536)
def _word_starts(line: str) -> frozenset[int]:
    """Where words begin in the fold of a line, and where it ends."""
    return frozenset({start for start, _ in tokens(line)} | {len(fold(line))})


@dataclass(frozen=True, slots=True)
class FoldedReport:
    """A report, its id and its blocks: title, then sections."""

    report: Report
    id: str
    blocks: tuple[FoldedBlock, ...]

    @property
    def length(self) -> int:
        return sum(block.length for block in self.blocks)

    def blocks_of(self, kinds: Sequence[str]) -> tuple[int, ...]:
        """The sections of these kinds; every block, the title too, where none is named."""
        return tuple(n for n, block in enumerate(self.blocks) if not kinds or block.kind in kinds)


def folded_report(report: Report) -> FoldedReport:
    title = _block("title", False, (Line(report.title, 0),))
    sections = (
        _block(section.kind, section.heading is not None, tuple(section.all_lines()))
        for section in report.sections
    )
    return FoldedReport(report, report.id, (title, *sections))


def _block(kind: str, headed: bool, lines: tuple[Line, ...]) -> FoldedBlock:
    return FoldedBlock(kind, headed, lines, "\n".join(fold(line.text) for line in lines))
