"""What `gongkai batch` has counted so far, beside the file that it is to write: a note a line, as JSON.

So a run that was stopped, or killed, is gone on with.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from indexer.errors import GongkaiError
from indexer.messages import Message
from indexer.store.lock import lock
from web.api.json_shape import Shape

SUFFIX = ".part"


class Part:
    """The notes of a run. Its first line is the digest of what is counted: notes of anything else are
    not taken over, and `anew` says so. One run has it at a time. GongkaiError where another has it, or it
    cannot be written."""

    def __init__(self, output: Path, digest: str) -> None:
        self._path = output.with_name(output.name + SUFFIX)
        self.anew = False
        try:
            self._file = _locked(self._path)
            self._taken_over(digest)
        except OSError as error:
            raise not_written(self._path, error) from error

    def __enter__(self) -> Part:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def _taken_over(self, digest: str) -> None:
        """Leave what is of this digest: its lines up to one that was not written to its end, or is not the
        next."""
        self._file.seek(0)
        first, whole = self._file.readline(), 0
        if first == _line({"digest": digest}):
            whole = len(first)
            for number, line in enumerate(self._file, 1):
                if _number(line) != number:
                    break
                whole += len(line)
        else:
            self.anew = bool(first)
        self._file.truncate(whole)
        if not whole:
            self._file.write(_line({"digest": digest}))
            self._file.flush()

    def notes(self) -> Iterator[dict[str, Any]]:
        """Those that are there."""
        self._file.seek(0)
        self._file.readline()
        for line in self._file:
            yield json.loads(line)

    def add(self, notes: Iterable[Shape]) -> int:
        """Keep more of them; how many."""
        lines = [_line(note) for note in notes]
        try:
            self._file.write(b"".join(lines))
            self._file.flush()
        except OSError as error:
            raise not_written(self._path, error) from error
        return len(lines)

    def remove(self) -> None:
        """All is written where it belongs. It goes while it is locked, so that no other run takes it over; but
        Windows removes no file that is open."""
        if sys.platform == "win32":
            self._file.close()
        self._path.unlink(missing_ok=True)
        self._file.close()


def _locked(path: Path) -> BinaryIO:
    """The file, locked: not one that was removed before it was. GongkaiError where another run has it."""
    while True:
        file = path.open("a+b")
        file.seek(0)
        if not lock(file.fileno()):
            file.close()
            raise GongkaiError(
                Message("list_being_counted", file=str(path)),
                hint=Message("list_being_counted_hint"),
            )
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(path.stat(), os.fstat(file.fileno())):
                return file
        file.close()


def not_written(path: Path, error: OSError) -> GongkaiError:
    return GongkaiError(
        Message("list_not_written", file=str(path), error=str(error.strerror or error)),
        hint=Message("list_not_written_hint"),
    )


def _number(line: bytes) -> int | None:
    """Which line of the list a note is of; None where it is none, or not whole."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found.get("line") if line.endswith(b"\n") and isinstance(found, dict) else None


def _line(note: Shape) -> bytes:
    text = json.dumps(note, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
