"""Find which reports of an index are alike, and keep that beside it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np

from indexer.arrays.array_file import ArrayWriter
from indexer.likeness.aligned import aligned
from indexer.likeness.candidates import candidates
from indexer.likeness.sketched import sketched
from indexer.likeness.texts import texts
from indexer.store.alike_file import (
    ARRAYS,
    AlikeArrays,
    alike_files,
    alike_name,
    made_with,
    open_alike,
    read_alike,
    segment_key,
)
from indexer.store.directory import put_in_place, sync_folder, unfinished
from indexer.store.lock import WriteLock
from indexer.store.manifest import read_manifest
from indexer.store.reader import IndexReader
from indexer.store.writer import in_our_words


def find_alike(folder: Path) -> None:
    """Have the file of likenesses of the newest generation stand beside it; nothing where it does.

    Of what an earlier file knows, sketches of segments that still stand and pairs of texts that still do
    are kept. Raises as IndexReader; LockedIndexError while another one writes the index;
    IndexUnusableError where the system does not let us write.
    """
    with in_our_words(folder):
        lock = WriteLock(folder)
        try:
            manifest = read_manifest(folder)
            there = open_alike(folder, manifest)
            if there is None or not there.sound:
                _write(folder)
            _remove_others(folder, alike_name(manifest.name))
        finally:
            lock.release()


def _remove_others(folder: Path, name: str) -> None:
    """Remove the files of other generations, which a kill may have left, too."""
    for _, path in alike_files(folder):
        if path.name != name:
            with contextlib.suppress(OSError):  # on Windows, still mapped: it goes the next time
                path.unlink(missing_ok=True)


def _write(folder: Path) -> None:
    reader = IndexReader(folder)
    earlier = sorted(alike_files(folder), reverse=True)
    read = (read_alike(path) for _, path in earlier)
    known = next((found for found in read if found is not None and found.sound), None)
    path = folder / alike_name(reader.generation)
    beside = unfinished(path)
    try:
        with ArrayWriter(beside, durable=True) as writer:
            found = likenesses(reader, known)
            for name in ARRAYS:
                writer.write(name, getattr(found, name))
            writer.tables = {"made_with": made_with(), "segments": found.segments}
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    put_in_place(beside, path)
    sync_folder(folder)


def likenesses(reader: IndexReader, known: AlikeArrays | None) -> AlikeArrays:
    """What there is to know of this generation."""
    reports = texts(reader.segments)
    found = sketched(reports, known)
    pairs = candidates(found.sketches)
    pair = aligned(pairs.parts, reports, found, known)
    arrays = {
        "report_id": reports.ids(),
        "report_segment": reports.segment,
        "report_file": reports.file,
        "report_digest": found.digest,
        "report_characters": found.characters,
        "report_crowded": pairs.crowded,
        "sketch_bound": found.sketches.bound,
        "sketch_start": found.sketches.start,
        "sketch_values": found.sketches.values,
        "pair_a": pair.a,
        "pair_b": pair.b,
        "pair_of_a": pair.of_a,
        "pair_of_b": pair.of_b,
    }
    return AlikeArrays(
        **{name: np.asarray(arrays[name], kind) for name, kind in ARRAYS.items()},
        segments=tuple(map(segment_key, reports.segments)),
        file=None,
    )
