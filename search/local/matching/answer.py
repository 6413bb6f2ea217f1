"""What one query finds in the index, before filters, pages and passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import on_word_boundaries
from indexer.arrays.segment import TITLE_KIND, U2, U4, Bools, Ints
from search.budget import checkpoint
from search.local.facets.fields import files_where
from search.local.facts.columns import Columns, Floats
from search.local.hits.in_files import spans_in_files
from search.local.hits.leaves import Leaves
from search.local.hits.weighed import Weights
from search.local.matching.evaluate import Evaluation, Selected
from search.local.matching.frames import Frames, KindSet, Reports, Sections
from search.local.matching.kinds import Holds, matching_kinds
from search.local.ranking import Counts, idf, leaf_scores, leaf_weights, together
from search.query.tree import Leaf, Node, Phrase, leaves_of

_HALF = 32
"""Bits of half a sum; a segment holds fewer hits than that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Masks and arrays over all files, whatever the request filters.

    `files`: those that match within the sections that the request names. `blocks`: those that hold
    the answer's hits; for each of them, `hits` counts these and `whole` those on word boundaries.
    `kinds`: for each file, bit k is set where it matches within its sections of kind k alone.
    `sections_alone`: for each file, how many of its sections match by themselves; None where the query
    finds text (some term of it is neither filter nor negated), whose sections are those of the blocks.
    `counted`: for each leaf, the blocks (ascending) whose hits are the answer's.
    """

    files: Bools
    blocks: Ints
    hits: Ints
    whole: Counts
    scores: Floats
    kinds: U2
    sections_alone: Ints | None
    counted: Mapping[Leaf, U4]

    @property
    def finds_text(self) -> bool:
        """Whether the query can have hits; one that consists of filters and NOT cannot."""
        return self.sections_alone is None

    @property
    def bytes(self) -> int:
        of_blocks = (self.blocks, self.hits, self.whole)
        arrays = (self.files, *of_blocks, self.scores, self.kinds, self.sections_alone)
        return sum(a.nbytes for a in arrays if a is not None) + sum(
            blocks.nbytes for blocks in self.counted.values()
        )


def answer(columns: Columns, tree: Node, *, scope: str, kinds: KindSet, leaves: Leaves) -> Answer:
    """Evaluate a query. `kinds` are the section kinds asked for, None for all.

    Kinds narrow: a report does not match NOT where its sections of these kinds hold nothing of what is
    negated, but another part of it does.
    """
    holds = cache(lambda field: files_where(field, columns))
    frames: Frames = Sections(columns) if scope == "section" else Reports(columns)
    evaluation = Evaluation(columns, frames, leaves.hits, holds)
    everywhere = evaluation.match(tree, None)
    matched = everywhere if kinds is None else everywhere & evaluation.match(tree, kinds)
    selected = tuple(evaluation.select(tree, kinds, matched))
    all_counted = all(s.counted for s in selected)
    found = _by_leaf((s for s in selected if s.counted), leaves)
    ranked = found if all_counted else _by_leaf(selected, leaves)
    counted = {leaf: chosen.blocks.astype(np.uint32) for leaf, chosen in found.items()}
    blocks, hits, whole = _block_hits(columns, found, counted, leaves)
    if scope == "section":
        matched = _without_bare_titles(columns, matched, blocks)
    files = frames.files(matched)
    return Answer(
        files=files,
        blocks=blocks,
        hits=hits,
        whole=whole,
        scores=_scores(columns, tree, ranked, leaves),
        kinds=matching_kinds(columns, tree, frames.files(everywhere), scope, leaves.hits, holds),
        sections_alone=None
        if any(True for _ in leaves_of(tree))
        else _sections_alone(columns, tree, kinds, leaves, holds),
        counted=counted,
    )


def _without_bare_titles(columns: Columns, matched: Bools, blocks: Ints) -> Bools:
    """A title alone matches only where it holds a hit: it is no section that could do without."""
    titles = columns.block_kind == TITLE_KIND
    titles[blocks] = False
    kept: Bools = matched & ~titles
    return kept


def _sections_alone(
    columns: Columns, tree: Node, kinds: KindSet, leaves: Leaves, holds: Holds
) -> Ints:
    """For each file, how many of its sections match by themselves."""
    evaluation = Evaluation(columns, Sections(columns), leaves.hits, holds)
    matched = evaluation.match(tree, kinds) & (columns.block_kind != TITLE_KIND)
    return np.bincount(columns.block_file[matched], minlength=columns.files)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The blocks in which a leaf answers the query, and what its hits in them weigh.

    `places`: their indexes, ascending, in the leaf's LeafHits.blocks.
    """

    places: Ints
    blocks: Ints
    weighed: Weights


def _by_leaf(selected: Iterable[Selected], leaves: Leaves) -> dict[Leaf, _Chosen]:
    """For each leaf that has selected blocks, all of them."""
    masks: dict[Leaf, Bools] = {}
    for one in selected:
        before = masks.get(one.leaf)
        masks[one.leaf] = one.blocks if before is None else before | one.blocks
    found = {leaf: np.flatnonzero(mask) for leaf, mask in masks.items()}
    return {leaf: _chosen(leaves, leaf, places) for leaf, places in found.items() if len(places)}


def _chosen(leaves: Leaves, leaf: Leaf, places: Ints) -> _Chosen:
    checkpoint()
    hits = leaves.hits(leaf)
    return _Chosen(places, hits.blocks.take(places), hits.weigh(places))


def _block_hits(
    columns: Columns, found: Mapping[Leaf, _Chosen], counted: Mapping[Leaf, U4], leaves: Leaves
) -> tuple[Ints, Ints, Counts]:
    """The blocks with hits, ascending; for each, how many distinct hits it holds, and how many of these
    stand on word boundaries."""
    if len(found) == 1:
        [(leaf, chosen)] = found.items()
        return chosen.blocks, leaves.hits(leaf).hits.take(chosen.places), chosen.weighed.whole
    if _may_coincide(found, literal=leaves.literal):
        return _distinct_hits(columns, counted, leaves)
    both = np.zeros(columns.blocks, np.int64)  # hits in the upper half: one sum instead of two
    for leaf, chosen in found.items():
        hits = leaves.hits(leaf).hits.take(chosen.places)
        both[chosen.blocks] += (hits << _HALF) + chosen.weighed.whole
    blocks = np.flatnonzero(both)
    sums = both[blocks]
    return blocks, sums >> _HALF, sums & ((1 << _HALF) - 1)


def _may_coincide(leaves: Iterable[Leaf], *, literal: bool) -> bool:
    """Whether two of the leaves can have the same span."""
    several = list(leaves)
    plain = [leaf.folded for leaf in several if isinstance(leaf, Phrase)]
    return len(plain) < len(several) or (literal and len(set(plain)) < len(plain))


def _distinct_hits(
    columns: Columns, counted: Mapping[Leaf, U4], leaves: Leaves
) -> tuple[Ints, Ints, Counts]:
    """As `_block_hits`, from the hits themselves: a span that several leaves find counts once."""
    blocks: list[Ints] = [np.zeros(0, np.int64)]
    aligned: list[Bools] = [np.zeros(0, np.bool_)]
    for number, searched in enumerate(columns.segments):
        files = np.arange(searched.arrays.file_count)
        spans = spans_in_files(columns, number, files, counted, leaves)
        blocks.append(searched.locator.blocks(spans.starts).astype(np.int64) + searched.first_block)
        aligned.append(on_word_boundaries(searched.arrays, spans.starts, spans.ends))
    all_blocks = np.concatenate(blocks)
    firsts = first_of_each(all_blocks)
    whole = (
        np.add.reduceat(np.concatenate(aligned), firsts, dtype=np.int64) if len(firsts) else firsts
    )
    return all_blocks[firsts], np.diff(firsts, append=len(all_blocks)), whole


def _scores(columns: Columns, tree: Node, found: Mapping[Leaf, _Chosen], leaves: Leaves) -> Floats:
    """The score of every file."""
    scores = np.zeros(columns.files)
    weights = leaf_weights(tree, lambda leaf: _idf(columns, leaf, leaves))
    for leaf, chosen in found.items():
        checkpoint()
        of_blocks = chosen.weighed.weights
        files = columns.block_file.take(chosen.blocks)
        firsts = first_of_each(files)
        files = files.take(firsts)
        in_title = columns.titles(chosen.blocks.take(firsts))  # a report's title is its first block
        titles = np.where(in_title, of_blocks.take(firsts), 0.0)
        of_blocks = of_blocks.copy()
        of_blocks[np.compress(in_title, firsts)] = 0.0
        scores[files] += leaf_scores(
            weights[leaf],
            titles,
            np.add.reduceat(of_blocks, firsts),
            columns.length.take(files),
            columns.mean_length,
        )
    leaves_found = columns.leaves_found(len(found))
    if leaves_found > 1:
        scores *= together(_most_together(columns, found), leaves_found)
    return scores


def _idf(columns: Columns, leaf: Leaf, leaves: Leaves) -> float:
    holding = columns.reports_holding(leaf, leaves.hits(leaf).blocks)
    return idf(holding, columns.reports)


def _most_together(columns: Columns, found: Mapping[Leaf, _Chosen]) -> Ints:
    """For each file, how many of the leaves its fullest block holds."""
    counts = np.zeros(columns.blocks, np.uint8)
    for chosen in found.values():
        counts += columns.marked(chosen.blocks)
    most = np.zeros(columns.files, np.int64)
    if columns.files:
        most[:] = np.maximum.reduceat(counts, columns.file_block[:-1])
    return most
