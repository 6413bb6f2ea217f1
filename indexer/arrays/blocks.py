"""Checksums by block: which bytes of a file are no longer those that were written."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 16
"""Bytes under one checksum."""


class BlockSums:
    """CRC-32 of each block of what is added, piece by piece."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._sum = 0
        self._filled = 0

    def add(self, data: bytes | memoryview) -> None:
        """The next bytes."""
        at = 0
        while at < len(data):
            end = min(len(data), at + BLOCK - self._filled)
            self._sum = crc32(data[at:end], self._sum)
            self._filled += end - at
            at = end
            if self._filled == BLOCK:
                self._end_block()

    def finish(self) -> bytes:
        """The checksums of all blocks, 4 bytes each, little-endian; the last may be shorter."""
        if self._filled:
            self._end_block()
        return np.array(self._sums, "<u4").tobytes()

    def _end_block(self) -> None:
        self._sums.append(self._sum)
        self._sum = self._filled = 0


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """The first `size` bytes of a mapped file, and the checksum of each block of them."""

    data: mmap.mmap
    size: int
    sums: NDArray[np.uint32]

    def damaged(self, start: int, end: int) -> list[int]:
        """Where blocks begin that hold any of the bytes from `start` to `end` and have changed."""
        firsts = range(start // BLOCK * BLOCK, min(end, self.size), BLOCK)
        with memoryview(self.data) as data:
            return [at for at in firsts if self._has_changed(data, at)]

    def _has_changed(self, data: memoryview, at: int) -> bool:
        with data[at : min(at + BLOCK, self.size)] as block:
            return crc32(block) != int(self.sums[at // BLOCK])
