"""Checksums by piece: every changed byte of a file is seen, and where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.arrays import checksums as checksums_module
from indexer.arrays.array_file import ArrayFile, ArrayWriter, read_array_file
from indexer.arrays.checksums import PIECE, PieceSums
from indexer.errors import DamagedIndexError


@given(st.lists(st.binary(max_size=20), max_size=6), st.sampled_from([1, 3, 8, 1 << 16]))
def test_sums_do_not_depend_on_how_it_is_added(parts: list[bytes], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checksums_module, "PIECE", size)
        whole, parted = PieceSums(), PieceSums()
        whole.add(b"".join(parts))
        for part in parts:
            parted.add(memoryview(part))
        sums = whole.finish()
        assert sums == parted.finish()
    assert len(sums) == 4 * -(-sum(map(len, parts)) // size)


def written(path: Path) -> ArrayFile:
    """A file of some pieces: a small array, one of two pieces and a bit, and one of a piece."""
    with ArrayWriter(path) as writer:
        writer.write("first", np.arange(5, dtype=np.uint32))
        writer.write("large", np.arange(PIECE + 10, dtype=np.uint16))
        writer.write("last", np.arange(PIECE, dtype=np.uint8))
        writer.tables["names"] = ["甲", "乙"]
    return read_array_file(path)


def test_what_changed_is_known_by_its_piece(tmp_path: Path) -> None:
    path = tmp_path / "file"
    file = written(path)
    assert not file.damaged(file.arrays)
    assert file.pieces.damaged(0, file.pieces.size) == []
    first, end = file.byte_ranges["large"]
    assert end - first == 2 * (PIECE + 10)
    data = bytearray(path.read_bytes())
    for at, blamed in ((3, "first"), (PIECE + 1, "large"), (file.byte_ranges["last"][0], "last")):
        changed = data.copy()
        changed[at] ^= 1
        path.unlink()
        path.write_bytes(changed)
        again = read_array_file(path)
        assert again.pieces.damaged(0, again.pieces.size) == [at // PIECE * PIECE]
        assert again.damaged([blamed])
        assert again.pieces.damaged(at, at + 1) == [at // PIECE * PIECE]
        beside = (at // PIECE + 1) * PIECE
        assert again.pieces.damaged(beside, beside + PIECE) == []


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with ArrayWriter(path) as writer:
        writer.write("some", np.arange(40, dtype=np.uint16))
        writer.write("more", np.arange(3, dtype=np.uint64))
        writer.tables["names"] = ["甲"]
    data = path.read_bytes()
    for at in range(len(data)):
        for change in (1, 0x20, 0xFF):
            changed = bytearray(data)
            changed[at] ^= change
            path.unlink()
            path.write_bytes(changed)
            assert is_damaged(path), at


def is_damaged(path: Path) -> bool:
    try:
        file = read_array_file(path)
    except DamagedIndexError:
        return True
    return bool(file.pieces.damaged(0, file.pieces.size))
