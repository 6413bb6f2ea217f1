"""Sentences as they are printed, in code points of their reports' canonical text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.arrays.distinct import distinct
from indexer.arrays.segment import Ints
from indexer.store.echo_file import EchoArrays
from search.local.facts.columns import Columns, SearchSegment
from search.local.printed.origins import code_points, origins


class Printed(NamedTuple):
    """A sentence: its text, and where it stands in its report."""

    text: str
    start: int
    end: int


def printed(
    columns: Columns, arrays: EchoArrays, files: Ints, sentences: Ints
) -> dict[int, Printed]:
    """Some sentences of reports, whose files are `files`."""
    wanted = distinct(sentences)
    starts = arrays.report_start.astype(np.int64)
    file = files[np.searchsorted(starts, wanted, "right") - 1]
    found: dict[int, Printed] = {}
    for segment in columns.segments:
        own = file - segment.first_file
        here = np.flatnonzero((own >= 0) & (own < segment.arrays.file_count))
        if len(here):
            texts = _of_segment(segment, arrays, own[here], wanted[here])
            found.update(zip(wanted[here].tolist(), texts, strict=True))
    return found


def _of_segment(
    segment: SearchSegment, found: EchoArrays, file: Ints, sentences: Ints
) -> list[Printed]:
    arrays = segment.arrays
    at = found.sentence_at[sentences]
    first = origins(arrays, at)
    last = origins(arrays, at + found.sentence_units[sentences] - np.uint32(1))
    title = arrays.line_printed[arrays.block_line[arrays.file_block[file]]].astype(np.int64)
    begins = code_points(arrays, title)
    starts = code_points(arrays, first) - begins
    ends = code_points(arrays, last) + 1 - begins
    pieces = zip(first.tolist(), last.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [
        Printed(_text(segment, begin, end, stop - start), start, stop)
        for begin, end, start, stop in pieces
    ]


def _text(segment: SearchSegment, first: int, last: int, characters: int) -> str:
    """So many code points from one code unit to another, which may be the half of a character."""
    return segment.arrays.printed_text(first, last + 2)[:characters]
