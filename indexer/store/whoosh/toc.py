"""Whoosh's table of contents: written for those who open the index with Whoosh, never read by us.

`open_whoosh` makes Whoosh's index from the manifest. `whoosh.index.open_dir` opens it, too, once this
module is imported, but in Whoosh's own way: it unpickles the table of contents, and a pickle may run
whatever its author pleased. Use it on indexes that you built yourself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex

from indexer.store.manifest import Manifest, read_manifest
from indexer.store.whoosh.codec import ArraySegment
from indexer.store.whoosh.schema import WRITTEN_ELSEWHERE, schema

_NAME = "MAIN"


def open_whoosh(folder: Path) -> FileIndex:
    """The index for Whoosh to read, whatever generation is the newest whenever it looks.

    Raises MissingIndexError, OtherVersionError or DamagedIndexError. No pickle is read.
    """
    return _ManifestIndex(folder)


def toc_bytes(manifest: Manifest) -> bytes:
    """The table of contents of a generation as Whoosh writes it.

    Its pickles name classes of Whoosh's own, and ours by their numbers.
    """
    storage = RamStorage()
    _toc(manifest).write(storage, _NAME)
    data: bytes = storage.files[manifest.toc]
    return data


def _toc(manifest: Manifest) -> TOC:
    return TOC(schema(), [ArraySegment(entry) for entry in manifest.segments], manifest.generation)


class _ManifestIndex(FileIndex):  # type: ignore[misc]
    """Whoosh's index, which asks for its table of contents here alone."""

    def __init__(self, folder: Path) -> None:
        self.storage = FileStorage(str(folder), readonly=True)
        self.indexname = _NAME
        self._schema = None
        self._folder = folder
        self._read_toc()

    def _read_toc(self) -> TOC:
        return _toc(read_manifest(self._folder))

    def latest_generation(self) -> int:
        return read_manifest(self._folder).generation

    def writer(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(WRITTEN_ELSEWHERE)
