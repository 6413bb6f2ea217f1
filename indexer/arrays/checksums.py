"""A CRC-32 for each piece of 64 KiB of a file: which bytes are no longer those that were written."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

PIECE = 1 << 16
"""Bytes under one checksum; the last piece of a file may be shorter."""


class PieceSums:
    """CRC-32 of each piece of what is added."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._sum = 0
        self._filled = 0

    def add(self, data: bytes | memoryview) -> None:
        """The next bytes."""
        at = 0
        while at < len(data):
            end = min(len(data), at + PIECE - self._filled)
            self._sum = crc32(data[at:end], self._sum)
            self._filled += end - at
            at = end
            if self._filled == PIECE:
                self._end_piece()

    def finish(self) -> bytes:
        """The checksums of all pieces, 4 bytes each, little-endian; the last may be shorter."""
        if self._filled:
            self._end_piece()
        return np.array(self._sums, "<u4").tobytes()

    def _end_piece(self) -> None:
        self._sums.append(self._sum)
        self._sum = self._filled = 0


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The first `size` bytes of a mapped file, and the checksum of each piece of them.

    `seen`: a byte for each piece, 1 where it was found to be what was written. Threads may share it.
    """

    data: mmap.mmap
    size: int
    sums: NDArray[np.uint32]
    seen: bytearray

    @staticmethod
    def of(data: mmap.mmap, size: int, sums: NDArray[np.uint32]) -> Pieces:
        return Pieces(data, size, sums, bytearray(len(sums)))

    @property
    def sound(self) -> bool:
        """Whether every piece was seen to be what was written."""
        return self.seen.find(0) < 0

    def damaged(self, start: int, end: int) -> list[int]:
        """Where pieces begin that hold any of the bytes from `start` to `end` and have changed."""
        firsts = range(start // PIECE * PIECE, min(end, self.size), PIECE)
        with memoryview(self.data) as data:
            return [at for at in firsts if self._has_changed(data, at)]

    def first_damaged(self, pieces: Iterable[int]) -> int | None:
        """The first byte of one of these pieces, by their numbers, that has changed; None where all are what
        was written. Those that were seen to be are not looked at again."""
        for piece in pieces:
            if not self.seen[piece] and self.damaged(piece * PIECE, piece * PIECE + 1):
                return piece * PIECE
        return None

    def _has_changed(self, data: memoryview, at: int) -> bool:
        with data[at : min(at + PIECE, self.size)] as piece:
            changed = crc32(piece) != int(self.sums[at // PIECE])
        self.seen[at // PIECE] = not changed
        return changed
