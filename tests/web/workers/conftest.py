"""An index, and an application with workers over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.web.workers.tools import Front, add, made_app


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of three reports, two of which are alike."""
    folder = tmp_path_factory.mktemp("workers")
    add(folder, 2019, 2020, 2021)
    return folder / "index"


@pytest.fixture(scope="module")
def front(index: Path) -> Iterator[Front]:
    source = FixedSource(IndexEngine(index))
    with Front(made_app(source, index), source, index) as made:
        yield made
