"""What a corpus folder holds: its files, and the facts its owner wrote beside them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from indexer.errors import CorpusError
from indexer.messages import Message
from indexer.model import normal_source
from indexer.parsing.overrides import Override, overrides_of
from indexer.reading.decode import decode
from indexer.reading.left_out import FACTS, is_of_page, is_report, page_names
from indexer.store.directory import MANIFEST


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file as the folder lists it: size in bytes, mtime in ns."""

    source: str
    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is not in the index, and why."""

    source: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Corpus:
    """`files` and `overrides` by source; `rejected` are files and facts that cannot be used.

    `closed` are folders that cannot be listed, and files that cannot be looked at: what the index has of them
    is neither there nor gone.
    `members` are the overrides of files that lie in a file, by that and by source; `unused` is what to
    say of each of these rows if there is no such file in it. `tables` are the files of facts, metadata.csv.
    """

    files: Mapping[str, CorpusFile]
    overrides: Mapping[str, Override]
    rejected: tuple[Rejected, ...]
    closed: tuple[str, ...]
    members: Mapping[str, Mapping[str, Override]]
    unused: Mapping[str, Rejected]
    tables: tuple[Path, ...] = ()

    def hides(self, source: str) -> bool:
        """Whether the source is what cannot be looked at, or lies in it."""
        return any(f"{source}/".startswith(f"{place}/") for place in self.closed)


def scan_corpus(root: Path) -> Corpus:
    """List a corpus without opening its reports. CorpusError where there is no such folder, or it cannot be
    listed.

    Left out: hidden files and folders, README files, metadata.csv, folders that are an index, and those
    of the parts of a saved page (公报_files beside 公报.html).
    """
    found = _Found(root)
    try:
        if not root.is_dir():
            raise CorpusError(
                Message("no_corpus", folder=str(root)), hint=Message("no_corpus_hint")
            )
        found.walk()
    except OSError as error:
        raise CorpusError(
            Message("corpus_closed", folder=str(root), error=error.strerror or str(error)),
            hint=Message("corpus_closed_hint"),
        ) from error
    found.read_tables()
    return Corpus(
        found.files,
        found.overrides,
        tuple(found.rejected),
        tuple(found.closed),
        found.members,
        found.unused,
        tuple(found.tables),
    )


class _Found:
    """What the walk has met so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, CorpusFile] = {}
        self.overrides: dict[str, Override] = {}
        self.rejected: list[Rejected] = []
        self.closed: list[str] = []
        self.members: dict[str, dict[str, Override]] = {}
        self.unused: dict[str, Rejected] = {}
        self.tables: list[Path] = []

    def walk(self) -> None:
        """List every file below the root, in order of its path. OSError where the root cannot be listed."""
        for folder, folders, names in os.walk(self.root, onerror=self._close):
            here = Path(folder)
            pages = page_names(names)
            folders[:] = sorted(
                name
                for name in folders
                if self._enters(here / name) and not is_of_page(name, pages)
            )
            source = self.source(here)
            prefix = "" if source == "." else f"{source}/"
            for name in sorted(names):
                self._meet(os.path.join(folder, name), prefix, name)  # noqa: PTH118  (the quicker)

    def _enters(self, folder: Path) -> bool:
        """Whether the walk goes into a folder: hidden ones, links and indexes are left out."""
        try:
            if not folder.is_symlink():
                return not folder.name.startswith(".") and not _is_index(folder)
        except OSError as error:
            error.filename = str(folder)
            self._close(error)
        else:
            self.reject(folder, Message("linked_folder"))
        return False

    def _close(self, error: OSError) -> None:
        path = Path(str(error.filename))
        if path == self.root:
            raise error
        self.closed.append(self.source(path))
        self.reject(path, Message("closed_folder", error=error.strerror or str(error)))

    def _meet(self, path: str, prefix: str, name: str) -> None:
        """A file; `prefix` is its folder's source with "/"."""
        if name.lower() == FACTS:
            self.tables.append(Path(path))
        if not is_report(name):
            return
        source = prefix + _readable(normal_source(name))
        try:
            if source in self.files:
                raise CorpusError(Message("same_name"))
            self.files[source] = _listed(source, path)
        except CorpusError as error:
            self.reject(Path(path), error.message)
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
                self.closed.append(source)
            self.reject(Path(path), Message("cannot_open", error=error.strerror or str(error)))

    def read_tables(self) -> None:
        """Read every metadata.csv; what is wrong with a row costs that row, and is listed."""
        for path in self.tables:
            folder = self.source(path).rpartition("/")[0]
            try:
                if not path.is_file():
                    raise CorpusError(Message("not_a_file"))
                table = overrides_of(decode(path.read_bytes()).text, folder)
            except OSError as error:
                self.reject(path, Message("cannot_open", error=error.strerror or str(error)))
                continue
            except CorpusError as error:
                self.reject(path, error.message)
                continue
            self.overrides.update(table.facts)
            for fault in table.faults:
                self.reject(path, fault)
            for source, row in table.rows.items():
                if source not in self.files:
                    unused = Message("csv_no_file", source=source)
                    self._no_file(path, source, Message("csv_row", line=row, what=unused))

    def _no_file(self, table: Path, source: str, reason: Message) -> None:
        """A row of no file that is listed; there may be one in a file that is."""
        folders = source.split("/")
        above = ("/".join(folders[:depth]) for depth in range(1, len(folders)))
        holder = next((file for file in above if file in self.files), None)
        if holder is None:
            self.reject(table, reason)
            return
        self.unused[source] = Rejected(self.source(table), reason)
        if source in self.overrides:
            self.members.setdefault(holder, {})[source] = self.overrides[source]

    def reject(self, path: Path, reason: Message) -> None:
        self.rejected.append(Rejected(self.source(path), reason))

    def source(self, path: Path) -> str:
        """The path in the corpus, with U+FFFD for each byte of it that is no text."""
        return _readable(normal_source(path.relative_to(self.root).as_posix()))


def _readable(source: str) -> str:
    """U+FFFD for each byte that is no text."""
    return source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _listed(source: str, path: str) -> CorpusFile:
    """The file as the folder lists it. CorpusError where it cannot be a report by its name or kind."""
    if "\ufffd" in source:
        raise CorpusError(Message("name_not_utf8"))
    stat = os.stat(path)  # noqa: PTH116  (the quicker)
    if not S_ISREG(stat.st_mode):
        raise CorpusError(Message("not_a_file"))
    return CorpusFile(source, Path(path), stat.st_size, stat.st_mtime_ns)


def override_digest(
    override: Override | None, members: Mapping[str, Override] = MappingProxyType({})
) -> str:
    """ "" for none; it changes whenever a fact in the row does, or in one of a file in the file."""
    if not members:
        return hashlib.sha256(repr(override).encode()).hexdigest()[:16] if override else ""
    return hashlib.sha256(
        repr((override, sorted(members.items(), key=itemgetter(0)))).encode()
    ).hexdigest()[:16]


def _is_index(folder: Path) -> bool:
    return (
        os.access(folder, os.X_OK) and (folder / MANIFEST).is_file() and any(folder.glob("*.toc"))
    )
