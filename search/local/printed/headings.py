"""Titles and headings as printed: what a passage is said to stand in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import numpy as np

from indexer.arrays.segment import TITLE_KIND, Ints, SegmentArrays
from indexer.model import KINDS, shown_heading
from search.model import SectionRef

_TITLE = SectionRef("title", (), ())


def section_refs(segment: SegmentArrays, blocks: Ints) -> Iterator[SectionRef]:
    """For each block, its section with the headings on the way down to it."""
    kinds = segment.block_kind.take(blocks).tolist()
    firsts = segment.file_block.take(segment.block_file.take(blocks)).tolist()
    paths = segment.block_path.take(blocks).tolist()
    ways = [
        [] if kind == TITLE_KIND else _way(segment, first + 1, block)
        for kind, first, block in zip(kinds, firsts, blocks.tolist(), strict=True)
    ]
    texts = _headings(segment, np.array([*chain.from_iterable(ways)], np.int64))
    for kind, path, way in zip(kinds, paths, ways, strict=True):
        if kind == TITLE_KIND:
            yield _TITLE
        else:
            printed = tuple([text for text in islice(texts, len(way)) if text])
            yield SectionRef(KINDS[kind], printed, segment.tables.paths[path])


def _way(segment: SegmentArrays, first: int, block: int) -> list[int]:
    """The sections that a section is nested in, the outermost first, and itself; `first` is its
    report's first section."""
    levels = segment.block_level[first : block + 1].tolist()
    way, level, above = [block], levels[-1], block - first
    while level > 1 and above > 0:
        above -= 1
        if levels[above] < level:
            level = levels[above]
            way.insert(0, first + above)
    return way


def _headings(segment: SegmentArrays, blocks: Ints) -> Iterator[str]:
    """The headings of sections as shown, "" where none is printed."""
    lines = segment.block_line.take(blocks)
    begins = segment.line_printed.take(lines).tolist()
    ends = segment.line_printed.take(lines + np.uint32(1)).tolist()
    headed = segment.block_headed.take(blocks).tolist()
    for begin, end, is_headed in zip(begins, ends, headed, strict=True):
        yield shown_heading(segment.printed_text(begin, end - 1)) if is_headed else ""


def title(segment: SegmentArrays, file: int) -> str:
    """The title of a report."""
    line = segment.block_line[segment.file_block[file]]
    begin, end = segment.line_printed[line : line + 2].tolist()
    return segment.printed_text(begin, end - 1)
