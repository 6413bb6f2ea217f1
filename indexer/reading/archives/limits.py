"""How much of a container is read: all limits in one table, and what is spent of them."""

from __future__ import annotations

from typing import Protocol

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.formats import HEAD

TOTAL = 2 << 30
"""Most bytes that a file of the corpus may hold, unpacked: of all files in it, and in those."""
MEMBER = 256 << 20
"""Most bytes of one file in it."""
MEMBERS = 100_000
"""Most files in it."""
DEPTH = 4
"""Most containers that lie in each other: a.zip/b.zip/c.zip/d.zip is four."""
RATIO = 200
"""Most bytes unpacked for one packed. Reports need 3 to 10, tables of nothing 50, bombs 1,000."""
FREE = 64 << 20
"""So many bytes may be unpacked whatever the ratio."""
PATH = 1_000
"""Most code points of a path in a container."""


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


class TooMuchError(UnreadableError):
    """A container holds more than is read of any: what was read so far stays, the rest is left."""

    code = "too_much"


class Budget:
    """What may still be unpacked of one file of the corpus, which has `packed` bytes."""

    def __init__(self, packed: int) -> None:
        self._bytes = self._members = 0
        self._most = min(TOTAL, max(FREE, RATIO * packed))

    def member(self) -> None:
        """One file more. Raises TooMuchError."""
        self._members += 1
        if self._members > MEMBERS:
            raise TooMuchError(Message("too_many_members", most=MEMBERS))

    def spend(self, count: int) -> None:
        """So many bytes more. Raises TooMuchError."""
        self._bytes += count
        self.check(self._bytes)

    def check(self, unpacked: int) -> None:
        """TooMuchError where so many bytes are more than may be unpacked in all."""
        if unpacked <= self._most:
            return
        if self._most == TOTAL:
            raise TooMuchError(Message("too_much_unpacked", most=TOTAL >> 30))
        raise TooMuchError(Message("bomb", ratio=RATIO))

    def head_of(self, stream: Stream) -> bytes:
        """The first HEAD bytes of a file, or all that it has."""
        head = b""
        while len(head) < HEAD and (part := stream.read(HEAD - len(head))):
            head += part
        self.spend(len(head))
        return head

    def all_of(self, stream: Stream, head: bytes = b"") -> bytes:
        """A file whose first bytes were read. UnreadableError where it is larger than one may be."""
        parts, size = [head], len(head)
        while part := stream.read(1 << 20):
            self.spend(len(part))
            parts.append(part)
            size += len(part)
            if size > MEMBER:
                raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
        return b"".join(parts)
