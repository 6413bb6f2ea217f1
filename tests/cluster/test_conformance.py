"""The conformance cases, answered by a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import build
from search.remote.engine import ClusterEngine
from tests.cluster.filled import filled, of_index
from tests.conformance.test_conformance import HERE, check, searches

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterEngine]:
    folder = tmp_path_factory.mktemp("small") / "index"
    build(HERE / "small" / "reports", folder, jobs=1)
    with filled(of_index(folder)) as engine:
        yield engine


@pytest.fixture(scope="module")
def sampled(samples_index: Path) -> Iterator[ClusterEngine]:
    with filled(of_index(samples_index)) as engine:
        yield engine


@pytest.mark.parametrize("case", searches("small"))
def test_small(small: ClusterEngine, case: dict[str, Any]) -> None:
    check(small, case)


@pytest.mark.parametrize("case", searches("samples"))
def test_samples(sampled: ClusterEngine, case: dict[str, Any]) -> None:
    check(sampled, case)
