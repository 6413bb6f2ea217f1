"""The folder that holds an index: what it was built with, how its files are written and go."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Mapping, Set
from pathlib import Path

from indexer.errors import OtherVersionError
from indexer.messages import Message
from indexer.text.fingerprint import text_fingerprint

FORMAT_VERSION = 4
"""Raise it whenever the files change (see arrays/FORMAT.md): an index of another one is refused."""
PARSER_VERSION = 4
"""Raise it whenever reports are read otherwise than before: the index is refused until rebuilt."""
MANIFEST = "gongkai.json"
"""Its presence also tells that a folder is an index of ours."""
CORPUS_NOTE = "corpus.json"
"""Names the folder of the corpus; see corpus_note.py."""
NEW = ".new"
"""Suffix of a file that is to replace another."""

_PATIENCE = (0.01, 0.05, 0.2, 0.5, 1.0)
"""Seconds between tries to replace a file that is being read."""

_UNFINISHED = re.compile(r".*\.(run\d+|new)")
_LEFTOVERS = re.compile(
    r"segment-[0-9a-f]+\.(arrays|run\d+)|_MAIN_\d+\.toc|((gongkai|corpus)\.json|(alike|echoes)-.*)\.new"
    r"|echoes-\d+-[0-9a-f]{8}"
    # Whoosh's own, and of earlier formats
    r"|MAIN_[0-9a-z]+\.[A-Za-z0-9_.]+|_MAIN_\d+\.toc\..*|checksums\.json(\.new)?"
)
"""Files of an index that may be removed where they are not of its generation. (The likenesses of earlier
ones stay until newer ones stand: likeness/find.py.)"""


def fingerprint() -> Mapping[str, str]:
    """What an index of this installation depends on."""
    return {"format": str(FORMAT_VERSION), "parser": str(PARSER_VERSION), **text_fingerprint()}


def check_fingerprint(folder: Path, there: Mapping[str, object]) -> None:
    """OtherVersionError, with what differs, where the index is not of this installation's kind."""
    differing = tuple(
        Message("version_differs", name=name, there=_shown(there.get(name)), here=value)
        for name, value in fingerprint().items()
        if there.get(name) != value
    )
    if differing:
        raise OtherVersionError(
            Message("index_of_other_version", folder=str(folder), differing=differing),
            hint=Message("other_version_hint"),
        )


def _shown(stated: object) -> Message | str:
    return Message("version_not_stated") if stated is None else str(stated)


def write_durably(path: Path, data: bytes) -> None:
    """The file's bytes are on the disk, whatever happens to the machine."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, data: bytes) -> None:
    """The file holds either what it held or all of `data`, whatever happens in between."""
    beside = unfinished(path)
    write_durably(beside, data)
    put_in_place(beside, path)
    sync_folder(path.parent)


def unfinished(path: Path) -> Path:
    """The file that is to replace another one, as long as it is written."""
    return path.with_name(path.name + NEW)


def put_in_place(new: Path, path: Path) -> None:
    """One rename. Windows refuses it while another program reads the file, which ours do in no time."""
    for seconds in _PATIENCE if sys.platform == "win32" else ():
        try:
            new.replace(path)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    new.replace(path)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk, too."""
    if sys.platform == "win32":  # no folder can be synced there
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def stands(path: Path) -> bool:
    """Whether a file can be seen to be there: where the disk fails, it cannot."""
    try:
        return path.exists()
    except OSError:
        return False


def is_unfinished(name: str) -> bool:
    """Whether a file is of use to no reader: to the run that writes it, or to the next one."""
    return _UNFINISHED.fullmatch(name) is not None


def remove_leftovers(folder: Path, keep: Set[str]) -> None:
    """Remove the files of earlier generations and of runs that were killed.

    One that cannot be removed now is tried again after the next commit.
    """
    for path in folder.iterdir():
        if _LEFTOVERS.fullmatch(path.name) and path.name not in keep:
            with contextlib.suppress(OSError):
                path.unlink()
    with contextlib.suppress(OSError):
        (folder / "MAIN.tmp").rmdir()  # Whoosh's
