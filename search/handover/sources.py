"""What goes into a pack: one generation of the index, held open, and the files of its corpus."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from indexer.arrays.array_file import damaged
from indexer.arrays.segment import REJECTED
from indexer.messages import Message
from indexer.model import normal_source
from indexer.pipeline.corpus import Rejected, scan_corpus
from indexer.store.alike_file import alike_name
from indexer.store.echo_file import echo_name
from indexer.store.manifest import Manifest, read_manifest
from indexer.store.reader import known_file, newest
from indexer.store.segments import LiveSegment, live_files, open_entry
from search.handover.contents import CORPUS, is_safe


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, whole, whatever is committed meanwhile: its files are open, but for its
    `manifest`; `digests` is what the index knows of the bytes of each file that it read, by source."""

    name: str
    files: tuple[tuple[str, BinaryIO], ...]
    manifest: bytes
    reports: int
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """The files of a corpus by name in the pack, and those that cannot be in one."""

    files: tuple[tuple[str, Path], ...]
    left_out: tuple[Rejected, ...]


def open_generation(folder: Path, stack: contextlib.ExitStack) -> Generation:
    """The newest generation, every byte of its segments verified; files are open as long as `stack` is.

    Raises MissingIndexError, OtherVersionError or DamagedIndexError.
    """
    manifest, opened = newest(folder, read_manifest, partial(_opened, stack))
    segments = [segment for _, _, segment in opened if segment is not None]
    for segment in segments:
        pieces = segment.arrays.file.pieces
        if pieces.damaged(0, pieces.size):
            raise damaged(segment.arrays.file.path)
    files = [(name, file) for name, file, _ in opened]
    for derived in (alike_name(manifest.name), echo_name(manifest.name)):
        with contextlib.suppress(FileNotFoundError):
            files.append((derived, stack.enter_context((folder / derived).open("rb"))))
    return Generation(
        manifest.name,
        tuple(files),
        manifest.data(),
        sum(map(_reports, segments)),
        dict(digest for segment in segments for digest in _digests(segment)),
    )


def _opened(
    stack: contextlib.ExitStack, folder: Path, manifest: Manifest
) -> Iterator[tuple[str, BinaryIO, LiveSegment | None]]:
    """Each file of the generation, and the segment that it is."""
    entries = {entry.file: entry for entry in manifest.segments}
    for name in sorted(manifest.files):
        file = stack.enter_context((folder / name).open("rb"))
        segment = None
        if name in entries:
            arrays = open_entry(folder, entries[name])
            segment = LiveSegment(arrays, live_files(entries[name].deleted, arrays.file_block))
        yield name, file, segment


def _reports(segment: LiveSegment) -> int:
    return int((segment.live & (segment.arrays.file_genre != REJECTED)).sum())


def _digests(segment: LiveSegment) -> Iterator[tuple[str, str]]:
    """Of files that are no part of another one."""
    for file in np.flatnonzero(segment.live).tolist():
        source, known = known_file(segment.arrays, file)
        if not known.state.within and known.state.sha256:
            yield source, known.state.sha256


def corpus_files(root: Path) -> CorpusFiles:
    """What `gongkai index` would look at, tables of facts too. CorpusError where there is no such folder.

    A name that some system cannot hold, or a link out of the corpus, is left out.
    """
    corpus = scan_corpus(root)
    there = {source: file.path for source, file in corpus.files.items()}
    there |= {normal_source(path.relative_to(root).as_posix()): path for path in corpus.tables}
    inside = root.resolve()
    taken: dict[str, Path] = {}
    left_out: list[Rejected] = []
    names: set[str] = set()
    for source, path in sorted(there.items()):
        name = CORPUS + source
        if not path.resolve().is_relative_to(inside):
            left_out.append(Rejected(source, Message("pack_leads_out")))
        elif not is_safe(name) or name.casefold() in names:
            left_out.append(Rejected(source, Message("pack_name")))
        else:
            taken[name] = path
            names.add(name.casefold())
    return CorpusFiles(tuple(taken.items()), tuple(left_out))
