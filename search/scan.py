"""Answering a query by scanning every report: slow, plain, and the definition of what is right.

A frame is the part of a report that a query is tried on as one: the whole report, or one section
where the scope is the section. Units of a report are its title (0) and its sections (1, 2, …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.store.records import FoldedReport
from search.literal import literal_phrase
from search.occurrences import Span, near, occurrences
from search.original import original_spans
from search.query.tree import (
    And,
    Everything,
    Field,
    InTitle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Words,
    Years,
)

Leaf = Phrase | Wildcard | Near
Units = tuple[int, ...]
TITLE = 0


@dataclass(frozen=True, slots=True, order=True)
class FoldedHit:
    """One occurrence: the unit, and the span in the unit's folded text."""

    unit: int
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """One report under one query; hits of each leaf are looked up once.

    `holds` tells whether a field of the query holds for the report; `lines` gives a unit's lines
    as printed (for literal matching only).
    """

    report: FoldedReport
    literal: bool
    holds: Callable[[Field | Years], bool]
    lines: Callable[[int], Sequence[str]]
    _found: dict[Leaf, dict[int, list[Span]]] = field(default_factory=dict)

    def match(self, tree: Node, frames: Sequence[Units]) -> set[FoldedHit] | None:
        """The hits of the frames that match, None where no frame does.

        The title alone matches only where it says something: it is in no section to be silent in.
        """
        matched: set[FoldedHit] | None = None
        for frame in frames:
            hits = self._node(tree, frame)
            if hits is None or (frame == (TITLE,) and not hits):
                continue
            matched = hits if matched is None else matched | hits
        return matched

    def sections_matching(self, tree: Node, frames: Sequence[Units]) -> int:
        """How many sections of the frames match by themselves."""
        units = {unit for frame in frames for unit in frame if unit != TITLE}
        if isinstance(tree, Everything):
            return len(units)
        return sum(self._node(tree, (unit,)) is not None for unit in units)

    def leaf(self, leaf: Leaf) -> dict[int, list[Span]]:
        """Spans of a leaf by unit, in the whole report."""
        if leaf not in self._found:
            needle = leaf.folded if isinstance(leaf, Phrase) else ""
            self._found[leaf] = {
                unit: spans
                for unit, folded in enumerate(folded_units(self.report))
                if needle in folded and (spans := self._spans(leaf, unit, folded))
            }
        return self._found[leaf]

    def _spans(self, leaf: Leaf, unit: int, folded: str) -> list[Span]:
        if isinstance(leaf, Near):
            left = self._spans(leaf.left, unit, folded)
            right = self._spans(leaf.right, unit, folded)
            return near(left, right, leaf.distance, folded)
        spans = occurrences(leaf, folded)
        if spans and self.literal and isinstance(leaf, Phrase):
            return self._literal(leaf, unit, folded, spans)
        return spans

    def _literal(self, leaf: Phrase, unit: int, folded: str, spans: list[Span]) -> list[Span]:
        phrase = literal_phrase(leaf.text)
        lines = self.lines(unit)
        printed = original_spans(folded, lines, spans)
        return [
            span
            for span, (line, start, end) in zip(spans, printed, strict=True)
            if phrase.stands_at(lines[line], start, end)
        ]

    def _node(self, node: Node, frame: Units) -> set[FoldedHit] | None:
        """The hits in the frame, None where the node does not match it."""
        if isinstance(node, Phrase | Wildcard | Near):
            return self._in_units(node, frame) or None
        if isinstance(node, Words):
            return self._words(node, frame)
        if isinstance(node, And):
            return self._and(node, frame)
        if isinstance(node, Or):
            found = [
                hits for child in node.children if (hits := self._node(child, frame)) is not None
            ]
            return set().union(*found) if found else None
        if isinstance(node, Not):
            return set() if self._node(node.child, frame) is None else None
        if isinstance(node, InTitle):
            return self._in_units(node.text, (TITLE,)) or None
        if isinstance(node, Field) and node.name == "section":
            return set() if self._of_kind(frame, node.value) else None
        if isinstance(node, Everything):
            return set()
        return set() if self.holds(node) else None

    def _and(self, node: And, frame: Units) -> set[FoldedHit] | None:
        """A section: among the terms narrows where the others must stand."""
        rest: list[Node] = []
        for child in node.children:
            if isinstance(child, Field) and child.name == "section":
                frame = self._of_kind(frame, child.value)
            else:
                rest.append(child)
        if not frame:
            return None
        hits: set[FoldedHit] = set()
        for child in rest:
            found = self._node(child, frame)
            if found is None:
                return None
            hits |= found
        return hits

    def _words(self, node: Words, frame: Units) -> set[FoldedHit] | None:
        """The units of the frame that hold the chunk in one piece, or else all its words."""
        hits: set[FoldedHit] = set()
        for unit in frame:
            whole = self.leaf(node.whole).get(unit)
            found = [whole] if whole else [self.leaf(word).get(unit) for word in node.words]
            if all(found):
                hits |= {FoldedHit(unit, *span) for spans in found for span in spans or ()}
        return hits or None

    def _in_units(self, leaf: Leaf, units: Units) -> set[FoldedHit]:
        by_unit = self.leaf(leaf)
        if not by_unit:
            return set()
        return {FoldedHit(unit, *span) for unit in units for span in by_unit.get(unit, ())}

    def _of_kind(self, frame: Units, kind: str) -> Units:
        sections = self.report.sections
        return tuple(u for u in frame if u != TITLE and sections[u - 1].kind == kind)


def frames_of(report: FoldedReport, scope: str, kinds: Sequence[str]) -> list[Units]:
    """What a query is tried on: with `kinds`, only sections of these."""
    units = tuple(
        unit
        for unit in range(len(report.sections) + 1)
        if not kinds or (unit != TITLE and report.sections[unit - 1].kind in kinds)
    )
    if scope == "section":
        return [(unit,) for unit in units]
    return [units] if units else []


def folded_units(report: FoldedReport) -> Iterator[str]:
    """Folded title, then the folded sections."""
    yield report.folded_title
    for section in report.sections:
        yield section.folded


def folded_unit(report: FoldedReport, unit: int) -> str:
    return report.folded_title if unit == TITLE else report.sections[unit - 1].folded


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that can give hits: those under NOT cannot."""
    if isinstance(node, Phrase | Wildcard | Near):
        yield node
    elif isinstance(node, Words):
        yield node.whole
        yield from node.words
    elif isinstance(node, InTitle):
        yield node.text
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from leaves(child)


def has_not(node: Node) -> bool:
    """Whether the query can match less where there is more text."""
    if isinstance(node, And | Or):
        return any(has_not(child) for child in node.children)
    return isinstance(node, Not)
