"""A report made ready for the index: folded and segmented, all its lines at once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import NOT_RECOGNISED
from indexer.model import Report, Section
from indexer.text.fold_array import LINE_END, CodeUnits, code_units, fold_code_units
from indexer.text.segment import word_starts

_MOST_PAGE = 65_535
"""A line on a later page is told as on this one."""


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """The lines of a report as arrays: the title, then those of each section, heading first.

    `characters`: of the report's text, with the line ends between its lines. Pickled, it leaves the
    lines of the report's sections behind: between processes they travel as arrays only.

    `printed`, `folded`: UTF-16 code units, each line ended by "\\n"; a line that folds to nothing
    stays as an empty one. `kept`: a bit for each printed code unit, set where a folded one came
    from it (see FoldedLines). `word_starts`: a bit for each folded code unit, set where a word begins,
    and also at every "\\n" and at the space that joins ASCII words. Both packed by np.packbits.

    `line_printed`, `line_folded`: code units of each line, its "\\n" included. `block_lines`: how many
    lines the title has (1), then each section (0 where it holds none). `line_page`, `line_pages` and
    `line_confidence`: where each line is printed (see SegmentArrays).
    """

    report: Report
    characters: int
    printed: CodeUnits
    kept: bytes
    folded: CodeUnits
    word_starts: bytes
    line_printed: NDArray[np.uint32]
    line_folded: NDArray[np.uint32]
    line_page: NDArray[np.uint16]
    line_pages: NDArray[np.uint8]
    line_confidence: NDArray[np.uint8]
    block_lines: NDArray[np.uint32]

    def __reduce__(self) -> tuple[type[PreparedReport], tuple[Any, ...]]:
        values = [getattr(self, field.name) for field in fields(self)]
        return PreparedReport, (_without_lines(self.report), *values[1:])


def prepare(report: Report) -> PreparedReport:
    """All that the index keeps of a report beside its facts."""
    text = report.text()
    printed = code_units(text + "\n")
    lines = fold_code_units(printed)
    sections = [len(s.lines) + (s.heading is not None) for s in report.sections]
    return PreparedReport(
        report,
        len(text),
        printed,
        np.packbits(lines.kept).tobytes(),
        lines.folded,
        np.packbits(word_starts(lines.spaced)).tobytes(),
        _lengths(printed),
        _lengths(lines.folded),
        *_places(report),
        np.array([1, *sections], np.uint32),
    )


def _places(
    report: Report,
) -> tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.uint8]]:
    """Of each line its first page, how many more it stands on, and its confidence."""
    places = [line.place for line in report.lines()]
    pages = [(min(p.page, _MOST_PAGE), min(p.last_page - p.page, 255)) for p in places]
    confidences = [NOT_RECOGNISED if p.confidence is None else p.confidence for p in places]
    first, more = np.array(pages, np.uint16).T
    return first, more.astype(np.uint8), np.array(confidences, np.uint8)


def _without_lines(report: Report) -> Report:
    sections = tuple(Section(s.kind, s.heading, s.level, s.path, ()) for s in report.sections)
    return replace(report, sections=sections, dropped=())


def _lengths(lines: CodeUnits) -> NDArray[np.uint32]:
    """Code units of each line, its "\\n" included."""
    ends: NDArray[np.uint32] = np.flatnonzero(lines == LINE_END).astype(np.uint32) + np.uint32(1)
    ends[1:] -= ends[:-1].copy()
    return ends
