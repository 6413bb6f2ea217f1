"""What an index holds must agree with itself, even where every checksum is right."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.arrays import frequent
from indexer.arrays.array_file import ArrayWriter, read_array_file
from indexer.errors import DamagedIndexError
from indexer.pipeline.build import build
from indexer.store.directory import MANIFEST
from indexer.store.manifest import read_manifest
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


@pytest.mark.parametrize("name", ARRAYS)
def test_disagreement_is_seen(index: Path, tmp_path: Path, name: str) -> None:
    assert verify(index).reports == 3
    copy = shutil.copytree(index, tmp_path / "index")
    change(copy, name)
    with pytest.raises(DamagedIndexError, match="不符"):
        verify(copy)


def change(index: Path, name: str) -> None:
    """One bit of an array is another one, and every checksum right again."""
    (path,) = index.glob("*.arrays")
    file = read_array_file(path)
    arrays = {known: array.copy() for known, array in file.arrays.items()}
    arrays[name].view(np.uint8)[0] ^= 0x10
    path.unlink()
    with ArrayWriter(path) as writer:
        for known, array in arrays.items():
            writer.write(known, array)
        writer.tables = dict(file.tables)
    manifest = read_manifest(index)
    (segment,) = manifest.segments
    segments = (replace(segment, checksum=writer.checksum),)
    (index / MANIFEST).write_bytes(replace(manifest, segments=segments).data())
