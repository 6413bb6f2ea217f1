"""A pack is made: `gongkai pack`.

The same corpus, index and findings give the same bytes. It is written beside its name and takes that when it
is whole, so that whatever interrupts leaves no half of one.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from indexer.messages import Message
from indexer.pipeline.corpus import Rejected
from indexer.store.directory import put_in_place, sync_folder, unfinished
from search.handover.contents import INDEX, MANIFEST, NAME, SAVED, Contents, Entry
from search.handover.errors import PackError, not_written
from search.handover.seal import PIECE, UNSEALED, Progress, seal, sealed
from search.handover.sources import CorpusFiles, Generation, corpus_files, open_generation
from search.handover.table import MOST_FILES, written
from search.saved.copied import copy_findings
from search.saved.database import saved_path

_LARGE = 1 << 30
"""Bytes from which on a file may need the longer form of ZIP."""
_SYSTEM = 3  # Unix, whichever we are on
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was made: what is in it, its own bytes, its digest, and what was left out."""

    path: Path
    contents: Contents
    bytes: int
    digest: str
    left_out: tuple[Rejected, ...]


def pack(folder: Path, root: Path, output: Path, progress: Progress | None = None) -> Packed:
    """Pack the index in `folder`, the corpus at `root` and the findings beside the index.

    Raises PackError, CorpusError, SavedError, or an IndexUnusableError.
    """
    _check_output(output, root)
    with contextlib.ExitStack() as stack:
        generation = open_generation(folder, stack)
        corpus = corpus_files(root)
        _check_count(len(corpus.files) + len(generation.files) + 2)
        findings = _findings(folder, stack)
        beside = unfinished(output)
        stack.callback(_remove, beside)
        try:
            with beside.open("w+b") as file:
                writer = _Writer(file, generation, corpus, progress)
                contents = writer.write(findings)
                digest = seal(file)
                file.flush()
                os.fsync(file.fileno())
            size = beside.stat().st_size
            put_in_place(beside, output)
            sync_folder(output.absolute().parent)
        except OSError as error:
            raise not_written(output, error) from error
    return Packed(output, contents, size, digest, (*corpus.left_out, *writer.left_out))


def _check_output(output: Path, root: Path) -> None:
    """PackError where the next index run would read the pack, or another file would be lost."""
    if output.resolve().is_relative_to(root.resolve()):
        raise PackError(
            Message("pack_in_corpus", path=str(output), corpus=str(root)),
            hint=Message("pack_in_corpus_hint"),
        )
    if output.exists() and sealed(output) is None:
        raise PackError(
            Message("pack_would_replace", path=str(output)), hint=Message("pack_in_corpus_hint")
        )


def _check_count(files: int) -> None:
    """PackError where nobody would open the pack."""
    if files > MOST_FILES:
        raise PackError(
            Message("pack_too_many", count=files, most=MOST_FILES),
            hint=Message("pack_too_many_hint"),
        )


def _findings(folder: Path, stack: contextlib.ExitStack) -> tuple[Path, int]:
    """A copy of what was found, of one moment, and how many findings are in it."""
    scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-pack-")))
    copy = scratch / SAVED
    return copy, copy_findings(saved_path(folder), copy)


def _remove(beside: Path) -> None:
    with contextlib.suppress(OSError):
        beside.unlink()


class _Writer:
    """The entries of a pack, in order: index, corpus, findings, and last what says which they are."""

    def __init__(
        self,
        file: BinaryIO,
        generation: Generation,
        corpus: CorpusFiles,
        progress: Progress | None,
    ) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._generation = generation
        self._corpus = corpus
        self._progress = progress
        self._total = len(generation.manifest)
        self._total += sum(os.fstat(each.fileno()).st_size for _, each in generation.files)
        self._entries: list[Entry] = []
        self.left_out: list[Rejected] = []

    def write(self, findings: tuple[Path, int]) -> Contents:
        """Write all of it but the seal."""
        copy, count = findings
        with self._zip as archive:
            archive.comment = UNSEALED
            corpus = list(self._sized())
            if self._progress:
                self._progress(self._total, 0)
            manifest = self._generation.manifest
            self._add(MANIFEST, io.BytesIO(manifest), len(manifest))
            for name, file in self._generation.files:
                self._add(INDEX + name, file, os.fstat(file.fileno()).st_size)
            changed = sum(self._add_of_corpus(name, path) for name, path in corpus)
            if count:
                self._total += copy.stat().st_size
                with copy.open("rb") as file:
                    self._add(SAVED, file, copy.stat().st_size)
            contents = Contents(
                self._generation.name,
                self._generation.reports,
                changed,
                count,
                tuple(self._entries),
            )
            with archive.open(_info(NAME), "w") as table:
                for piece in written(contents):
                    table.write(piece)
        return contents

    def _sized(self) -> Iterator[tuple[str, Path]]:
        """The files of the corpus that are there still."""
        for name, path in self._corpus.files:
            with contextlib.suppress(OSError):
                self._total += path.stat().st_size
            yield name, path

    def _add_of_corpus(self, name: str, path: Path) -> bool:
        """Add a file; whether it is not what was indexed. One that cannot be opened is left out."""
        source = name.partition("/")[2]
        try:
            file = path.open("rb")
        except OSError as error:
            reason = Message("cannot_open", error=error.strerror or str(error))
            self.left_out.append(Rejected(source, reason))
            return False
        with file:
            stat = os.fstat(file.fileno())
            digest = self._add(name, file, stat.st_size, stat.st_mtime_ns)
        return self._generation.digests.get(source, digest) != digest

    def _add(self, name: str, file: BinaryIO, size: int, mtime_ns: int = 0) -> str:
        """Add a file; its digest."""
        digest, read = hashlib.sha256(), 0
        large = size >= _LARGE
        with self._zip.open(_info(name), "w", force_zip64=large) as entry:
            while piece := file.read(PIECE):
                entry.write(piece)
                digest.update(piece)
                read += len(piece)
                if self._progress:
                    self._progress(self._total, len(piece))
        self._entries.append(Entry(name, read, digest.hexdigest(), mtime_ns))
        return digest.hexdigest()


def _info(name: str) -> ZipInfo:
    """An entry that says nothing of when and where it was made."""
    info = ZipInfo(name)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _SYSTEM, _MODE
    return info
