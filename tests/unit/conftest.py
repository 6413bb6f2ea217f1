from __future__ import annotations

from pathlib import Path

import pytest

from search.handover.pack import Packed, pack
from tests.three_reports import REPORT, run, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    for place in ("东胜区", "三元区", "昆山市"):
        write(root / place / "2018.txt", REPORT.format(place=place))
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where packs are written to."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def packed(corpus: Path, folder: Path, out: Path) -> Packed:
    """A pack of the corpus with three reports."""
    write(corpus / "metadata.csv", "source,year\n昆山市/2018.txt,2017\n")
    run(corpus, folder)
    return pack(folder, corpus, out / "三区.gongkai")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Where packs are unpacked to."""
    return tmp_path / "packs"
