"""What every test may use: the index of the sample corpus, and the real reports where they are."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import settings

from indexer.pipeline.build import build
from indexer.text.segment import segmenter_name
from search.local.engine import IndexEngine
from tests.compiled import compile_once
from tests.depth import draws
from tests.oracle.scan_engine import ScanEngine

compile_once()
settings.register_profile(
    "gongkai", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=draws(100)
)
settings.load_profile("gongkai")

os.environ["LC_ALL"] = "C.UTF-8"  # no language: the command line speaks Chinese


def pytest_report_header() -> str:
    """Two segmenters may serve; a run says which one did."""
    return f"words: {segmenter_name()}"


ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus"


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample corpus."""
    folder = tmp_path_factory.mktemp("samples") / "index"
    build(SAMPLES, folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def samples(samples_index: Path) -> IndexEngine:
    """The engine over the sample corpus."""
    return IndexEngine(samples_index)


@pytest.fixture(scope="session")
def scanned_samples(samples_index: Path) -> ScanEngine:
    """The scan of the same reports, folded once."""
    return ScanEngine.of_index(samples_index)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, which is no part of the project."""
    named = os.environ.get("GONGKAI_SHARED")
    if not named:
        pytest.skip("GONGKAI_SHARED does not name the folder of real reports")
    folder = Path(named)
    assert (folder / "corpora" / "seeds").is_dir(), f"no real reports in GONGKAI_SHARED={named}"
    return folder


@pytest.fixture(scope="session")
def work_reports(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The government work reports, unpacked; GONGKAI_WORK_REPORTS may name a folder to reuse."""
    unpacked = os.environ.get("GONGKAI_WORK_REPORTS")
    if unpacked:
        return Path(unpacked)
    folder = tmp_path_factory.mktemp("work-reports")
    with tarfile.open(shared / "corpora" / "government-work-reports.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="session")
def work_reports_index(work_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the government work reports; GONGKAI_WORK_INDEX may name one to reuse."""
    built = os.environ.get("GONGKAI_WORK_INDEX")
    if built:
        return Path(built)
    folder = tmp_path_factory.mktemp("work-reports-index") / "index"
    build(work_reports, folder, jobs=os.cpu_count() or 1)
    return folder


@pytest.fixture(scope="session")
def work_reports_engine(work_reports_index: Path) -> IndexEngine:
    return IndexEngine(work_reports_index)
