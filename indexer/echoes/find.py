"""Find which sentences of an index echo each other, and keep that beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from indexer.arrays.array_file import ArrayWriter
from indexer.echoes.candidates import BANDS
from indexer.echoes.sentences import sentences
from indexer.echoes.twins import twins
from indexer.likeness.texts import texts
from indexer.store.directory import put_in_place, sync_folder, unfinished
from indexer.store.echo_file import (
    ARRAYS,
    EchoArrays,
    echo_files,
    echo_name,
    made_with,
    open_echoes,
)
from indexer.store.lock import WriteLock
from indexer.store.reader import IndexReader
from indexer.store.segments import LiveSegment
from indexer.store.writer import in_our_words

Progress = Callable[[int, int], None]
"""Called with the steps that there are, and those done since."""


def find_echoes(folder: Path, progress: Progress | None = None) -> None:
    """Have the file of echoes of the newest generation stand beside it; nothing where it does.

    The index is locked only while the file is written: who indexes meanwhile makes another generation, and
    the file is of no use then. Raises as IndexReader; LockedIndexError while another one writes the index;
    IndexUnusableError where the system does not let us write.
    """
    reader = IndexReader(folder)
    if open_echoes(folder, reader.generation) is None:
        found = arrays_of(reader.segments, progress or (lambda total, done: None))
        with in_our_words(folder):
            lock = WriteLock(folder)
            try:
                _write(folder / echo_name(reader.generation), found)
            finally:
                lock.release()


def _write(path: Path, found: EchoArrays) -> None:
    beside = unfinished(path)
    try:
        with ArrayWriter(beside, durable=True) as writer:
            for name in ARRAYS:
                writer.write(name, getattr(found, name))
            writer.tables = {"made_with": made_with()}
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    put_in_place(beside, path)
    sync_folder(path.parent)
    for other in echo_files(path.parent):
        if other != path:
            with contextlib.suppress(OSError):  # on Windows, still mapped: it goes the next time
                other.unlink(missing_ok=True)


def arrays_of(segments: Sequence[LiveSegment], progress: Progress) -> EchoArrays:
    """What there is to know of a generation with these segments."""
    reports = texts(segments)
    total = len(reports) + BANDS
    progress(total, 0)

    def told(done: int) -> None:
        progress(total, done)

    found = sentences(reports, told)
    pairs = twins(found.texts, told)
    arrays = {
        "report_id": reports.ids(),
        "report_start": found.start,
        "sentence_at": found.at,
        "sentence_units": found.units,
        "sentence_which": found.which,
        "distinct_length": [len(text) for text in found.texts],
        "twin_a": pairs.a,
        "twin_b": pairs.b,
        "twin_changes": pairs.changes,
        "twin_same_figures": pairs.same_figures,
    }
    return EchoArrays(**{name: np.asarray(arrays[name], kind) for name, kind in ARRAYS.items()})
