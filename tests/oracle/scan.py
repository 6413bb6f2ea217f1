"""Trying a query on one report.

A frame is the part of a report that a query is tried on as one: the whole report, or one section
where the scope is the section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.query.tree import (
    And,
    Everything,
    Field,
    InTitle,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Words,
    Years,
)
from tests.oracle.folded import TITLE, FoldedBlock, FoldedReport, Span
from tests.oracle.literal import literal_phrase
from tests.oracle.occurrences import near, occurrences

Frame = tuple[int, ...]
Closeness = dict[Span, float]
"""The spans of a leaf in a block; 1, but for NEAR (see `occurrences.near`)."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A leaf that answers the query in a block. What is not `counted` only helps the rank."""

    leaf: Leaf
    block: int
    counted: bool = True


@dataclass(slots=True)
class Scan:
    """One report under one query; `holds` tells whether a field of the query holds for it."""

    report: FoldedReport
    literal: bool
    whole: bool
    holds: Callable[[Field | Years], bool]
    _found: dict[Leaf, dict[int, Closeness]] = field(default_factory=dict)

    def match(self, tree: Node, frames: Iterable[Frame]) -> set[Selected] | None:
        """What answers the query in the frames that match, None where no frame does.

        The title alone matches only where it says something: it is in no section to be silent in.
        """
        matched: set[Selected] | None = None
        for frame in frames:
            found = self._node(tree, frame)
            if found is not None and (found or frame != (TITLE,)):
                matched = found | (matched or set())
        return matched

    def meets(self, conditions: Node, frame: Frame) -> bool:
        """Whether a frame meets terms that find no text."""
        return self._node(conditions, frame) is not None

    def hits(self, selected: Iterable[Selected]) -> list[tuple[int, Span]]:
        """The distinct hits, in order, each with its block."""
        return sorted(
            {(s.block, span) for s in selected if s.counted for span in self.leaf(s.leaf)[s.block]}
        )

    def silent_sections(self, tree: Node, kinds: Sequence[str]) -> int:
        """How many sections of these kinds match by themselves."""
        blocks = set(self.report.blocks_of(kinds)) - {TITLE}
        return sum(self._node(tree, (block,)) is not None for block in blocks)

    def leaf(self, leaf: Leaf) -> dict[int, Closeness]:
        """Spans of a leaf by block, in the whole report."""
        if leaf not in self._found:
            needles = list(_needles(leaf))
            self._found[leaf] = {
                number: spans
                for number, block in enumerate(self.report.blocks)
                if all(needle in block.folded for needle in needles)
                and (spans := self._spans(leaf, block))
            }
        return self._found[leaf]

    def _spans(self, leaf: Leaf, block: FoldedBlock) -> Closeness:
        if isinstance(leaf, Near):
            left, right = self._spans(leaf.left, block), self._spans(leaf.right, block)
            return near(list(left), list(right), leaf.distance, block.folded)
        spans = occurrences(leaf, block.folded)
        if self.literal and isinstance(leaf, Phrase) and spans:
            phrase = literal_phrase(leaf.text)
            printed = ((span, *block.kept(span)) for span in spans)
            spans = [span for span, line, *at in printed if phrase.stands_at(line.text, *at)]
        if self.whole:
            spans = [span for span in spans if block.on_word_boundaries(span)]
        return dict.fromkeys(spans, 1.0)

    def _node(self, node: Node, frame: Frame) -> set[Selected] | None:
        """What answers the node in the frame, None where the node does not match it."""
        if isinstance(node, Phrase | Wildcard | Near):
            return self._in_blocks(node, frame) or None
        if isinstance(node, Words):
            return self._words(node, frame)
        if isinstance(node, And):
            return self._and(node, frame)
        if isinstance(node, Or):
            several = [self._node(child, frame) for child in node.children]
            matching = [found for found in several if found is not None]
            return set().union(*matching) if matching else None
        if isinstance(node, InTitle):
            return self._in_blocks(node.text, (TITLE,)) or None
        return set() if self._true(node, frame) else None

    def _true(self, node: Not | Field | Years | Everything, frame: Frame) -> bool:
        """Whether a node matches that finds no text."""
        if isinstance(node, Not):
            return self._node(node.child, frame) is None
        if isinstance(node, Field) and node.name == "section":
            return bool(self._of_kind(frame, node.value))
        return isinstance(node, Everything) or self.holds(node)

    def _and(self, node: And, frame: Frame) -> set[Selected] | None:
        """A section: among the terms narrows where the others must stand."""
        rest: list[Node] = []
        for child in node.children:
            if isinstance(child, Field) and child.name == "section":
                frame = self._of_kind(frame, child.value)
            else:
                rest.append(child)
        if not frame:
            return None
        selected: set[Selected] = set()
        for child in rest:
            found = self._node(child, frame)
            if found is None:
                return None
            selected |= found
        return selected

    def _words(self, node: Words, frame: Frame) -> set[Selected] | None:
        """The blocks of the frame that hold the chunk in one piece, or else all its words."""
        selected: set[Selected] = set()
        for block in frame:
            words = {word for word in node.words if block in self.leaf(word)}
            if block in self.leaf(node.whole):
                selected.add(Selected(node.whole, block))
                selected |= {Selected(word, block, counted=False) for word in words}
            elif words == set(node.words):
                selected |= {Selected(word, block) for word in words}
        return selected or None

    def _in_blocks(self, leaf: Leaf, blocks: Frame) -> set[Selected]:
        found = self.leaf(leaf)
        return {Selected(leaf, block) for block in blocks if block in found}

    def _of_kind(self, frame: Frame, kind: str) -> Frame:
        return tuple(block for block in frame if self.report.blocks[block].kind == kind)


def frames_of(report: FoldedReport, scope: str, kinds: Sequence[str]) -> list[Frame]:
    """What a query is tried on: with `kinds`, only sections of these."""
    blocks = report.blocks_of(kinds)
    if scope == "section":
        return [(block,) for block in blocks]
    return [blocks] if blocks else []


def _needles(leaf: Leaf) -> Iterator[str]:
    """What a block must hold to hold the leaf."""
    if isinstance(leaf, Near):
        yield from _needles(leaf.left)
        yield from _needles(leaf.right)
    else:
        yield from [leaf.folded] if isinstance(leaf, Phrase) else leaf.pieces
