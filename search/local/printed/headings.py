"""Titles and headings as printed: what a passage is said to stand in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import numpy as np

from indexer.arrays.segment import TITLE_KIND, Ints, SegmentArrays
from indexer.model import KINDS, shown_heading
from search.model import SectionRef

_TITLE = SectionRef("title", (), ())


def section_refs(segment: SegmentArrays, units: Ints) -> Iterator[SectionRef]:
    """Of each unit the section with the headings on the way down to it."""
    kinds = segment.unit_kind.take(units).tolist()
    firsts = segment.file_unit.take(segment.unit_file.take(units)).tolist()
    paths = segment.unit_path.take(units).tolist()
    ways = [
        [] if kind == TITLE_KIND else _way(segment, first + 1, unit)
        for kind, first, unit in zip(kinds, firsts, units.tolist(), strict=True)
    ]
    texts = _headings(segment, np.array([*chain.from_iterable(ways)], np.int64))
    for kind, path, way in zip(kinds, paths, ways, strict=True):
        if kind == TITLE_KIND:
            yield _TITLE
        else:
            printed = tuple([text for text in islice(texts, len(way)) if text])
            yield SectionRef(KINDS[kind], printed, segment.tables.paths[path])


def _way(segment: SegmentArrays, first: int, unit: int) -> list[int]:
    """The sections that a section is nested in, the outermost first, and itself; `first` is that of
    its report."""
    levels = segment.unit_level[first : unit + 1].tolist()
    way, level, above = [unit], levels[-1], unit - first
    while level > 1 and above > 0:
        above -= 1
        if levels[above] < level:
            level = levels[above]
            way.insert(0, first + above)
    return way


def _headings(segment: SegmentArrays, units: Ints) -> Iterator[str]:
    """The headings of sections as shown, "" where none is printed."""
    lines = segment.unit_line.take(units)
    begins = segment.line_printed.take(lines).tolist()
    ends = segment.line_printed.take(lines + np.uint32(1)).tolist()
    headed = segment.unit_headed.take(units).tolist()
    for begin, end, is_headed in zip(begins, ends, headed, strict=True):
        yield shown_heading(segment.printed_text(begin, end - 1)) if is_headed else ""


def title(segment: SegmentArrays, file: int) -> str:
    """The title of a report."""
    line = segment.unit_line[segment.file_unit[file]]
    begin, end = segment.line_printed[line : line + 2].tolist()
    return segment.printed_text(begin, end - 1)
