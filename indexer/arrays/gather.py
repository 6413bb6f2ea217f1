"""Reports become runs: segments of bounded size, which a merge makes one segment of.

A run is sorted and written by a thread of its own while the next one is gathered. Memory is that
of two runs (some 40 bytes a code unit in the one that is sorted), however many reports come.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.array_file import Array, ArrayFile, ArrayWriter
from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import record_bytes
from indexer.arrays.segment import (
    ARRAYS,
    NEWLINE,
    NO_YEAR,
    NONE,
    NOT_RECOGNISED,
    REJECTED,
    TITLE_KIND,
    U2,
)
from indexer.model import GENRES, KINDS, Report

RUN_CODE_UNITS = 1 << 21
"""A run is written out when it holds so many code units, folded or printed."""
RUN_SECONDS = 60.0
"""Or when it was begun so long ago: what was read slowly is worth keeping, should the run be killed."""


_MADE_WITH = "made_with"
_KINDS = {kind: code for code, kind in enumerate(KINDS)}


def run_made_with(run: ArrayFile) -> Mapping[str, str] | None:
    """What a run was made with; None where the file is none."""
    found: Mapping[str, str] | None = run.tables.get(_MADE_WITH)
    return found


class Gatherer:
    """Takes reports one by one; `paths` then names the runs that were written.

    `made_with` is written into each run (see `run_made_with`).
    """

    def __init__(
        self, path_of_run: Callable[[int], Path], made_with: Mapping[str, str] | None = None
    ) -> None:
        self._path_of_run = path_of_run
        self._made_with = made_with or {}
        self.paths: list[Path] = []
        self._run = Run()
        self._thread = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def add(self, prepared: PreparedReport, record: Mapping[str, Any]) -> None:
        """Take a report with its record; it has a section at least, or no document would stand for it."""
        if not prepared.report.sections:
            raise ValueError(f"{prepared.report.source} has no section")
        self._run.add(prepared, record)
        self._flush_if_full()

    def reject(self, record: Mapping[str, Any]) -> None:
        """Take the record of a file that is no report."""
        self._run.reject(record)
        self._flush_if_full()

    def flush(self) -> None:
        """Write what is not written yet, and wait for it. Raises OSError where a run could not be."""
        if self._run.files:
            self._hand_over()
        self._wait()

    def abandon(self) -> None:
        """Wait until no thread writes any longer; what was gathered is of no use then."""
        self._thread.shutdown()

    def _flush_if_full(self) -> None:
        if self._run.code_units >= RUN_CODE_UNITS or self._run.age >= RUN_SECONDS:
            self._hand_over()

    def _hand_over(self) -> None:
        """Give the run to the thread that writes, once that has written the one before."""
        self._wait()
        path = self._path_of_run(len(self.paths))
        self.paths.append(path)
        self._writing = self._thread.submit(self._run.write, path, self._made_with)
        self._run = Run()

    def _wait(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()


class _Codes(dict[Any, int]):
    """Codes of values in the order in which they come."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


class Run:
    """The parts of a run's arrays, file by file."""

    def __init__(self) -> None:
        self.files = 0
        self.code_units = 0
        self._begun = time.monotonic()
        self._parts: dict[str, list[Array]] = {}
        self._values: dict[str, tuple[Any, list[int]]] = {}
        """Of arrays that have few items a file: an array made of each file's own would cost more than they do."""
        self._issuers, self._chains, self._paths = _Codes(), _Codes(), _Codes()

    @property
    def age(self) -> float:
        """Seconds since it was begun."""
        return time.monotonic() - self._begun

    def add(self, prepared: PreparedReport, record: Mapping[str, Any]) -> None:
        report = prepared.report
        self._text(prepared.printed, prepared.folded)
        self._put("kept", np.unpackbits(_bytes(prepared.kept), count=len(prepared.printed)))
        self._put(
            "word_starts", np.unpackbits(_bytes(prepared.word_starts), count=len(prepared.folded))
        )
        self._put("line_printed", prepared.line_printed)
        self._put("line_folded", prepared.line_folded)
        self._put("line_page", prepared.line_page)
        self._put("line_pages", prepared.line_pages)
        self._put("line_confidence", prepared.line_confidence)
        self._put("block_line", prepared.block_lines)
        sections = report.sections
        self._many("block_kind", np.uint8, [TITLE_KIND, *(_KINDS[s.kind] for s in sections)])
        self._many("block_level", np.uint8, [0, *(min(s.level, 255) for s in sections)])
        self._many(
            "block_path", np.uint32, [self._paths[()], *(self._paths[s.path] for s in sections)]
        )
        self._many("block_headed", np.uint8, [0, *(s.heading is not None for s in sections)])
        self._file(record, len(sections), _facts(report, self._issuers, self._chains))

    def reject(self, record: Mapping[str, Any]) -> None:
        line = np.full(1, NEWLINE, np.uint16)
        self._text(line, line)
        for name in ("kept", "word_starts"):
            self._put(name, np.ones(1, np.uint8))
        for name in ("line_printed", "line_folded"):
            self._put(name, np.ones(1, np.uint32))
        self._put("line_page", np.zeros(1, np.uint16))
        self._put("line_pages", np.zeros(1, np.uint8))
        self._put("line_confidence", np.full(1, NOT_RECOGNISED, np.uint8))
        self._put("block_line", np.array([1, 0], np.uint32))
        self._many("block_kind", np.uint8, [TITLE_KIND, KINDS.index("other")])
        for name in ("block_level", "block_headed"):
            self._many(name, np.uint8, [0, 0])
        self._many("block_path", np.uint32, [self._paths[()]] * 2)
        self._file(record, 1, (REJECTED, NO_YEAR, NONE, self._chains[()]))

    def _text(self, printed: U2, folded: U2) -> None:
        self._put("printed", printed)
        self._put("folded", folded)
        self.code_units += max(len(printed), len(folded))

    def _file(
        self, record: Mapping[str, Any], sections: int, facts: tuple[int, int, int, int]
    ) -> None:
        genre, year, issuer, chain = facts
        self._many("block_file", np.uint32, [self.files] * (sections + 1))
        self._many("file_block", np.uint32, [sections + 1])
        self._many("file_genre", np.uint8, [genre])
        self._many("file_year", np.int16, [year])
        self._many("file_issuer", np.uint32, [issuer])
        self._many("file_chain", np.uint32, [chain])
        self._many("file_id", np.uint64, [int(record["id"], 16)])
        former: Sequence[str] = record["former"]
        self._many("former_id", np.uint64, [int(i, 16) for i in former])
        self._many("former_file", np.uint32, [self.files] * len(former))
        data = _bytes(record_bytes(record))
        self._put("records", data)
        self._many("record_start", np.uint64, [len(data)])
        self.files += 1

    def _many(self, name: str, dtype: Any, values: Sequence[int]) -> None:
        self._values.setdefault(name, (dtype, []))[1].extend(values)

    def _put(self, name: str, part: Array) -> None:
        self._parts.setdefault(name, []).append(part)

    def write(self, path: Path, made_with: Mapping[str, str]) -> None:
        arrays = self.joined()
        arrays["pairs"], arrays["pair_start"], arrays["positions"] = by_pair(arrays["folded"])
        with ArrayWriter(path) as writer:
            for name in ARRAYS:
                writer.write(name, arrays[name])
            writer.tables = {**self.tables, _MADE_WITH: dict(made_with)}

    @property
    def tables(self) -> dict[str, Any]:
        """What codes stand for, as `segment.Tables` takes it."""
        return {
            "issuers": list(self._issuers),
            "chains": list(self._chains),
            "paths": list(self._paths),
        }

    def joined(self) -> dict[str, Array]:
        """The arrays of a segment, but for the positions of pairs; the run is of no use then."""
        arrays = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        arrays |= {name: np.array(values, dtype) for name, (dtype, values) in self._values.items()}
        self._parts.clear()
        self._values.clear()
        for name in ("line_printed", "line_folded", "block_line", "file_block", "record_start"):
            arrays[name] = _starts(arrays[name])
        arrays["block_start"] = arrays["line_folded"][arrays["block_line"]]
        for name in ("kept", "word_starts"):
            arrays[name] = np.packbits(arrays[name])
        for name in ("folded", "printed"):
            arrays[f"{name}_low"] = _low_surrogates(arrays[name])
        arrays["frequent_pairs"] = np.zeros(0, np.uint32)
        arrays["frequent_start"] = np.zeros(1, np.uint32)
        arrays["frequent_rows"] = np.zeros(0, np.uint16)
        return arrays


def _facts(report: Report, issuers: _Codes, chains: _Codes) -> tuple[int, int, int, int]:
    """Codes of genre, year, issuer and region chain."""
    chain = tuple((region.code, region.name, region.level) for region in report.region)
    return (
        GENRES.index(report.genre),
        NO_YEAR if report.year is None else report.year,
        NONE if report.issuer is None else issuers[report.issuer],
        chains[chain],
    )


def _bytes(data: bytes) -> Array:
    return np.frombuffer(data, np.uint8)


def _starts(lengths: Array) -> Array:
    """Where each item begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, lengths.dtype), np.cumsum(lengths, dtype=lengths.dtype)])


def _low_surrogates(text: Array) -> Array:
    return np.flatnonzero((text & 0xFC00) == 0xDC00).astype(np.uint32)


def by_pair(folded: U2, first: NDArray[np.bool_] | None = None) -> tuple[Array, Array, Array]:
    """The pairs, where each one's positions begin, and all positions; only those of pairs whose first code
    unit `first` says (an item for each of the 65,536), where it is given.

    A key is a pair (32 bits) above its position (32 bits), so one sort of numbers puts the pairs in
    order and, in each, its positions.
    """
    asked = folded[:-1] != NEWLINE
    if first is not None:
        asked &= first[folded[:-1]]
    at = np.flatnonzero(asked)
    keys = folded[at].astype(np.uint64)
    keys <<= np.uint64(16)
    keys |= folded[at + 1]
    keys <<= np.uint64(32)
    keys |= at.astype(np.uint64)
    keys.sort()
    positions = keys.astype(np.uint32)
    keys >>= np.uint64(32)
    firsts = np.flatnonzero(np.diff(keys, prepend=np.uint64(NEWLINE << 16)))
    pairs = keys[firsts].astype(np.uint32)
    return pairs, np.append(firsts, len(keys)).astype(np.uint32), positions
