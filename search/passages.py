"""The passages that a result shows: the parts of lines that hold hits, with their context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.links import checksum
from search.model import Fragment, Hit, Passage, SectionRef

SPAN = 150
"""Hits of one line within so many code points share a passage."""
BEFORE = 45
AFTER = 90
"""Context in code points; it is cut where a sentence begins or ends, if one does."""
_STOPS = "。；！？;!?"
ELLIPSIS = Fragment("…", False)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a report with its hits: `start` in the canonical text, hits in the line."""

    section: SectionRef
    text: str
    start: int
    hits: tuple[Hit, ...]


def passages(lines: Sequence[PrintedLine], most: int) -> tuple[Passage, ...]:
    """The passages with most hits, at most so many, in reading order."""
    found = [(line, cluster) for line in lines for cluster in _clusters(line.hits)]
    best = sorted(range(len(found)), key=lambda at: (-len(found[at][1]), at))[:most]
    return tuple(_passage(*found[at]) for at in sorted(best))


def _clusters(hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Hits of one line that one passage can show."""
    cluster: list[Hit] = []
    for hit in hits:
        if cluster and hit.end - cluster[0].start > SPAN:
            yield cluster
            cluster = []
        cluster.append(hit)
    if cluster:
        yield cluster


def _passage(line: PrintedLine, hits: Sequence[Hit]) -> Passage:
    first, last = hits[0].start, max(hit.end for hit in hits)
    start, end = _window(line.text, first, last)
    shown = [h for h in line.hits if h.start < end and h.end > start]
    fragments = tuple(_fragments(line.text, start, end, shown))
    head = (ELLIPSIS,) if start > 0 else ()
    tail = (ELLIPSIS,) if end < len(line.text) else ()
    return Passage(
        section=line.section,
        fragments=(*head, *fragments, *tail),
        start=line.start + first,
        end=line.start + hits[0].end,
        check=checksum(line.text[first : hits[0].end]),
    )


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """The part of the line around [first, last) that is shown."""
    start = max(0, first - BEFORE)
    if start > 0:
        sentence = max(text.rfind(stop, start, first) for stop in _STOPS)
        start = sentence + 1 if sentence >= 0 else start
    end = min(len(text), last + AFTER)
    if end < len(text):
        stops = [at for stop in _STOPS if (at := text.find(stop, last, end)) >= 0]
        end = max(stops) + 1 if stops else end
    return start, end


def _fragments(text: str, start: int, end: int, hits: Sequence[Hit]) -> Iterator[Fragment]:
    """The text [start, end) cut at its hits; overlapping hits are one fragment."""
    done = start
    for first, last in _merged(hits):
        first, last = max(first, start), min(last, end)
        if first > done:
            yield Fragment(text[done:first], False)
        yield Fragment(text[first:last], True)
        done = last
    if done < end:
        yield Fragment(text[done:end], False)


def _merged(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Spans of the hits, overlapping ones joined; neighbours stay apart."""
    merged: list[tuple[int, int]] = []
    for hit in hits:
        if merged and hit.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return merged
