"""The seal of a pack: the digest of all that stands before it, in the comment that ends a ZIP file.

One byte changed or missing anywhere, and the seal does not fit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from indexer.messages import Message
from search.handover.errors import PackError, damaged

FORMAT = 1
"""Raise it whenever a pack is made otherwise: a pack of a later one is refused."""
_DIGITS = 64
_SEAL = re.compile(rb"gongkai-pack ([0-9]{4}) sha256:([0-9a-f]{64})")
_LENGTH = len(b"gongkai-pack 0001 sha256:") + _DIGITS
UNSEALED = b"gongkai-pack %04d sha256:" % FORMAT + b"0" * _DIGITS
"""The comment of a pack until it is sealed."""
PIECE = 1 << 20
"""Bytes that are read at once."""

Progress = Callable[[int, int], None]
"""Called with the bytes that there are to go through, and those just gone through."""


def seal(file: BinaryIO) -> str:
    """Seal a pack that is complete but for the digest; that is returned."""
    digest = _digest(file, file.seek(0, 2) - _DIGITS)
    file.seek(-_DIGITS, 2)
    file.write(digest.encode())
    return digest


def sealed(path: Path) -> str | None:
    """The digest that a file's seal states, whether it fits or not; None where it has none."""
    try:
        with path.open("rb") as file:
            found = _stated(file)
    except OSError:
        return None
    return found[1].decode() if found else None


def check_seal(path: Path, file: BinaryIO, progress: Progress | None = None) -> str:
    """The digest of a pack, every byte of which was looked at. PackError where it has no seal, one that does
    not fit, or that of a later format (which is under the seal, too)."""
    found = _stated(file)
    if found is None:
        raise PackError(Message("pack_unsealed", file=str(path)), hint=Message("pack_damaged_hint"))
    if _digest(file, file.seek(0, 2) - _DIGITS, progress) != found[1].decode():
        raise damaged(path, Message("fault_seal"))
    if int(found[0]) > FORMAT:
        raise PackError(
            Message("pack_of_later_format", file=str(path), there=int(found[0]), here=FORMAT),
            hint=Message("saved_of_newer_version_hint"),
        )
    return found[1].decode()


def _stated(file: BinaryIO) -> tuple[bytes, bytes] | None:
    """The format and the digest that a seal states."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LENGTH))
    match = _SEAL.fullmatch(file.read(_LENGTH))
    return (match[1], match[2]) if match else None


def _digest(file: BinaryIO, size: int, progress: Progress | None = None) -> str:
    """Of the first so many bytes."""
    digest, left = hashlib.sha256(), size
    file.seek(0)
    while left and (piece := file.read(min(PIECE, left))):
        digest.update(piece)
        left -= len(piece)
        if progress:
            progress(size, len(piece))
    return digest.hexdigest()
