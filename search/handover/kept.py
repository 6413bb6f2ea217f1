"""Where packs are unpacked to, once each: a folder named after the digest, in which what is found later
stays, too."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.errors import OtherVersionError
from indexer.messages import Message
from indexer.store.corpus_note import note_corpus
from indexer.store.manifest import current_generation, read_manifest
from search.handover.contents import CORPUS, INDEX, SAVED, Contents
from search.handover.errors import PackError, not_written
from search.handover.seal import Progress, check_seal, sealed
from search.handover.table import read_table, written
from search.handover.unpack import unpack

NOTE = "pack.json"
"""In such a folder: what was unpacked. It is written last."""
SUFFIX = ".gongkai"
"""What the name of a pack ends in."""
_NEW = ".new-"
_LONG = 24 * 60 * 60  # seconds
_SHORT = 16  # hex digits of a digest that name a folder


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack that was unpacked: what it held, and its folder; `anew`: it was not there before."""

    folder: Path
    contents: Contents
    anew: bool

    @property
    def index(self) -> Path:
        return self.folder / INDEX.rstrip("/")

    @property
    def corpus(self) -> Path:
        return self.folder / CORPUS.rstrip("/")


def is_pack(path: Path) -> bool:
    """Whether it is a file that ends as a pack does, or is named as one."""
    return path.is_file() and (path.suffix == SUFFIX or sealed(path) is not None)


def packs_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where programs keep what is the user's, by the custom of the system: what is found in a pack stays
    there. $XDG_DATA_HOME or ~/.local/share; ~/Library/Application Support on a Mac; %LOCALAPPDATA% on
    Windows. PackError where the user has no home."""
    try:
        if sys.platform == "win32":
            named = environment.get("LOCALAPPDATA")
            data = Path(named) if named else Path.home() / "AppData" / "Local"
        elif sys.platform == "darwin":
            data = Path.home() / "Library" / "Application Support"
        else:
            named = environment.get("XDG_DATA_HOME", "")
            data = Path(named) if named.startswith("/") else Path.home() / ".local" / "share"
    except RuntimeError as error:
        raise PackError(Message("pack_no_home"), hint=Message("pack_no_home_hint")) from error
    return data / "gongkai" / "packs"


def open_pack(path: Path, packs: Path, progress: Progress | None = None) -> Opened:
    """The pack, unpacked below `packs`: every byte of it is verified, each time; it is written out where that
    was not done before, or is no longer all there. What was found stays.

    PackError says what is wrong with it.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise PackError(
            Message("pack_closed", file=str(path), error=error.strerror or str(error)),
            hint=Message("pack_closed_hint"),
        ) from error
    with file:
        folder = packs / check_seal(path, file, progress)[:_SHORT]
        there = _there(folder)
        opened = Opened(
            folder, there or _unpack_into(path, file, folder, progress), anew=there is None
        )
    _check_version(opened)
    return opened


def _check_version(opened: Opened) -> None:
    """OtherVersionError, with what mends it: the corpus is at hand."""
    try:
        read_manifest(opened.index)
    except OtherVersionError as error:
        hint = Message("pack_version_hint", corpus=str(opened.corpus), index=str(opened.index))
        raise OtherVersionError(error.message, hint=hint) from error


def _there(folder: Path) -> Contents | None:
    """What was unpacked there, if all of it is there still; an index that was brought up to date since then
    looks after itself."""
    try:
        with (folder / NOTE).open("rb") as file:
            contents = read_table(file)
    except (OSError, ValueError):
        return None
    if current_generation(folder / INDEX) not in (None, contents.generation):
        return contents
    whole = all(_is_there(folder / each.name, each.bytes) for each in contents.files)
    return contents if whole else None


def _is_there(path: Path, size: int) -> bool:
    """Whether the file has its size; what is found makes that of findings another."""
    try:
        return path.stat().st_size == size or path.name == SAVED
    except OSError:
        return False


def _unpack_into(path: Path, file: BinaryIO, folder: Path, progress: Progress | None) -> Contents:
    """Unpack beside the folder, then take its place, but for what was found there."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder.parent)
        with tempfile.TemporaryDirectory(prefix=_NEW, dir=folder.parent) as made:
            fresh = Path(made) / folder.name
            fresh.mkdir()
            contents = unpack(path, file, fresh, progress)
            with (fresh / NOTE).open("wb") as note:
                note.writelines(written(contents))
            _take_place(fresh, folder)
    except OSError as error:
        raise not_written(folder, error) from error
    note_corpus(folder / INDEX, folder / CORPUS)
    return contents


def _remove_leftovers(packs: Path) -> None:
    """What was being unpacked by a process that was killed: no other takes so long."""
    for made in packs.glob(f"{_NEW}*"):
        if time.time() - made.stat().st_mtime > _LONG:
            shutil.rmtree(made, ignore_errors=True)


def _take_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    (folder / NOTE).unlink(missing_ok=True)
    for name in (INDEX, CORPUS):
        shutil.rmtree(folder / name, ignore_errors=True)
        (fresh / name).rename(folder / name)
    if not (folder / SAVED).exists() and (fresh / SAVED).exists():
        (fresh / SAVED).rename(folder / SAVED)
    (fresh / NOTE).rename(folder / NOTE)
