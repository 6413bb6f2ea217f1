"""What queries match, before it is laid out by year and region: reports and their hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import on_word_boundaries
from indexer.arrays.frequent import frequent
from indexer.arrays.segment import Bools, Ints
from indexer.text.fold_array import code_units
from search.local.counting.needles import Found, Needles, find_all
from search.local.facts.columns import Columns, SearchSegment
from search.local.hits.leaves import Leaves
from search.query.tree import Phrase


@dataclass(frozen=True, slots=True)
class Matched:
    """The reports that queries find: the number of the query, the file, and its hits, one of each for each
    pair. `sections`: for each query, how many sections hold its hits."""

    queries: Ints
    files: Ints
    hits: Ints
    sections: Ints

    @staticmethod
    def together(parts: Sequence[Matched], size: int) -> Matched:
        """Of `size` queries, ordered by them; no two parts have the same pair."""
        none = np.zeros(0, np.int64)
        queries, files, hits = (
            np.concatenate([none, *arrays])
            for arrays in (
                [part.queries for part in parts],
                [part.files for part in parts],
                [part.hits for part in parts],
            )
        )
        order = queries.argsort(kind="stable")
        sections = sum((part.sections for part in parts), np.zeros(size, np.int64))
        return Matched(queries.take(order), files.take(order), hits.take(order), sections)


class Phrases:
    """Counts plain phrases that are asked with the same filters.

    `passing`: the files that pass these; `inside`: the blocks of the kinds asked for, None for all.
    """

    def __init__(
        self, columns: Columns, passing: Bools, inside: Bools | None, *, whole: bool
    ) -> None:
        self._columns = columns
        self._passing = passing
        self._inside = inside
        self._whole = whole

    def matched(self, phrases: Sequence[Phrase]) -> Matched:
        """What each of them finds."""
        common = [self._is_common(phrase) for phrase in phrases]
        rare = np.flatnonzero(np.logical_not(common)).tolist()
        parts = [self._of_leaf(at, phrases) for at in np.flatnonzero(common).tolist()]
        needles = Needles.of([phrases[at].folded for at in rare])
        numbers = np.array(rare, np.int64)
        for searched in self._columns.segments if rare else ():
            for found in find_all(searched.arrays, needles):
                parts.append(self._by_block(searched, needles, found, numbers, len(phrases)))
        return Matched.together(parts, len(phrases))

    def _is_common(self, phrase: Phrase) -> bool:
        """Whether its hits are counted by block in the index already, or by its one character."""
        units = code_units(phrase.folded).tolist()
        if len(units) > 2:
            return False
        return len(units) == 1 or any(
            frequent(searched.arrays, units[0] << 16 | units[1]) is not None
            for searched in self._columns.segments
        )

    def _of_leaf(self, number: int, phrases: Sequence[Phrase]) -> Matched:
        found = Leaves(self._columns, literal=False, whole=self._whole).hits(phrases[number])
        return self._by_file(
            np.full(len(found.blocks), number), found.blocks, found.hits, len(phrases)
        )

    def _by_block(
        self, searched: SearchSegment, needles: Needles, found: Found, numbers: Ints, size: int
    ) -> Matched:
        if self._whole:
            ends = found.starts + needles.lengths.take(found.phrases).astype(np.uint32)
            found = found.where(on_word_boundaries(searched.arrays, found.starts, ends))
        blocks = searched.locator.blocks(found.starts)
        firsts = first_of_each(found.phrases << 32 | blocks)
        hits = np.diff(firsts, append=len(blocks))
        queries = numbers.take(found.phrases.take(firsts))
        return self._by_file(
            queries, blocks.take(firsts).astype(np.int64) + searched.first_block, hits, size
        )

    def _by_file(self, queries: Ints, blocks: Ints, hits: Ints, size: int) -> Matched:
        """Of hits counted by block, those that pass, by file; both ascend for each query."""
        columns = self._columns
        files = columns.block_file.take(blocks)
        kept = self._passing.take(files)
        if self._inside is not None:
            kept &= self._inside.take(blocks)
        if not kept.all():
            queries, blocks = np.compress(kept, queries), np.compress(kept, blocks)
            hits, files = np.compress(kept, hits), np.compress(kept, files)
        held = np.compress(~columns.titles(blocks), queries)
        firsts = first_of_each(queries << 32 | files)
        return Matched(
            queries.take(firsts),
            files.take(firsts).astype(np.int64),
            np.add.reduceat(hits, firsts) if len(firsts) else hits[:0],
            np.bincount(held, minlength=size),
        )
