"""What `gongkai batch` has counted so far, beside the file that it is to write: a note a line, as JSON.

So a run that was stopped, or killed, is gone on with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.api.json_shape import Shape

SUFFIX = ".part"


class Part:
    """The notes of a run. Its first line is the digest of what is counted: notes of anything else are
    not taken over, and `anew` says so. GongkaiError where it cannot be written."""

    def __init__(self, output: Path, digest: str) -> None:
        self._path = output.with_name(output.name + SUFFIX)
        self.anew = False
        try:
            self._file = self._path.open("a+b")
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
        """Leave what is of this digest: all lines but one that was not written to its end."""
        self._file.seek(0)
        first, whole = self._file.readline(), 0
        if first == _line({"digest": digest}):
            whole = len(first) + sum(len(line) for line in self._file if line.endswith(b"\n"))
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
        """All is written where it belongs."""
        self._file.close()
        self._path.unlink()


def not_written(path: Path, error: OSError) -> GongkaiError:
    return GongkaiError(
        Message("list_not_written", file=str(path), error=str(error.strerror or error)),
        hint=Message("list_not_written_hint"),
    )


def _line(note: Shape) -> bytes:
    text = json.dumps(note, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
