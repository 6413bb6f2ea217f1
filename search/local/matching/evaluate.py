"""The query tree over frames: which match, and which hits make them match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import Bools, Ints
from indexer.model import KINDS
from search.budget import checkpoint
from search.local.facts.columns import Columns
from search.local.hits.leaves import LeafHits
from search.local.matching.frames import Frames, KindSet, allowed
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

_FEW = 4_096


@dataclass(frozen=True, slots=True)
class Selected:
    """The blocks in which a leaf answers the query: a mask over its LeafHits.blocks.

    `counted` hits are the answer's; the others (words of a chunk that stands there in one piece)
    only help its rank.
    """

    leaf: Leaf
    blocks: Bools
    counted: bool = True


class Evaluation:
    """One query on one kind of frames.

    `hits` looks up the hits of a leaf, `holds` the files for which a field of the query holds.
    """

    def __init__(
        self,
        columns: Columns,
        frames: Frames,
        hits: Callable[[Leaf], LeafHits],
        holds: Callable[[Field | Years], Bools],
    ) -> None:
        self._columns = columns
        self._frames = frames
        self._hits = hits
        self._holds = holds
        self._matched: dict[tuple[int, KindSet], Bools] = {}
        self._chunks: dict[Words, tuple[Ints, Ints]] = {}

    def match(self, node: Node, kinds: KindSet) -> Bools:
        """The frames that match, when only blocks of these kinds are looked at."""
        key = (id(node), kinds)
        if key not in self._matched:
            checkpoint()
            self._matched[key] = self._match(node, kinds)
        return self._matched[key]

    def select(self, node: Node, kinds: KindSet, frames: Bools) -> Iterator[Selected]:
        """In which blocks of these frames, all of which match, each leaf answers the query."""
        if isinstance(node, Phrase | Wildcard | Near):
            yield Selected(node, self._inside(self._hits(node).blocks, kinds, frames))
        elif isinstance(node, Words):
            yield from self._select_words(node, kinds, frames)
        elif isinstance(node, And):
            kinds, rest = _narrowed(node, kinds)
            for child in rest:
                yield from self.select(child, kinds, frames)
        elif isinstance(node, Or):
            for child in node.children:
                yield from self.select(child, kinds, frames & self.match(child, kinds))
        elif isinstance(node, InTitle):
            blocks = self._hits(node.text).blocks
            files = self._frames.files(frames)
            yield Selected(
                node.text, self._columns.titles(blocks) & files[self._columns.block_file[blocks]]
            )

    def _match(self, node: Node, kinds: KindSet) -> Bools:
        if isinstance(node, Phrase | Wildcard | Near):
            return self._holding(self._hits(node).blocks, kinds)
        if isinstance(node, Words):
            return self._holding(np.concatenate(self._words(node)), kinds)
        if isinstance(node, And):
            kinds, rest = _narrowed(node, kinds)
            found = self._frames.valid(kinds)
            for child in rest:
                found = found & self.match(child, kinds)
            return found
        if isinstance(node, Or):
            found = np.zeros(self._frames.size, bool)
            for child in node.children:
                found |= self.match(child, kinds)
            return found
        valid = self._frames.valid(kinds)
        if isinstance(node, Not):
            return valid & ~self.match(node.child, kinds)
        if isinstance(node, Everything):
            return valid
        if isinstance(node, Field) and node.name == "section":
            return self._frames.valid(_with_kind(kinds, node.value))
        return valid & self._frames.spread(self._files(node))

    def _files(self, node: InTitle | Field | Years) -> Bools:
        """The files for which a node holds that looks at whole reports."""
        if not isinstance(node, InTitle):
            return self._holds(node)
        blocks = self._hits(node.text).blocks
        files = np.zeros(self._columns.files, bool)
        files[self._columns.block_file[blocks[self._columns.titles(blocks)]]] = True
        return files

    def _holding(self, blocks: Ints, kinds: KindSet) -> Bools:
        """The frames that hold one of the blocks."""
        found = np.zeros(self._frames.size, bool)
        if kinds is not None:
            blocks = np.compress(allowed(self._columns, blocks, kinds), blocks)
        found[self._frames.of(blocks)] = True
        return found & self._frames.valid(kinds)

    def _inside(self, blocks: Ints, kinds: KindSet, frames: Bools) -> Bools:
        """Which of the blocks are of these kinds and in the frames."""
        inside: Bools = frames.take(self._frames.of(blocks))
        return inside if kinds is None else inside & allowed(self._columns, blocks, kinds)

    def _words(self, node: Words) -> tuple[Ints, Ints]:
        """The blocks that hold the chunk in one piece, and the others that hold all its words."""
        if node not in self._chunks:
            whole = self._hits(node.whole).blocks
            words = _common(self._columns, [self._hits(word).blocks for word in node.words])
            self._chunks[node] = (
                whole,
                np.compress(~self._columns.marked(whole).take(words), words),
            )
        return self._chunks[node]

    def _select_words(self, node: Words, kinds: KindSet, frames: Bools) -> Iterator[Selected]:
        whole, apart = self._words(node)
        in_whole = self._columns.marked(np.compress(self._inside(whole, kinds, frames), whole))
        in_apart = self._columns.marked(np.compress(self._inside(apart, kinds, frames), apart))
        yield Selected(node.whole, in_whole.take(whole))
        for word in node.words:
            blocks = self._hits(word).blocks
            yield Selected(word, in_apart.take(blocks))
            yield Selected(word, in_whole.take(blocks), counted=False)


def _narrowed(node: And, kinds: KindSet) -> tuple[KindSet, list[Node]]:
    """A section: among the terms narrows where the others must stand."""
    rest: list[Node] = []
    for child in node.children:
        if isinstance(child, Field) and child.name == "section":
            kinds = _with_kind(kinds, child.value)
        else:
            rest.append(child)
    return kinds, rest


def _with_kind(kinds: KindSet, kind: str) -> int:
    bit = 1 << KINDS.index(kind)
    return bit if kinds is None else kinds & bit


def _common(columns: Columns, arrays: Sequence[Ints]) -> Ints:
    """The blocks that are in every one of the arrays, each of which ascends."""
    ordered = sorted(arrays, key=len)
    if len(ordered[0]) < _FEW:
        common = ordered[0]
        for blocks in ordered[1:]:
            common = np.compress(_member(common, blocks), common)
        return common
    held = columns.marked(ordered[0])
    for blocks in ordered[1:]:
        held &= columns.marked(blocks)
    return np.flatnonzero(held)


def _member(values: Ints, among: Ints) -> Bools:
    """For each value, whether it is in `among`, which ascends."""
    if not len(among):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(among, values), len(among) - 1)
    found: Bools = among[places] == values
    return found
