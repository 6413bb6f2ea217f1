"""The facts of all reports as columns, over all segments of an index.

Blocks and files are numbered through: those of the second segment follow those of the first. Columns
hold one item a file or block; codes index the tables beside them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import heading_ends
from indexer.arrays.locate import Locator
from indexer.arrays.records import read_record, times_of
from indexer.arrays.segment import (
    NO_YEAR,
    NONE,
    NOT_RECOGNISED,
    REJECTED,
    TITLE_KIND,
    U1,
    U2,
    U4,
    Bools,
    Ints,
    SegmentArrays,
)
from indexer.model import GENRES, KINDS, Region
from indexer.store.segments import LiveSegment
from indexer.text.fold import fold
from search.local.facts.counts import Counts
from search.local.facts.ids import Ids
from search.model import ORIGINS

Floats = NDArray[np.float64]
Chain = tuple[Region, ...]
_Item = TypeVar("_Item", bound=np.generic)
_Value = TypeVar("_Value", bound=Hashable)
KIND_FRAMES = 16
"""Frames that a file has by section kind; the last one stands for its title."""
_NOWHERE = ("999999",)  # reports of no region come last
_NO_DAY = "~"  # after every ISO date
_LATE = 1 << 20  # after every year
_WORK_REPORT = GENRES.index("work_report")


@dataclass(frozen=True, slots=True, eq=False)
class SearchSegment:
    """A segment as it is searched: its arrays, what speeds them up, and the numbers of its first block
    and first file in the columns.

    `singles`: for some single characters (keys are code units), their counts: see hits/singles.py.
    """

    arrays: SegmentArrays
    locator: Locator
    heading_ends: U4
    first_block: int
    first_file: int
    all_live: bool
    singles: dict[int, Counts] = field(default_factory=dict)


class Columns:
    """What queries need to know of every block and file."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self.segments = list(_searched(segments))
        arrays = [segment.arrays for segment in segments]
        self.block_kind: U1 = _joined([a.block_kind for a in arrays], np.uint8)
        self.block_file: U4 = _joined(
            [
                a.block_file + np.uint32(s.first_file)
                for a, s in zip(arrays, self.segments, strict=True)
            ],
            np.uint32,
        )
        genre: U1 = _joined([a.file_genre for a in arrays], np.uint8)
        live: Bools = _joined([segment.live for segment in segments], np.bool_)
        self.present: Bools = live & (genre != REJECTED)
        """Which files are reports of the index."""
        files = [(searched.arrays, searched.first_file) for searched in self.segments]
        self.ids = Ids(files, live, self.present)
        self.genre = genre
        self.year = _joined([a.file_year for a in arrays], np.int16)
        self.origin: U1 = _joined([_origins(a) for a in arrays], np.uint8)
        """For each file, where its text is from, as an index in ORIGINS."""
        self.chains, self.chain = _coded(
            [a.tables.chains for a in arrays], [a.file_chain for a in arrays]
        )
        self.issuers, self.issuer = _coded(
            [a.tables.issuers for a in arrays], [a.file_issuer for a in arrays]
        )
        self.file_block: Ints = np.append(
            np.flatnonzero(self.block_kind == TITLE_KIND), len(self.block_kind)
        )
        self.length: Ints = _joined(
            [_lengths(a.block_start[a.file_block]) for a in arrays], np.int64
        )
        """Folded code units of each file."""
        self.kinds: U2 = _kind_sets(self.block_kind, self.file_block)
        """Bit k: the file has a section of kind k."""

    @property
    def files(self) -> int:
        return len(self.present)

    @property
    def blocks(self) -> int:
        return len(self.block_kind)

    @cached_property
    def folded_issuers(self) -> tuple[str, ...]:
        return tuple(map(fold, self.issuers))

    @cached_property
    def chains_of_code(self) -> dict[str, list[int]]:
        """The chains that each region is in, as indexes of `chains`."""
        found: dict[str, list[int]] = {}
        for number, chain in enumerate(self.chains):
            for code, _, _ in chain:
                found.setdefault(code, []).append(number)
        return found

    @cached_property
    def block_kind_frame(self) -> Ints:
        """For each block, the frame of its file and section kind (see matching/frames.py)."""
        kinds = np.minimum(self.block_kind, KIND_FRAMES - 1)
        return self.block_file.astype(np.int64) * KIND_FRAMES + kinds

    @cached_property
    def kind_frames(self) -> Bools:
        """The frames of frames.Kinds that reports of the index have."""
        return self.frames_of_kinds((1 << len(KINDS)) - 1)

    def frames_of_kinds(self, kinds: int) -> Bools:
        """The frames of frames.Kinds whose kind is in the set (bit k for kind k)."""
        sets = np.where(self.present, self.kinds & np.uint16(kinds), 0)
        bits = np.unpackbits(sets.astype("<u2").view(np.uint8), bitorder="little")
        return bits.astype(bool)

    @cached_property
    def reports(self) -> int:
        return int(np.count_nonzero(self.present))

    @cached_property
    def mean_length(self) -> float:
        return float(self.length[self.present].mean()) if self.reports else 1.0

    def reports_holding(self, _: Hashable, blocks: Ints) -> int:
        """How many reports of the index hold a text that stands in these blocks, which ascend."""
        return len(first_of_each(self.block_file.take(blocks)))

    def leaves_found(self, here: int) -> int:
        """How many of a query's leaves answer it in the index, where so many do in these blocks."""
        return here

    @cached_property
    def tie_rank(self) -> Ints:
        """For each file, its rank by newest year, then region, then source: the order of ties."""
        by_source = self._recorded[0]
        year = np.where(self.year == NO_YEAR, 0, self.year)
        return _ranked((by_source, self.region_rank, -year.astype(np.int64)))

    @cached_property
    def time_rank(self) -> Ints:
        """For each file, its rank by the oldest year in which it was said, then by the day it was
        published, then as ties go.

        Who names no year comes after all others, who names no day after those of the year who do.
        """
        days = self._recorded[1]
        year = np.where(self.year == NO_YEAR, _LATE, self.said_year)
        return _ranked((self.tie_rank, days, year))

    @cached_property
    def by_time(self) -> Ints:
        """The files, in the order of their time_rank."""
        return np.argsort(self.time_rank)

    @cached_property
    def said_year(self) -> Ints:
        """For each file, the year of search.spread.said_in, NO_YEAR for none."""
        given = self._recorded[2]
        year = self.year.astype(np.int64)
        spoken = (self.genre == _WORK_REPORT) & (year != NO_YEAR) & (abs(given - year) <= 1)
        return np.where(spoken, given, year)

    @property
    def changed(self) -> Ints:
        """For each file, when its report came into the index or last changed there (`Indexed.changed`)."""
        return self._recorded[3]

    @cached_property
    def _recorded(self) -> tuple[Ints, Ints, Ints, Ints]:
        """For each file, the ranks of its source and of the day it was published, none the last; the year
        of that day, far from all others where there is none; and when it changed."""
        sources: list[str] = []
        days: list[str] = []
        changed: list[int] = []
        for searched in self.segments:
            for file in range(searched.arrays.file_count):
                record = read_record(searched.arrays, file)
                sources.append(str(record["source"]))
                days.append(str(record.get("published") or _NO_DAY))
                changed.append(times_of(record).changed)
        years = [_LATE if day == _NO_DAY else int(day[:4]) for day in days]
        years_given, changes = np.array(years, np.int64), np.array(changed, np.int64)
        return _ranks_of(sources), _ranks_of(days), years_given, changes

    @cached_property
    def characters(self) -> Ints:
        """For each block, the code points of its fold, ends of lines not counted."""
        return _joined([_characters(s.arrays) for s in self.segments], np.int64)

    @cached_property
    def file_characters(self) -> Ints:
        """The same for each file."""
        sums = np.append(0, np.cumsum(self.characters))
        return np.diff(sums[self.file_block])

    @cached_property
    def region_rank(self) -> Ints:
        """For each file, the rank of its region chain by codes; files of no region come last."""
        codes = [tuple(code for code, _, _ in chain) or _NOWHERE for chain in self.chains]
        ranks = np.array([0], np.int64)
        if codes:
            ranks = _ranks_of(codes)
        return ranks[self.chain] if self.files else np.zeros(0, np.int64)

    def marked(self, blocks: Ints) -> Bools:
        """These blocks as a mask over all."""
        found = np.zeros(self.blocks, bool)
        found[blocks] = True
        return found

    def titles(self, blocks: Ints) -> Bools:
        """Which of the blocks are titles."""
        found: Bools = self.block_kind.take(blocks) == TITLE_KIND
        return found

    def id_of_file(self, file: int) -> str:
        """The id of the report that a file is."""
        searched, own = self.segment_of_file(file)
        return f"{int(searched.arrays.file_id[own]):012x}"

    def segment_of_file(self, file: int) -> tuple[SearchSegment, int]:
        """The segment that holds a file, and its number there."""
        searched = next(s for s in reversed(self.segments) if s.first_file <= file)
        return searched, file - searched.first_file

    def region(self, file: int) -> Chain:
        """The region chain of a file."""
        return _regions(self.chains[self.chain[file]])


@lru_cache(maxsize=4096)
def _regions(chain: tuple[Any, ...]) -> Chain:
    return tuple(Region(*region) for region in chain)


def _searched(segments: Sequence[LiveSegment]) -> list[SearchSegment]:
    searched: list[SearchSegment] = []
    blocks = files = 0
    for segment in segments:
        arrays = segment.arrays
        locator = Locator(arrays.block_start)
        ends = heading_ends(arrays)
        searched.append(
            SearchSegment(arrays, locator, ends, blocks, files, bool(segment.live.all()))
        )
        blocks += arrays.block_count
        files += arrays.file_count
    return searched


def _joined(parts: Sequence[NDArray[_Item]], dtype: type[_Item]) -> NDArray[_Item]:
    if len(parts) == 1:
        return parts[0]  # mapped, not copied
    return np.concatenate([np.zeros(0, dtype), *parts])


def _coded(tables: Sequence[Sequence[_Value]], codes: Sequence[U4]) -> tuple[list[_Value], Ints]:
    """One table for all segments, and the codes in it; NONE becomes -1."""
    numbers: dict[_Value, int] = {}
    found: list[Ints] = [np.zeros(0, np.int64)]
    for table, old in zip(tables, codes, strict=True):
        new = np.array([*(numbers.setdefault(v, len(numbers)) for v in table), -1], np.int64)
        found.append(new[np.where(old == NONE, len(table), old)])
    return list(numbers), np.concatenate(found)


def _characters(arrays: SegmentArrays) -> Ints:
    """See `Columns.characters`: code units but for low surrogates and one end a line."""
    low = np.diff(np.searchsorted(arrays.folded_low, arrays.block_start))
    return _lengths(arrays.block_start) - low - _lengths(arrays.block_line)


def _origins(arrays: SegmentArrays) -> U1:
    """Whether some line of each file was recognised."""
    recognised = arrays.line_confidence != NOT_RECOGNISED
    if not recognised.any():
        return np.zeros(arrays.file_count, np.uint8)
    found: U1 = np.logical_or.reduceat(
        recognised, arrays.block_line[arrays.file_block[:-1]]
    ).astype(np.uint8)
    return found


def _lengths(starts: U4) -> Ints:
    lengths: Ints = np.diff(starts).astype(np.int64)
    return lengths


def _kind_sets(block_kind: U1, file_block: Ints) -> U2:
    if len(file_block) < 2:
        return np.zeros(0, np.uint16)
    bits = np.zeros(256, np.uint16)
    bits[: len(KINDS)] = 1 << np.arange(len(KINDS))
    sets: U2 = np.bitwise_or.reduceat(bits[block_kind], file_block[:-1])
    return sets


def _ranked(keys: Sequence[Ints]) -> Ints:
    """For each file, its rank by these keys, of which the last counts first."""
    order = np.lexsort(tuple(keys))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _ranks_of(values: Sequence[str] | Sequence[tuple[str, ...]]) -> Ints:
    """The rank of each value among all; equal values have the same."""
    ordered = sorted({*values})
    order = dict(zip(ordered, range(len(ordered)), strict=True))
    return np.array([order[value] for value in values], np.int64)


assert len(KINDS) < KIND_FRAMES
assert ORIGINS == ("text", "recognised")
assert len(GENRES) < REJECTED
