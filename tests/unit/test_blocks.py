"""Checksums by block: every changed byte of a file is seen, and where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.arrays import blocks as blocks_module
from indexer.arrays.array_file import ArrayFile, ArrayWriter, read_array_file
from indexer.arrays.blocks import BLOCK, BlockSums
from indexer.errors import DamagedIndexError


@given(st.lists(st.binary(max_size=20), max_size=6), st.sampled_from([1, 3, 8, 1 << 16]))
def test_sums_do_not_depend_on_the_pieces(pieces: list[bytes], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "BLOCK", block)
        whole, parted = BlockSums(), BlockSums()
        whole.add(b"".join(pieces))
        for piece in pieces:
            parted.add(memoryview(piece))
        sums = whole.finish()
        assert sums == parted.finish()
    assert len(sums) == 4 * -(-sum(map(len, pieces)) // block)


def written(path: Path) -> ArrayFile:
    """A file of some blocks: a small array, one of two blocks and a bit, and one of a block."""
    with ArrayWriter(path) as writer:
        writer.write("first", np.arange(5, dtype=np.uint32))
        writer.write("large", np.arange(BLOCK + 10, dtype=np.uint16))
        writer.write("last", np.arange(BLOCK, dtype=np.uint8))
        writer.tables["names"] = ["甲", "乙"]
    return read_array_file(path)


def test_what_changed_is_known_by_its_block(tmp_path: Path) -> None:
    path = tmp_path / "file"
    file = written(path)
    assert not file.damaged(file.arrays)
    assert file.blocks.damaged(0, file.blocks.size) == []
    first, end = file.byte_ranges["large"]
    assert end - first == 2 * (BLOCK + 10)
    data = bytearray(path.read_bytes())
    for at, blamed in ((3, "first"), (BLOCK + 1, "large"), (file.byte_ranges["last"][0], "last")):
        changed = data.copy()
        changed[at] ^= 1
        path.unlink()
        path.write_bytes(changed)
        again = read_array_file(path)
        assert again.blocks.damaged(0, again.blocks.size) == [at // BLOCK * BLOCK]
        assert again.damaged([blamed])
        assert again.blocks.damaged(at, at + 1) == [at // BLOCK * BLOCK]
        beside = (at // BLOCK + 1) * BLOCK
        assert again.blocks.damaged(beside, beside + BLOCK) == []


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
    return bool(file.blocks.damaged(0, file.blocks.size))
