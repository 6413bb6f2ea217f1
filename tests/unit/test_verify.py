"""What an index holds must agree with itself, even where every checksum is right."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from indexer.arrays import frequent
from indexer.errors import DamagedIndexError
from indexer.pipeline.build import build
from indexer.store.directory import CHECKSUMS, write_checksums
from indexer.store.verify import verify

ARRAYS = ("folded", "printed", "kept", "word_starts", "pairs", "positions", "frequent_rows")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, all pairs that stand twice frequent."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "corpus").mkdir()
    for number in range(3):
        text = f"201{number}年{number}号政府工作报告\n一、回顾\n水利工程开工，“三务” 公开三年。\n"
        (folder / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequent, "LEAST", 2)
        patch.setattr(frequent, "SHARE", 1 << 40)
        build(folder / "corpus", folder / "index", jobs=1)
    return folder / "index"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", ARRAYS)
def test_disagreement_is_seen(index: Path, name: str) -> None:
    assert verify(index).reports == 3
    path = next(index.glob("*.arrays"))
    data = path.read_bytes()
    length = int.from_bytes(data[-16:-8], "little")
    _, start, count = json.loads(data[-16 - length : -16])["arrays"][name]
    assert count, "the array is empty: nothing is tried"
    changed = bytearray(data)
    changed[start] ^= 0x10
    try:
        _write(index, path, bytes(changed))
        with pytest.raises(DamagedIndexError, match="不符"):
            verify(index)
    finally:
        _write(index, path, data)
    gc.collect()


def _write(index: Path, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    (index / CHECKSUMS).unlink()
    write_checksums(index)
