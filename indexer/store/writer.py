"""Writing an index: one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from whoosh.index import FileIndex, LockError, create_in, exists_in, open_dir
from whoosh.writing import CLEAR, SegmentWriter

from indexer.errors import IndexUnusableError, LockedIndexError
from indexer.store.directory import (
    FINGERPRINT,
    check_fingerprint,
    write_checksums,
    write_fingerprint,
)
from indexer.store.pool import PostingArrays
from indexer.store.prepare import PreparedReport
from indexer.store.records import FileState, documents_of, state_record
from indexer.store.schema import schema


class IndexWriter:
    """Adds, replaces and removes reports; `with` commits at its end, or nothing on an exception.

    `rebuild` replaces all that the index held. Raises LockedIndexError while another one writes.
    """

    def __init__(self, folder: Path, *, rebuild: bool) -> None:
        self.folder = folder
        self._rebuild = rebuild
        self._touched = rebuild
        index = self._open()
        try:
            self._writer: SegmentWriter = index.writer()
        except LockError as error:
            raise LockedIndexError(
                f"索引 {folder} 正由另一个 gongkai index 写入",
                hint="请等它结束后再运行；同一索引一次只能有一个写入者。",
            ) from error
        self._writer.pool = PostingArrays()
        self._writer.codec.length_stats = False  # shortest and longest of a term: costly, unused
        if rebuild:
            self._writer.schema = schema()

    def _open(self) -> FileIndex:
        """The index in the folder, a new one where the folder is empty or does not exist."""
        folder = self.folder
        if (folder / FINGERPRINT).exists() and not self._rebuild:
            check_fingerprint(folder)
        elif folder.exists() and not (folder / FINGERPRINT).exists() and any(folder.iterdir()):
            raise IndexUnusableError(
                f"{folder} 不是索引，也不是空文件夹，没有改动它",
                hint="请用 --index 指定一个新文件夹。",
            )
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FINGERPRINT).exists():
            write_fingerprint(folder)
        if exists_in(str(folder)):
            return open_dir(str(folder))
        index = create_in(str(folder), schema())
        write_checksums(folder)
        return index

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None or not self._touched:
            self._cancel()
        elif self._rebuild:
            self._writer.commit(mergetype=CLEAR)
            write_fingerprint(self.folder)
        else:
            self._writer.commit()
        write_checksums(self.folder)

    def _cancel(self) -> None:
        """Whoosh leaves the files of a cancelled segment behind."""
        segment = self._writer.newsegment
        self._writer.cancel()
        for path in self.folder.glob(f"{segment.segment_id()}.*"):
            path.unlink()
        for path in self.folder.glob(f"{segment.segment_id()}_*"):
            path.unlink()

    def add(self, prepared: PreparedReport, state: FileState, former: Sequence[str] = ()) -> None:
        """Add a report that the index does not hold; `former` are its ids at earlier paths."""
        self._touched = True
        for document in documents_of(prepared, state, former):
            self._writer.add_document(**document)

    def reject(self, source: str, state: FileState) -> None:
        """Note a file that could not be read, so that it is not tried again until it changes."""
        self._touched = True
        self._writer.add_document(source=source, first="1", file=state_record(state))

    def remove(self, source: str) -> None:
        """Remove whatever the index held of a file before this transaction."""
        self._touched = True
        if not self._rebuild:
            self._writer.delete_by_term("source", source)
