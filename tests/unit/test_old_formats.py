"""An index of an earlier format is refused for reading, but what it knows of its files is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.errors import OtherVersionError
from indexer.store.reader import IndexReader, known_files

FORMATS = Path(__file__).parents[1] / "formats"
FORMER = ("6de6fe491722",)


@pytest.mark.parametrize("name", [folder.name for folder in sorted(FORMATS.iterdir())])
def test_what_an_earlier_format_knows(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(FORMATS / name, tmp_path / "index")
    with pytest.raises(OtherVersionError):
        IndexReader(folder)
    known = known_files(folder)
    assert len(known) == 6
    assert all(len(file.state.sha256) == 64 for file in known.values())
    assert known["福建/南平市/2020.txt"].former == FORMER
