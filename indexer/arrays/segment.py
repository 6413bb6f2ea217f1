"""The arrays of one segment: its text, where everything stands, and what it says of its reports.

Texts are UTF-16 code units, each line ended by "\\n"; a character above U+FFFF is two of them. A
*block* is a report's title or one of its sections; a *file* is a report, or a file that was rejected,
which has an empty title and one empty section. A Whoosh document is a section: document d of file f
is block d + f + 1. Bits are packed as by np.packbits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.array_file import ArrayFile, damaged, read_array_file
from indexer.model import GENRES, KINDS
from indexer.text.fold_array import text_of

U1 = NDArray[np.uint8]
U2 = NDArray[np.uint16]
U4 = NDArray[np.uint32]
U8 = NDArray[np.uint64]
I2 = NDArray[np.int16]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

ARRAYS_SUFFIX = ".arrays"
NEWLINE = 10
TITLE_KIND = 255
"""Kind of a title; a section's kind is its index in KINDS."""
REJECTED = 255
"""Genre of a rejected file; a report's genre is its index in GENRES."""
NO_YEAR = -32768
NONE = 0xFFFFFFFF
"""Issuer of a report that names none."""

NOT_RECOGNISED = 255
"""Confidence of a line that the file holds as text."""

assert len(KINDS) < TITLE_KIND
assert len(GENRES) < REJECTED


@dataclass(frozen=True, slots=True)
class Tables:
    """What codes stand for: issuers, region chains ((code, name, level), …), paths of sections."""

    issuers: tuple[str, ...]
    chains: tuple[tuple[tuple[str, str, str], ...], ...]
    paths: tuple[tuple[str, ...], ...]

    @staticmethod
    def of(tables: Mapping[str, Any]) -> Tables:
        return Tables(
            tuple(tables["issuers"]),
            tuple(tuple(tuple(region) for region in chain) for chain in tables["chains"]),
            tuple(tuple(path) for path in tables["paths"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class SegmentArrays:
    """Arrays named *_start, line_folded, line_printed, block_line and file_block have one item more
    than there are lines, blocks or files: where the last one ends.

    folded, printed     the text as queries see it, and as printed
    word_starts         bits over folded: a jieba word begins here
    kept                bits over printed: a folded code unit came from here (see prepare)
    *_low               where low surrogates stand (the second code unit of a character)
    line_folded, line_printed   where each line begins
    line_*              for each line: its place in its file (see Place of the model): its first page,
                        0 where the format has none; how many more it stands on; its confidence
    block_start         where each block begins in folded
    block_*             for each block: its first line, kind, level, path, file, and whether its first
                        line is its heading
    file_*              for each file: its first block, genre, year, issuer, region chain, id (12 hex
                        digits)
    former_*            ids that files had at earlier paths, and the files
    records             JSON of each file (see records)
    pairs, positions    for each pair of code units that stand beside each other in folded, where it
                        stands, ascending: the pair is first << 16 | second; none begins with "\\n"
    frequent_*          for each of the commonest pairs, a row for each block that holds it: the block
                        (low half, high half), the hits in it, those on word boundaries, and those of
                        these in its heading; frequent_start counts rows
    """

    folded: U2
    printed: U2
    word_starts: U1
    kept: U1
    folded_low: U4
    printed_low: U4
    line_folded: U4
    line_printed: U4
    line_page: U2
    line_pages: U1
    line_confidence: U1
    block_start: U4
    block_line: U4
    block_kind: U1
    block_level: U1
    block_path: U4
    block_file: U4
    block_headed: U1
    file_block: U4
    file_genre: U1
    file_year: I2
    file_issuer: U4
    file_chain: U4
    file_id: U8
    former_id: U8
    former_file: U4
    records: U1
    record_start: U8
    pairs: U4
    pair_start: U4
    positions: U4
    frequent_pairs: U4
    frequent_start: U4
    frequent_rows: U2
    tables: Tables
    file: ArrayFile

    @property
    def file_count(self) -> int:
        return len(self.file_genre)

    @property
    def block_count(self) -> int:
        return len(self.block_kind)

    @property
    def document_count(self) -> int:
        return self.block_count - self.file_count

    def documents(self, file: int) -> range:
        """The documents of a file."""
        return range(int(self.file_block[file]) - file, int(self.file_block[file + 1]) - file - 1)

    def printed_text(self, start: int, end: int) -> str:
        """Code units [start, end) of the text as printed. Raises DamagedIndexError."""
        self.file.require("printed", start, end)
        return text_of(self.printed[start:end])

    def printed_texts(self, starts: Ints, ends: Ints) -> list[str]:
        """The same of many parts at once, each within one line: they are read as lines of one text."""
        self.file.require_each("printed", starts, ends)
        sizes = ends - starts + 1
        begins = np.cumsum(sizes) - sizes
        places = np.arange(sizes.sum()) + np.repeat(starts - begins, sizes)
        units = self.printed.take(places)
        units[begins + sizes - 1] = NEWLINE
        return text_of(units).split("\n")[:-1]


_KINDS = {"U1": "|u1", "U2": "<u2", "U4": "<u4", "U8": "<u8", "I2": "<i2"}
ARRAYS: Mapping[str, np.dtype[Any]] = {
    field.name: np.dtype(_KINDS[str(field.type)])
    for field in fields(SegmentArrays)
    if field.type in _KINDS
}
"""Every array's name and type."""
BULK = frozenset(
    ("folded", "printed", "word_starts", "kept", "positions", "frequent_rows", "records")
)
"""The arrays that grow with the text; all others tell where in them to look."""
_LENGTHS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("line_folded", 0, ("line_printed",)),
    ("line_page", 1, ("line_folded",)),
    ("line_page", 0, ("line_pages", "line_confidence")),
    ("block_kind", 0, ("block_level", "block_path", "block_file", "block_headed")),
    ("block_kind", 1, ("block_start", "block_line")),
    ("file_genre", 0, ("file_year", "file_issuer", "file_chain", "file_id")),
    ("file_genre", 1, ("file_block", "record_start")),
    ("former_id", 0, ("former_file",)),
    ("pairs", 1, ("pair_start",)),
    ("frequent_pairs", 1, ("frequent_start",)),
)
"""An array; by how many items others are longer than it; those others."""


def open_segment(path: Path) -> SegmentArrays:
    """Map a segment's file, and verify all of it but the BULK arrays.

    Raises OSError or DamagedIndexError.
    """
    file = read_array_file(path)
    try:
        held = {**_places_of_format3(file.arrays), **file.arrays}
        arrays = {name: held[name] for name in ARRAYS}
        tables = Tables.of(file.tables)
        small = (ARRAYS.keys() - BULK) & file.arrays.keys()
        sound = not file.damaged(small) and _agree(arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path) from error
    if not sound:
        raise damaged(path)
    return SegmentArrays(**arrays, tables=tables, file=file)


def _places_of_format3(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The places of lines that a segment of format 3 lacks: no pages, nothing recognised."""
    lines = len(arrays["line_folded"]) - 1
    return {
        "line_page": np.broadcast_to(np.uint16(0), lines),
        "line_pages": np.broadcast_to(np.uint8(0), lines),
        "line_confidence": np.broadcast_to(np.uint8(NOT_RECOGNISED), lines),
    }


def _agree(arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Whether the arrays are of their types, and as long as each other where they have to be."""
    return all(arrays[name].dtype == kind for name, kind in ARRAYS.items()) and all(
        len(arrays[other]) == len(arrays[name]) + longer
        for name, longer, others in _LENGTHS
        for other in others
    )
