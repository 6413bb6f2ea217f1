"""What queries match, before it is laid out by year and region: reports and their hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays.find import on_word_boundaries
from indexer.arrays.frequent import frequent
from indexer.arrays.locate import Locator
from indexer.arrays.segment import U4, Bools, Ints
from search.local.counting.needles import Found, Needles, find_all
from search.local.facts.columns import Columns, SearchSegment
from search.local.hits.leaves import Leaves
from search.query.tree import Phrase

_PAIR = 4
"""Bytes of two code units."""
_STEP = 10
"""Files are looked up by their positions' upper bits: most are longer than 1,024 code units."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The reports that `size` queries find: the number of the query, the file, and its hits, one of each
    for each pair. Those of a query stand together, in runs that are as many as there are segments at most."""

    size: int
    queries: Ints
    files: Ints
    hits: Ints

    @staticmethod
    def together(parts: Sequence[Matched], size: int) -> Matched:
        """No two parts have the same pair."""
        none = np.zeros(0, np.int64)
        queries = np.concatenate([none, *(part.queries for part in parts)])
        files = np.concatenate([none, *(part.files for part in parts)])
        hits = np.concatenate([none, *(part.hits for part in parts)])
        return Matched(size, queries, files, hits)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Phrases of two code units at least, and which of the list they are."""

    needles: Needles
    numbers: Ints


class FileLocators:
    """For each segment, the file of each position."""

    def __init__(self, columns: Columns) -> None:
        self._locators = [
            Locator(s.arrays.block_start[s.arrays.file_block], bits=_STEP) for s in columns.segments
        ]

    def of(self, number: int, positions: U4) -> U4:
        """Files of segment `number`, numbered as there."""
        return self._locators[number].blocks(positions)


class Phrases:
    """Counts plain phrases that are asked with the same filters.

    `passing`: the files that pass these; `inside`: the blocks of the kinds asked for, None for all.
    """

    def __init__(
        self,
        columns: Columns,
        locators: FileLocators,
        passing: Bools,
        inside: Bools | None,
        *,
        whole: bool,
    ) -> None:
        self._columns = columns
        self._locators = locators
        self._passing = passing
        self._inside = inside
        self._whole = whole

    def matched(self, phrases: Sequence[Phrase]) -> Matched:
        """What each of them finds."""
        encoded = [phrase.folded.encode("utf-16-le", "surrogatepass") for phrase in phrases]
        lengths = np.array([len(text) // 2 for text in encoded], np.int64)
        ascii_edge = np.array(
            [phrase.folded[0].isascii() or phrase.folded[-1].isascii() for phrase in phrases], bool
        )
        parts = [self._of_leaf(at, phrases) for at in np.flatnonzero(lengths == 1).tolist()]
        for number, searched in enumerate(self._columns.segments):
            stored = _stored(searched, encoded)
            parts += [self._of_pair(searched, at, pair) for at, pair in stored.items()]
            rest = lengths > 1
            rest[list(stored)] = False
            for of_ascii in (False, True):  # what may cut a word, by itself: each hit is looked at
                some = np.flatnonzero(rest & (ascii_edge == of_ascii))
                some = some.take(lengths.take(some).argsort(kind="stable"))
                needles = Needles.of([encoded[at] for at in some.tolist()])
                parts += self._looked_for(number, searched, _Listed(needles, some))
        return self._kept(Matched.together(parts, len(phrases)))

    def _of_leaf(self, number: int, phrases: Sequence[Phrase]) -> Matched:
        """Of one character: its pairs are looked up one by one."""
        found = Leaves(self._columns, literal=False, whole=self._whole).hits(phrases[number])
        return self._by_file(np.full(len(found.blocks), number), found.blocks, found.hits)

    def _of_pair(self, searched: SearchSegment, number: int, pair: int) -> Matched:
        """Of a pair whose counts the index has."""
        counts = frequent(searched.arrays, pair)
        assert counts is not None
        if self._whole:
            counts = counts.whole_words()
        blocks = counts.blocks + searched.first_block
        return self._by_file(np.full(len(blocks), number), blocks, counts.hits.astype(np.int64))

    def _looked_for(
        self, number: int, searched: SearchSegment, listed: _Listed
    ) -> Iterator[Matched]:
        for found in find_all(searched.arrays, listed.needles):
            kept = self._asked_for(searched, listed.needles, found)
            files = self._locators.of(number, kept.starts)
            firsts = _runs(kept.phrases, files)
            yield Matched(
                len(listed.numbers),
                listed.numbers.take(kept.phrases.take(firsts)),
                files.take(firsts).astype(np.int64) + searched.first_file,
                np.diff(firsts, append=len(files)),
            )

    def _asked_for(self, searched: SearchSegment, needles: Needles, found: Found) -> Found:
        """The hits on word boundaries, and in the kinds of section, where these are asked for."""
        if self._whole:
            ends = found.starts + needles.lengths.take(found.phrases).astype(np.uint32)
            there = on_word_boundaries(searched.arrays, found.starts, ends)
            found = found.at(np.flatnonzero(there))
        if self._inside is not None:
            blocks = searched.locator.blocks(found.starts)
            there = self._inside.take(blocks.astype(np.int64) + searched.first_block)
            found = found.at(np.flatnonzero(there))
        return found

    def _by_file(self, queries: Ints, blocks: Ints, hits: Ints) -> Matched:
        """Of hits counted by block."""
        if self._inside is not None:
            there = np.flatnonzero(self._inside.take(blocks))
            queries, blocks, hits = queries.take(there), blocks.take(there), hits.take(there)
        files = self._columns.block_file.take(blocks)
        firsts = _runs(queries, files)
        summed = np.add.reduceat(hits, firsts) if len(firsts) else hits[:0]
        return Matched(0, queries.take(firsts), files.take(firsts).astype(np.int64), summed)

    def _kept(self, found: Matched) -> Matched:
        """Those of the files that pass."""
        kept = self._passing.take(found.files)
        if kept.all():
            return found
        there = np.flatnonzero(kept)
        return Matched(
            found.size, found.queries.take(there), found.files.take(there), found.hits.take(there)
        )


def _stored(searched: SearchSegment, encoded: Sequence[bytes]) -> dict[int, int]:
    """Which of the phrases are pairs whose counts the index has, and these pairs."""
    at = [at for at, text in enumerate(encoded) if len(text) == _PAIR]
    units = np.frombuffer(b"".join(encoded[each] for each in at), "<u2").astype(np.uint32)
    pairs = units[::2] << np.uint32(16) | units[1::2]
    there = np.isin(pairs, searched.arrays.frequent_pairs).tolist()
    known = zip(at, pairs.tolist(), there, strict=True)
    return {number: pair for number, pair, frequent in known if frequent}


def _runs(queries: Ints, files: U4) -> Ints:
    """Where each pair begins."""
    begins = np.ones(len(queries), bool)
    np.not_equal(queries[1:], queries[:-1], out=begins[1:])
    begins[1:] |= files[1:] != files[:-1]
    return np.flatnonzero(begins)
