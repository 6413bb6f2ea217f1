"""A commit: the files of a generation first, all of them on the disk; then, by one rename, its manifest."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from indexer.errors import DamagedIndexError, IndexUnusableError
from indexer.store.directory import (
    MANIFEST,
    remove_leftovers,
    replace_durably,
    sync_folder,
    write_durably,
)
from indexer.store.manifest import Manifest, SegmentEntry, stored_manifest
from indexer.store.whoosh.toc import toc_bytes

_TOC = re.compile(r"_MAIN_([0-9]+)\.toc")


def publish(folder: Path, segments: Sequence[SegmentEntry]) -> None:
    """Make these segments, whose files are on the disk, the newest generation.

    Whatever interrupts it, the index holds what it held, or all of the new generation. The old one's
    files go only when the new one is safe; what an interruption leaves over goes with the next
    commit. Raises OSError.
    """
    manifest = Manifest(_newest_number(folder) + 1, tuple(segments))
    try:
        toc = toc_bytes(manifest)
        manifest = replace(manifest, toc_checksum=f"{crc32(toc):08x}")
        write_durably(folder / manifest.toc, toc)
        sync_folder(folder)
        replace_durably(folder / MANIFEST, manifest.data())
    except BaseException:
        with contextlib.suppress(OSError, IndexUnusableError):
            _withdraw(folder, manifest)
        raise
    remove_leftovers(folder, manifest.staying)


def _newest_number(folder: Path) -> int:
    """The number of the newest generation, or of one that did not become it; -1 where none is."""
    found = (_TOC.fullmatch(path.name) for path in folder.iterdir())
    return max((int(match[1]) for match in found if match), default=-1)


def _withdraw(folder: Path, manifest: Manifest) -> None:
    """Remove the files of a generation but those that the one in the folder needs."""
    try:
        needed = stored_manifest(folder).files
    except DamagedIndexError:  # or of an earlier format: it is not the one that was to come
        needed = frozenset()
    for name in manifest.files - needed:
        (folder / name).unlink(missing_ok=True)
