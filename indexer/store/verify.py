"""Verify an index: every byte of its files, and that what they hold agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from indexer.arrays.find import pair_range
from indexer.arrays.frequent import BlockCounter, rows_of
from indexer.arrays.locate import holding
from indexer.arrays.prepare import prepare
from indexer.arrays.records import read_report
from indexer.arrays.segment import NEWLINE, REJECTED, U8, SegmentArrays
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.store.alike_file import alike_name, read_alike
from indexer.store.directory import stands
from indexer.store.echo_file import echo_name, open_echoes
from indexer.store.harm import harm_of
from indexer.store.manifest import Manifest, read_manifest
from indexer.store.reader import newest
from indexer.store.segments import LiveSegment, open_segments

_POSITIONS = 1 << 22  # looked at together
_SHOWN = 10  # faults that are named


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified: bytes of the index's files, its reports and sections."""

    files: int
    bytes: int
    reports: int
    sections: int


def verify(folder: Path) -> Verified:
    """Verify the generation that is the newest now, whatever is committed meanwhile.

    Raises an IndexUnusableError that names every fault found, up to ten of them.
    """
    manifest, ((toc, segments),) = newest(folder, read_manifest, _everything)
    _raise_any(folder, list(_byte_faults(manifest, toc, segments)))
    faults: list[Message] = []
    reports = sections = 0
    likenesses = folder / alike_name(manifest.name)
    if stands(likenesses):
        faults.extend(_alike_faults(likenesses, segments))
    if stands(folder / echo_name(manifest.name)):
        faults.extend(_echo_faults(folder, manifest.name, segments))
    for segment in segments:
        faults.extend(_position_faults(segment.arrays))
        faults.extend(_frequent_faults(segment.arrays))
        there = segment.live & (segment.arrays.file_genre != REJECTED)
        for file in np.flatnonzero(there).tolist():
            reports += 1
            sections += len(segment.arrays.documents(file))
            faults.extend(_report_faults(segment.arrays, file))
    _raise_any(folder, faults)
    size = len(manifest.data()) + len(toc) + sum(entry.bytes for entry in manifest.segments)
    return Verified(1 + len(manifest.files), size, reports, sections)


def _alike_faults(path: Path, segments: Sequence[LiveSegment]) -> Iterator[Message]:
    """Where the file of likenesses is not what was written, or not of these reports."""
    found = read_alike(path)
    if found is None or not found.sound or not np.array_equal(found.report_id, _ids(segments)):
        yield Message("fault_file", name=path.name)


def _echo_faults(
    folder: Path, generation: str, segments: Sequence[LiveSegment]
) -> Iterator[Message]:
    """The same of the file of echoes."""
    found = open_echoes(folder, generation)
    if found is None or not np.array_equal(found.report_id, _ids(segments)):
        yield Message("fault_file", name=echo_name(generation))


def _ids(segments: Sequence[LiveSegment]) -> U8:
    """The ids of the reports, in order."""
    there = [s.arrays.file_id[s.live & (s.arrays.file_genre != REJECTED)] for s in segments]
    return np.concatenate([np.zeros(0, np.uint64), *there])


def _everything(
    folder: Path, manifest: Manifest
) -> Iterator[tuple[bytes, tuple[LiveSegment, ...]]]:
    """What Whoosh reads, and the segments."""
    yield (folder / manifest.toc).read_bytes(), tuple(open_segments(folder, manifest))


def _byte_faults(
    manifest: Manifest, toc: bytes, segments: Sequence[LiveSegment]
) -> Iterator[Message]:
    """Files whose bytes are not those that were written; the manifest's are."""
    if f"{crc32(toc):08x}" != manifest.toc_checksum:
        yield Message("fault_file", name=manifest.toc)
    for segment in segments:
        file = segment.arrays.file
        if file.pieces.damaged(0, file.pieces.size):
            harm, name = harm_of(segment), file.path.name
            if harm.reports:
                yield Message("fault_segment", name=name, reports=harm.reports, shown=harm.shown)
            else:
                yield Message("fault_file", name=name)


def _raise_any(folder: Path, faults: Sequence[Message]) -> None:
    if not faults:
        return
    shown, more = tuple(faults[:_SHOWN]), len(faults) - _SHOWN
    what = Message("index_damaged", folder=str(folder), faults=shown)
    if more > 0:
        what = Message("index_damaged_more", folder=str(folder), faults=shown, more=more)
    raise DamagedIndexError(what, hint=Message("rebuild_hint"))


def _position_faults(segment: SegmentArrays) -> Iterator[Message]:
    """Where the positions are not those of the pairs that stand in the folded text."""
    counts = np.diff(segment.pair_start)
    size = int((segment.folded[:-1] != NEWLINE).sum())
    if len(segment.positions) != size or int(counts.sum()) != size:
        yield Message("fault_position_count", count=len(segment.positions), right=size)
        return
    at = 0
    while at < len(segment.pairs):
        upto = int(segment.pair_start[at]) + _POSITIONS
        end = max(at + 1, int(holding(segment.pair_start, np.array(upto))))
        bounds = segment.pair_start[at : end + 1]
        positions = segment.positions[bounds[0] : bounds[-1]].astype(np.int64)
        keys = np.repeat(segment.pairs[at:end], np.diff(bounds)).astype(np.int64)
        there = segment.folded[positions].astype(np.int64) << 16 | segment.folded[positions + 1]
        if (there != keys).any() or (np.diff(keys << 32 | positions) <= 0).any():
            yield Message("fault_positions")
            return
        at = end


def _frequent_faults(segment: SegmentArrays) -> Iterator[Message]:
    """Where the counts that frequent pairs carry are not those of their positions."""
    counter = BlockCounter.of(segment)
    for at, pair in enumerate(segment.frequent_pairs.tolist()):
        positions = segment.positions[slice(*pair_range(segment, pair))]
        counted = counter.rows(positions) if len(positions) else None
        if counted is None or not np.array_equal(counted, rows_of(segment, at)):
            yield Message("fault_frequent")
            return


def _report_faults(segment: SegmentArrays, file: int) -> Iterator[Message]:
    """Where what is kept of a report is not what its text gives anew."""
    report = read_report(segment, file)
    prepared = prepare(report)
    first, end = segment.file_block[file : file + 2].tolist()
    lines = slice(*segment.block_line[[first, end]].tolist())
    if report.id != f"{int(segment.file_id[file]):012x}":
        yield Message("fault_id", source=report.source)
    for name, kept_bits, text, bits in (
        ("folded", "word_starts", prepared.folded, prepared.word_starts),
        ("printed", "kept", prepared.printed, prepared.kept),
    ):
        starts = getattr(segment, f"line_{name}")
        here = slice(int(starts[lines.start]), int(starts[lines.stop]))
        wanted = np.unpackbits(np.frombuffer(bits, np.uint8), count=len(text))
        found = np.unpackbits(getattr(segment, kept_bits)[here.start >> 3 : (here.stop + 7) >> 3])
        if not (
            np.array_equal(getattr(segment, name)[here], text)
            and np.array_equal(found[here.start & 7 :][: len(text)], wanted)
        ):
            yield Message("fault_text", source=report.source, name=name)
