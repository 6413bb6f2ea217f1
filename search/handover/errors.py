"""What can be wrong with a pack."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import GongkaiError
from indexer.messages import Message


class PackError(GongkaiError):
    """A pack cannot be made or opened; the hint says what to do."""

    code = "pack"


def damaged(file: Path, fault: Message) -> PackError:
    """The file is not what was packed."""
    return PackError(
        Message("pack_damaged", file=str(file), fault=fault), hint=Message("pack_damaged_hint")
    )


def not_written(path: Path, error: OSError) -> PackError:
    """The system does not let us write there: the disk is full, say."""
    return PackError(
        Message("pack_not_written", path=str(path), error=error.strerror or str(error)),
        hint=Message("pack_not_written_hint"),
    )
