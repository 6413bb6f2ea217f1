"""What every container can do, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from indexer.messages import Message
from indexer.reading.archives.limits import Stream


class Container(Protocol):
    """The files in an archive or mail, numbered from 0 in the order in which they lie there.

    `paths`: of each file as it is written there, "" for what is no file (a folder, a link); `fault`:
    why there are no more, though there should be.
    """

    @property
    def paths(self) -> Sequence[str]: ...

    @property
    def fault(self) -> Message | None: ...

    def open(self, number: int) -> AbstractContextManager[Stream]:
        """A file's bytes; numbers ascend from call to call. UnreadableError where there is no way to
        them, then or while they are read."""
