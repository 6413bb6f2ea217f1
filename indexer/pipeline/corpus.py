"""What a corpus folder holds: its files, and the facts its owner wrote beside them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from indexer.errors import CorpusError
from indexer.model import normal_source
from indexer.parsing.overrides import FILE_NAME, Override, overrides_of
from indexer.reading.decode import decode
from indexer.store.directory import FINGERPRINT

_IGNORED = frozenset({"thumbs.db", "desktop.ini", FILE_NAME})


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
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """`files` by source; `overrides` by source; `rejected` are files that cannot even be listed."""

    files: Mapping[str, CorpusFile]
    overrides: Mapping[str, Override]
    rejected: tuple[Rejected, ...]


def scan_corpus(root: Path) -> Corpus:
    """List a corpus without opening its reports. CorpusError where there is no such folder.

    Left out: hidden files and folders, README files, metadata.csv, and folders that are an index.
    """
    if not root.is_dir():
        raise CorpusError(
            f"没有资料文件夹 {root}", hint="请检查路径；gongkai index 后面应写存放报告的文件夹。"
        )
    files: dict[str, CorpusFile] = {}
    overrides: dict[str, Override] = {}
    rejected: list[Rejected] = []
    for path in _walk(root):
        source = _readable(normal_source(path.relative_to(root).as_posix()))
        try:
            if path.name.lower() == FILE_NAME:
                overrides.update(_overrides(path, source))
            if _is_report(path.name):
                if source in files:
                    raise CorpusError("与另一文件同名（只是 Unicode 写法不同），请改名")
                files[source] = _listed(source, path)
        except CorpusError as error:
            rejected.append(Rejected(source, error.message))
        except OSError as error:
            rejected.append(Rejected(source, f"打不开：{error.strerror or error}"))
    return Corpus(files, overrides, tuple(rejected))


def _listed(source: str, path: Path) -> CorpusFile:
    """The file as the folder lists it. CorpusError where it cannot be a report by its name or kind."""
    if "\ufffd" in source:
        raise CorpusError("文件名不是合法的 UTF-8，请改名")
    stat = path.stat()
    if not S_ISREG(stat.st_mode):
        raise CorpusError("不是普通文件")
    return CorpusFile(source, path, stat.st_size, stat.st_mtime_ns)


def _readable(source: str) -> str:
    """The path with U+FFFD for each byte of it that is no text."""
    return source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def override_digest(override: Override | None) -> str:
    """ "" for none; it changes whenever a fact in the row does."""
    return hashlib.sha256(repr(override).encode()).hexdigest()[:16] if override else ""


def _overrides(path: Path, source: str) -> Mapping[str, Override]:
    folder = source.rpartition("/")[0]
    return overrides_of(decode(path.read_bytes()).text, folder)


def _walk(root: Path) -> Iterator[Path]:
    """Every file below `root`, in order of its path."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not (here / name / FINGERPRINT).exists()
        )
        for name in sorted(names):
            yield here / name


def _is_report(name: str) -> bool:
    lowered = name.lower()
    hidden = lowered.startswith((".", "~$"))
    return not hidden and lowered not in _IGNORED and lowered.partition(".")[0] != "readme"
