"""From folded text back to the report as printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from indexer.text.fold import fold_with_origins
from search.occurrences import Span


def original_spans(
    folded: str, lines: Sequence[str], spans: Sequence[Span]
) -> list[tuple[int, int, int]]:
    """(line, start, end) of each span: the line's index, offsets in the line as printed.

    `folded` is the lines folded and joined by "\\n".
    """
    starts = _line_starts(folded)
    found: list[tuple[int, int, int]] = []
    known, origins = -1, list[int]()
    for start, end in spans:
        line = bisect_right(starts, start) - 1
        if line != known:
            known, origins = line, fold_with_origins(lines[line])[1]
        found.append((line, origins[start - starts[line]], origins[end - 1 - starts[line]] + 1))
    return found


def _line_starts(folded: str) -> list[int]:
    starts = [0]
    at = folded.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = folded.find("\n", at + 1)
    return starts
