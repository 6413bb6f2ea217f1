"""The share of a text that is carried over from another, whatever is paired with what.

A character of a report's fold is carried over where it is common with the other report: measure.py of
indexer/likeness defines that. What is common by chance or custom (为人民服务) is shorter than RUN.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.likeness.measure import RUN
from search.comparing.model import Carried, Span


def carried_spans(lines: Sequence[str], other: Sequence[str]) -> list[list[Span]]:
    """Of each of the folded `lines`, what stands in the `other` ones: in code points of the fold, apart."""
    whole = frozenset(other)
    runs = frozenset(line[at : at + RUN] for line in other for at in range(len(line) - RUN + 1))
    return [
        list(_in_runs(line, runs)) if len(line) >= RUN else [(0, len(line))] * (line in whole)
        for line in lines
    ]


def carried(lines: Sequence[str], spans: Sequence[Sequence[Span]]) -> Carried:
    """How much that is of all the lines."""
    covered = sum(end - start for of_line in spans for start, end in of_line)
    return Carried(sum(map(len, lines)), covered)


def _in_runs(line: str, runs: frozenset[str]) -> Iterator[Span]:
    """What the runs cover of a line."""
    start = end = 0
    for at in range(len(line) - RUN + 1):
        if line[at : at + RUN] in runs:
            if at > end and start < end:
                yield start, end
            if at > end or start == end:
                start = at
            end = at + RUN
    if start < end:
        yield start, end
