from __future__ import annotations

from pathlib import Path

import pytest

from tests.three_reports import REPORT, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    for place in ("东胜区", "三元区", "昆山市"):
        write(root / place / "2018.txt", REPORT.format(place=place))
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"
