"""Several segments become one: their arrays are joined, nothing is read or segmented anew.

Memory is bounded: positions are joined some millions at a time, the texts in slices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.arrays.ahead import ahead
from indexer.arrays.array_file import Array, ArrayWriter, give_back, release
from indexer.arrays.distinct import distinct
from indexer.arrays.frequent import write_frequent
from indexer.arrays.segment import NONE, U4, Bools, Ints, SegmentArrays
from indexer.errors import LimitError
from indexer.messages import Message

_CHUNK = 1 << 20  # positions or bits joined at a time
_UNITED = 4  # sources whose pairs are united at a time
_MOST_CODE_UNITS = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Range:
    """Files [first, end) of a source, and how far each array's items move on their way."""

    source: SegmentArrays
    first: int
    end: int

    def of(self, *starts: str) -> tuple[int, int]:
        """The range through arrays of starts: files to blocks, blocks to lines, lines to text."""
        first, end = self.first, self.end
        for name in starts:
            array = getattr(self.source, name)
            first, end = int(array[first]), int(array[end])
        return first, end


BLOCKS = ("file_block",)
LINES = ("file_block", "block_line")
FOLDED = ("file_block", "block_start")
PRINTED = ("file_block", "block_line", "line_printed")


def merge(path: Path, sources: Sequence[tuple[SegmentArrays, Bools]]) -> str:
    """Write the segment of all files that live, by the sources' masks over their files.

    Returns the file's checksum. Raises LimitError where the text is too long for one segment
    (4,294,967,295 code units).
    """
    ranges = [r for source, live in sources for r in _live_ranges(source, live)]
    if max(_total(ranges, FOLDED), _total(ranges, PRINTED)) > _MOST_CODE_UNITS:
        raise LimitError(Message("index_full"), hint=Message("index_full_hint"))
    with ArrayWriter(path, durable=True) as writer:
        _write_texts(writer, ranges)
        _write_blocks(writer, ranges)
        _write_files(writer, ranges)
        _write_positions(writer, sources, ranges)
        give_back()
        write_frequent(writer)
    return writer.checksum


def _live_ranges(source: SegmentArrays, live: Bools) -> Iterator[Range]:
    edges = np.flatnonzero(np.diff(live, prepend=False, append=False)).tolist()
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        yield Range(source, first, end)


def _total(ranges: Sequence[Range], starts: Sequence[str]) -> int:
    return sum(end - first for first, end in (r.of(*starts) for r in ranges))


def _write_texts(writer: ArrayWriter, ranges: Sequence[Range]) -> None:
    for name, bits, starts in (("folded", "word_starts", FOLDED), ("printed", "kept", PRINTED)):
        writer.stream(name, np.uint16, _slices(ranges, name, starts))
        writer.stream(bits, np.uint8, _bits(ranges, bits, starts))
        lows = [
            _moved(r, getattr(r.source, f"{name}_low"), starts, base)
            for r, base in _based(ranges, starts)
        ]
        writer.write(f"{name}_low", *lows, np.zeros(0, np.uint32))
        writer.stream(f"line_{name}", np.uint32, _starts(ranges, f"line_{name}", LINES, starts))
    for name, dtype in (("page", np.uint16), ("pages", np.uint8), ("confidence", np.uint8)):
        writer.stream(f"line_{name}", dtype, _slices(ranges, f"line_{name}", LINES))


def _write_blocks(writer: ArrayWriter, ranges: Sequence[Range]) -> None:
    writer.stream("block_start", np.uint32, _starts(ranges, "block_start", BLOCKS, FOLDED))
    writer.stream("block_line", np.uint32, _starts(ranges, "block_line", BLOCKS, LINES))
    for name in ("block_kind", "block_level", "block_headed"):
        writer.stream(name, np.uint8, _slices(ranges, name, BLOCKS))
    writer.stream(
        "block_file",
        np.uint32,
        (
            r.source.block_file[slice(*r.of(*BLOCKS))] - np.uint32(r.first) + np.uint32(base)
            for r, base in _based(ranges, ())
        ),
    )
    _write_coded(writer, ranges, "block_path", "paths", BLOCKS)


def _write_files(writer: ArrayWriter, ranges: Sequence[Range]) -> None:
    writer.stream("file_block", np.uint32, _starts(ranges, "file_block", (), BLOCKS))
    for name, dtype in (("genre", np.uint8), ("year", np.int16), ("id", np.uint64)):
        writer.stream(f"file_{name}", dtype, _slices(ranges, f"file_{name}", ()))
    _write_coded(writer, ranges, "file_issuer", "issuers", ())
    _write_coded(writer, ranges, "file_chain", "chains", ())
    ids, files = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]
    for r, base in _based(ranges, ()):
        inside = slice(*np.searchsorted(r.source.former_file, [r.first, r.end]).tolist())
        ids.append(r.source.former_id[inside])
        files.append(r.source.former_file[inside] - np.uint32(r.first) + np.uint32(base))
    writer.write("former_id", *ids)
    writer.write("former_file", *files)
    writer.stream("records", np.uint8, _slices(ranges, "records", ("record_start",)))
    writer.stream("record_start", np.uint64, _starts(ranges, "record_start", (), ("record_start",)))


def _based(ranges: Sequence[Range], starts: Sequence[str]) -> Iterator[tuple[Range, int]]:
    """Each range, and where it begins in what is written."""
    base = 0
    for r in ranges:
        yield r, base
        first, end = r.of(*starts)
        base += end - first


def _slices(ranges: Sequence[Range], name: str, starts: Sequence[str]) -> Iterator[Array]:
    for r in ranges:
        first, end = r.of(*starts)
        for at in range(first, end, _CHUNK):
            yield getattr(r.source, name)[at : min(at + _CHUNK, end)]
            release(r.source.folded)


def _starts(
    ranges: Sequence[Range], name: str, starts: Sequence[str], into: Sequence[str]
) -> Iterator[Array]:
    """An array of starts: `into` is the way to what it points into."""
    total = 0
    for r, base in _based(ranges, into):
        first, end = r.of(*starts)
        array = getattr(r.source, name)
        yield array[first:end] - array.dtype.type(r.of(*into)[0]) + array.dtype.type(base)
        total = base + r.of(*into)[1] - r.of(*into)[0]
    yield np.array([total], np.uint64)


def _bits(ranges: Sequence[Range], name: str, starts: Sequence[str]) -> Iterator[Array]:
    """Packed bits, joined where the ranges' ends are no bytes' ends."""
    rest = np.zeros(0, np.uint8)
    for r in ranges:
        first, end = r.of(*starts)
        for at in range(first, end, _CHUNK):
            stop = min(at + _CHUNK, end)
            packed = getattr(r.source, name)[at >> 3 : (stop + 7) >> 3]
            rest = np.concatenate([rest, np.unpackbits(packed)[at & 7 :][: stop - at]])
            whole = len(rest) & ~7
            yield np.packbits(rest[:whole])
            rest = rest[whole:]
            release(r.source.folded)
    yield np.packbits(rest)


def _write_coded(
    writer: ArrayWriter, ranges: Sequence[Range], name: str, table: str, starts: Sequence[str]
) -> None:
    """A coded array: codes are given anew, to the values that are left."""
    codes: dict[Any, int] = {}

    def parts() -> Iterator[Array]:
        for r in ranges:
            old = getattr(r.source, name)[slice(*r.of(*starts))]
            values = getattr(r.source.tables, table)
            used, inverse = np.unique(old, return_inverse=True)
            new = [NONE if c == NONE else codes.setdefault(values[c], len(codes)) for c in used]
            yield np.array(new, np.uint32)[inverse]

    writer.stream(name, np.uint32, parts())
    writer.tables[table] = list(codes)


def _moved(r: Range, positions: U4, starts: Sequence[str], base: int) -> U4:
    """Those of the ascending positions that are in the range, as positions in what is written."""
    first, end = r.of(*starts)
    inside = positions[slice(*np.searchsorted(positions, [first, end]).tolist())]
    moved: U4 = inside - np.uint32(first) + np.uint32(base)
    return moved


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where a source's positions go: the live ranges' starts and ends in it, and their shifts."""

    source: SegmentArrays
    starts: Ints
    ends: Ints
    shifts: Ints

    def of_pair(self, pair: np.uint32) -> U4:
        """The new positions of one pair."""
        first = int(np.searchsorted(self.source.pairs, pair))
        end = int(np.searchsorted(self.source.pairs, pair, "right"))
        return self.take(first, end)[1]

    def take(self, first: int, end: int) -> tuple[Ints, U4]:
        """How many of each of the pairs [first, end) live, and their new positions."""
        bounds = self.source.pair_start[first : end + 1].astype(np.int64)
        positions = self.source.positions[bounds[0] : bounds[-1]]
        if self.ends[0] - self.starts[0] == len(self.source.folded):
            return np.diff(bounds), positions + np.uint32(self.shifts[0])
        ranges = np.searchsorted(self.starts, positions, "right") - 1
        live = (ranges >= 0) & (positions < self.ends[ranges])
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(live)])
        counts = np.diff(before[bounds - bounds[0]])
        return counts, (positions[live] + self.shifts[ranges[live]]).astype(np.uint32)


def _write_positions(
    writer: ArrayWriter, sources: Sequence[tuple[SegmentArrays, Bools]], ranges: Sequence[Range]
) -> None:
    moves = list(_moves(sources, ranges))
    pairs = _all_pairs(moves)
    kept: list[U4] = []
    counts: list[Ints] = []

    def join(chunk: slice) -> tuple[Ints, U4] | None:
        """None for a pair by itself: it may stand any number of times."""
        return None if chunk.stop - chunk.start == 1 else _joined(pairs[chunk], moves)

    def parts() -> Iterator[Array]:
        chunks = list(_chunks(pairs, moves))
        for chunk, joined in zip(chunks, ahead(join, chunks), strict=True):
            if joined is None:
                total = 0
                for m in moves:
                    taken = m.of_pair(pairs[chunk.start])
                    total += len(taken)
                    yield taken
                    release(m.source.folded)
                kept.append(pairs[chunk][: int(total > 0)])
                counts.append(np.array([total] if total else [], np.int64))
                continue
            found, positions = joined
            kept.append(pairs[chunk][found > 0])
            counts.append(found[found > 0])
            yield positions

    writer.stream("positions", np.uint32, parts())
    writer.write("pairs", np.zeros(0, np.uint32), *kept)
    lengths = np.concatenate([np.zeros(1, np.int64), *counts])
    writer.write("pair_start", np.cumsum(lengths).astype(np.uint32))


def _all_pairs(moves: Sequence[_Moves]) -> U4:
    """The pairs of all sources; some of these at a time, since most pairs stand in most of them."""
    pairs = np.zeros(0, np.uint32)
    for at in range(0, len(moves), _UNITED):
        some = moves[at : at + _UNITED]
        pairs = distinct(np.concatenate([pairs, *(m.source.pairs for m in some)]))
        for m in some:
            release(m.source.folded)
    return pairs


def _moves(
    sources: Sequence[tuple[SegmentArrays, Bools]], ranges: Sequence[Range]
) -> Iterator[_Moves]:
    based = [(r, base, r.of(*FOLDED)) for r, base in _based(ranges, FOLDED)]
    for source, _ in sources:
        own = [(first, end, base - first) for r, base, (first, end) in based if r.source is source]
        if own:
            yield _Moves(source, *np.array(own, np.int64).T)


def _chunks(pairs: U4, moves: Sequence[_Moves]) -> Iterator[slice]:
    """Slices of the pairs with about _CHUNK positions each, one pair at least; not too many pairs."""
    totals = np.zeros(len(pairs), np.int64)
    for m in moves:
        totals[np.searchsorted(pairs, m.source.pairs)] += np.diff(m.source.pair_start)
        release(m.source.folded)
    sums = np.cumsum(totals)
    most = max(1, _CHUNK // max(1, len(moves)))
    first = 0
    while first < len(pairs):
        done = sums[first - 1] if first else 0
        end = max(first + 1, int(np.searchsorted(sums, done + _CHUNK, "right")))
        end = min(end, first + most)
        yield slice(first, end)
        first = end


def _joined(pairs: U4, moves: Sequence[_Moves]) -> tuple[Ints, U4]:
    """How often each of the pairs stands in all sources, and its positions, source after source.

    Each source gives its positions pair by pair; wanted are all sources' positions of the first pair,
    then of the second. Instead of sorting them, we count first: a running sum over the table of counts
    (a row a pair, a column a source) says where each source's run of each pair ends in the result.
    So all positions of a source move there at once, each run as far as it has to.
    """
    counts = np.zeros((len(pairs), len(moves)), np.int64)
    taken: list[tuple[Ints, U4]] = []
    for number, m in enumerate(moves):
        first = int(np.searchsorted(m.source.pairs, pairs[0]))
        end = int(np.searchsorted(m.source.pairs, pairs[-1], "right"))
        found, positions = m.take(first, end)
        rows = np.searchsorted(pairs, m.source.pairs[first:end])
        counts[rows, number] = found
        taken.append((rows, positions))
        release(m.source.folded)  # what is mapped of all sources together would be much
    ends = np.cumsum(counts.ravel()).reshape(counts.shape)
    joined = np.empty(int(counts.sum()), np.uint32)
    for number, (rows, positions) in enumerate(taken):
        found = counts[rows, number]
        # How far each run moves: where it ends in the result, less where it ends in its source.
        goes = ends[rows, number] - np.cumsum(found)
        joined[np.repeat(goes, found) + np.arange(len(positions))] = positions
    return counts.sum(axis=1), joined
