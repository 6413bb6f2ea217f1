"""A pack is unpacked: each file is verified as it is written out, and nothing is written elsewhere."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from indexer.messages import Message
from search.handover.contents import CORPUS, NAME, SAVED, Contents, Entry
from search.handover.errors import PackError, damaged, not_written
from search.handover.seal import PIECE, Progress
from search.handover.table import MOST_FILES, largest, read_table
from search.saved.copied import check_findings

MOST_TIMES = 200
"""How many times the size of a pack its files are at most: an index is packed to a third."""
_FREE = 64 << 20  # bytes of any pack that need not be in proportion
_ENCRYPTED = 0x1
_BROKEN = (
    BadZipFile, EOFError, KeyError, NotImplementedError, OverflowError, RuntimeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
"""What zipfile raises of a file that is none, or was made to harm."""


def unpack(path: Path, file: BinaryIO, folder: Path, progress: Progress | None = None) -> Contents:
    """Unpack the file at `path`, whose seal was checked, into a folder that is empty: `index/`, `corpus/`
    and, where something was found, `index.saved`. What was in it.

    PackError where it was made to harm, or cannot be written out; then parts of it may be in the folder.
    """
    with _mapped(path), ZipFile(file) as archive:
        contents = _contents(archive)
        _check_size(path, folder, contents)
        total = path.stat().st_size + contents.size
        for entry in contents.files:
            for count in _written_out(archive, entry, folder):
                if progress:
                    progress(total, count)
    if (folder / SAVED).exists():
        check_findings(folder / SAVED)
    (folder / CORPUS).mkdir(exist_ok=True)
    return contents


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise damaged(path, Message("fault_archive", error=f"{error}"[:200])) from error


def _contents(archive: ZipFile) -> Contents:
    """What the pack says that it holds. ValueError where it holds anything else."""
    infos = archive.infolist()
    table = archive.getinfo(NAME)
    if len(infos) > MOST_FILES + 1 or table.file_size > largest(archive.namelist()):
        raise ValueError("the table is too large")
    with archive.open(table) as opened:
        contents = read_table(opened)
    sizes = {entry.name: entry.bytes for entry in contents.files}
    held = [info for info in infos if info is not table]
    if len(held) != len(sizes) or any(sizes.get(i.filename) != i.file_size for i in held):
        raise ValueError("other files than those stated")
    for info in infos:
        plain = info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if not plain or info.flag_bits & _ENCRYPTED:
            raise ValueError("packed otherwise")
    return contents


def _check_size(path: Path, folder: Path, contents: Contents) -> None:
    """PackError before anything is written that would fill the disk."""
    if contents.size > _FREE + MOST_TIMES * path.stat().st_size:
        raise damaged(path, Message("fault_bomb", bytes=contents.size))
    free = shutil.disk_usage(folder).free
    if contents.size > free:
        raise PackError(
            Message("pack_no_space", folder=str(folder), bytes=contents.size, free=free),
            hint=Message("pack_not_written_hint"),
        )


def _written_out(archive: ZipFile, entry: Entry, folder: Path) -> Iterator[int]:
    """One file, and how many bytes of it were written each time. ValueError where they are not those
    stated."""
    path = folder / entry.name
    digest, left = hashlib.sha256(), entry.bytes
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry.name) as packed, path.open("xb") as file:
            while left >= 0 and (piece := packed.read(min(PIECE, left + 1))):
                left -= len(piece)
                digest.update(piece)
                file.write(piece)
                yield len(piece)
        if entry.mtime_ns:
            os.utime(path, ns=(entry.mtime_ns, entry.mtime_ns))
    except OSError as error:
        raise not_written(path, error) from error
    if left or digest.hexdigest() != entry.sha256:
        raise ValueError(f"{entry.name} is not what was packed")
