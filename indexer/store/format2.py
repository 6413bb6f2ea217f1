"""What is still read of an index of format 2: which files it knows, so that a rebuild keeps their ids.

Its table of contents is Whoosh's, and lists the segments as a pickle. A pickle may name any function
there is and have it called, so this one is read by a closed list: of its opcodes, which call nothing,
and of its classes, which is one of this module's own.
"""

from __future__ import annotations

import io
import json
import pickle
import pickletools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.arrays.array_file import damaged, map_file
from indexer.arrays.segment import ARRAYS_SUFFIX, U1, U4, U8
from indexer.store.segments import live_files

FORMAT = 2
_TOC = re.compile(r"_MAIN_([0-9]+)\.toc")
_FILE = re.compile(r"MAIN_[0-9a-z]+\.arrays")
_ID = re.compile("[0-9a-f]{12}")
_CLASS = ("indexer.store.codec", "ArraySegment")
_OPCODES = frozenset(
    [
        "PROTO",
        "FRAME",
        "MARK",
        "STOP",
        "MEMOIZE",
        "BINGET",
        "LONG_BINGET",
        "STACK_GLOBAL",
        "NEWOBJ",
        "BUILD",
        "EMPTY_LIST",
        "EMPTY_DICT",
        "EMPTY_TUPLE",
        "APPEND",
        "APPENDS",
        "SETITEM",
        "SETITEMS",
        "TUPLE",
        "TUPLE1",
        "TUPLE2",
        "TUPLE3",
        "SHORT_BINUNICODE",
        "BINUNICODE",
        "BININT",
        "BININT1",
        "BININT2",
        "NEWFALSE",
        "NEWTRUE",
        "NONE",
    ]
)
_NOT_AS_WRITTEN = (
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    FileNotFoundError,
    LookupError,
    TypeError,
    ValueError,
)
"""What reading bytes that are none of ours may raise."""
Deleted = tuple[str, list[tuple[int, int]]]
"""The file of a segment, and ranges [first, end) of its documents that were deleted."""
_KINDS = {"records": "|u1", "record_start": "<u8", "file_unit": "<u4"}


@dataclass(frozen=True, slots=True)
class File:
    """A file that the index knows: its digest when it was read, its ids at earlier paths."""

    source: str
    sha256: str
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Records:
    """The arrays that tell the files of a segment: JSON, where each file's begins, and its first
    block (a title or a section; format 2 called it a unit): a document each, but for the title."""

    records: U1
    record_start: U8
    file_unit: U4


class _Segment:
    """What the pickle holds of a segment: its state, as it stands there."""

    __slots__ = ("state",)

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    """Makes no object but a _Segment."""

    def find_class(self, module: str, name: str) -> type[_Segment]:
        if (module, name) != _CLASS:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of contents")
        return _Segment


def files(folder: Path) -> Iterator[File]:
    """The files that live. Raises DamagedIndexError or OSError."""
    for name, deleted in _segments(folder):
        path = folder / name
        try:
            records = _records(path)
            live = np.flatnonzero(live_files(deleted, records.file_unit))
            yield from [_file(records, number) for number in live.tolist()]
        except _NOT_AS_WRITTEN as error:
            raise damaged(path) from error


def _segments(folder: Path) -> list[Deleted]:
    """The segments of the last commit.

    A table of contents of format 3 may stand beside, with a higher number: a kill while the index was
    replaced leaves it. It cannot be read as one of format 2.
    """
    found = {int(m[1]): path for path in folder.iterdir() if (m := _TOC.fullmatch(path.name))}
    tocs = [found[number] for number in sorted(found, reverse=True)]
    readable = [segments for toc in tocs if (segments := _read(toc)) is not None]
    if not readable:
        raise damaged(tocs[0] if tocs else folder / "_MAIN_1.toc")
    return next(filter(None, readable), [])


def _read(toc: Path) -> list[Deleted] | None:
    """The segments that a table of contents lists; None where it is not as format 2 wrote it."""
    try:
        return [_named(segment.state) for segment in _unpickled(_pickle(toc.read_bytes()))]
    except _NOT_AS_WRITTEN:
        return None


def _pickle(toc: bytes) -> bytes:
    """The second pickle of a table of contents; the first, Whoosh's schema, is left unread.

    Layout: three sizes (1 byte each); two numbers (4 bytes); three parts of a version (1 byte); a
    length (7 bits a byte, the lowest first) and so many bytes of schema; two numbers; the pickle.
    """
    at, shift, length = 14, 0, 0
    while toc[at] & 0x80:
        length |= (toc[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    length |= toc[at] << shift
    return toc[at + 1 + length + 8 :]


def _unpickled(data: bytes) -> list[_Segment]:
    unknown = {opcode.name for opcode, _, _ in pickletools.genops(data)} - _OPCODES
    if unknown:
        raise pickle.UnpicklingError(f"{unknown} have no place in a table of contents")
    segments = _Unpickler(io.BytesIO(data)).load()
    if not isinstance(segments, list) or not all(isinstance(s, _Segment) for s in segments):
        raise TypeError("no list of segments")
    return segments


def _named(state: Mapping[str, Any]) -> Deleted:
    """The file of a segment, and the ranges of its documents that were deleted."""
    name = f"{state['indexname']}_{state['segid']}{ARRAYS_SUFFIX}"
    if not _FILE.fullmatch(name):
        raise ValueError(f"no file of a segment: {name!r}")
    return name, [(int(first), int(end)) for first, end in state["_deleted"]]


def _records(path: Path) -> _Records:
    """The arrays of a segment: before its last 16 bytes a footer of JSON, which says where they are.

    Those are the footer's length in 8 bytes, little-endian, and 8 of magic.
    """
    mapped = map_file(path)
    size = len(mapped) - 16
    length = int.from_bytes(mapped[size : size + 8], "little")
    footer = json.loads(mapped[size - length : size].decode("utf-8", "surrogatepass"))
    arrays = {
        name: np.frombuffer(mapped, kind, footer["arrays"][name][2], footer["arrays"][name][1])
        for name, kind in _KINDS.items()
    }
    if len(arrays["record_start"]) != len(arrays["file_unit"]):
        raise ValueError("not as many records as files")
    return _Records(**arrays)


def _file(records: _Records, number: int) -> File:
    start, end = records.record_start[number : number + 2].tolist()
    data = records.records[start:end].tobytes()
    record = json.loads(data.decode("utf-8", "surrogatepass"))
    found = File(record["source"], record["file"]["sha256"], tuple(record["former"]))
    if not all(isinstance(text, str) for text in (found.source, found.sha256)):
        raise TypeError("a path or digest that is no text")
    if not all(_ID.fullmatch(former) for former in found.former):
        raise ValueError("ids that are none")
    return found
