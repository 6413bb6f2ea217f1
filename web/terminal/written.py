"""A file that a command writes: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from indexer.errors import GongkaiError
from indexer.messages import Message


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to a file beside it, which takes its name when the last is written: what was there
    stays until then, and where a piece cannot be made. GongkaiError where it cannot be written."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        part.replace(path)
    except OSError as error:
        raise GongkaiError(
            Message("file_not_written", file=str(path), error=error.strerror or str(error)),
            hint=Message("file_not_written_hint"),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
