"""Bring an index up to date with a corpus, in one transaction."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path

from indexer.arrays.array_file import give_back
from indexer.errors import (
    DamagedIndexError,
    LockedIndexError,
    MissingIndexError,
    OtherVersionError,
)
from indexer.likeness.find import find_alike
from indexer.messages import Message
from indexer.pipeline.corpus import scan_corpus
from indexer.pipeline.fill import Clock, Progress, fill
from indexer.pipeline.tally import Summary
from indexer.store.corpus_note import note_corpus
from indexer.store.directory import FORMAT_VERSION
from indexer.store.manifest import read_manifest, stored_format
from indexer.store.reader import KnownFile, known_files
from indexer.store.writer import IndexWriter


def build(
    root: Path,
    folder: Path,
    *,
    jobs: int,
    rebuild: bool = False,
    progress: Progress | None = None,
    clock: Clock = time.time,
) -> Summary:
    """Index the corpus at `root` into `folder`. What a run that was killed had read is not read again,
    but by `rebuild`. `clock` tells when reports come into the index. An index of another version is replaced, as by
    `rebuild`: it holds nothing that the corpus does not, but for the ids of files that moved.

    Raises CorpusError, LockedIndexError, DamagedIndexError, or OtherVersionError where the index is of
    a version later than this; then the index is as it was.
    """
    started = time.monotonic()
    summary = _brought_up_to_date(
        root, folder, jobs, rebuild=rebuild, progress=progress, now=clock()
    )
    give_back()
    note_corpus(folder, root)
    with contextlib.suppress(LockedIndexError):  # by another run, which finds them
        find_alike(folder)
    summary.rejected.sort(key=lambda rejected: rejected.source)
    summary.seconds = round(time.monotonic() - started, 3)
    return summary


def _brought_up_to_date(
    root: Path, folder: Path, jobs: int, *, rebuild: bool, progress: Progress | None, now: float
) -> Summary:
    """The transaction: when it is done, what the run knew of every file is no longer in memory."""
    corpus = scan_corpus(root)
    resume = not rebuild
    replaces = None if rebuild else _other_version(folder)
    rebuild = rebuild or replaces is not None
    with IndexWriter(folder, rebuild=rebuild, resume=resume) as writer:
        known = _known(folder, rebuild=rebuild)
        summary = fill(
            root,
            corpus,
            known or {},
            writer,
            jobs=jobs,
            rebuild=rebuild,
            progress=progress,
            now=now,
        )
    summary.notice = _notice(replaces, known)
    return summary


def _other_version(folder: Path) -> OtherVersionError | None:
    """Which other version the index is of that this one replaces; None where it is of this one, or
    there is none."""
    try:
        read_manifest(folder)
    except OtherVersionError as error:
        if stored_format(folder) > FORMAT_VERSION:
            raise
        return error
    except MissingIndexError:
        return None
    return None


def _known(folder: Path, *, rebuild: bool) -> Mapping[str, KnownFile] | None:
    """What the index knows; None for one that cannot be read and is rebuilt."""
    try:
        return known_files(folder)
    except DamagedIndexError:
        if rebuild:
            return None
        raise


def _notice(
    replaced: OtherVersionError | None, known: Mapping[str, KnownFile] | None
) -> Message | None:
    if replaced is None:
        return None
    if known is None:
        return Message("index_replaced_unread", what=replaced.message)
    return Message("index_replaced", what=replaced.message)
