"""The notebook that shows programs the way: it runs in a kernel, and shows what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

TOUR = ROOT / "search" / "programs" / "tour.ipynb"
EXECUTE = "from nbclient.cli import NbClientApp; NbClientApp.launch_instance()"


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = json.loads(TOUR.read_text("utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in cells)


def test_every_cell_runs(samples_index: Path, tmp_path: Path) -> None:
    pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    environment = os.environ | {
        "GONGKAI_INDEX": str(samples_index),
        "PYTHONPATH": str(ROOT),
        "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    run = subprocess.run(
        [sys.executable, "-c", EXECUTE, TOUR, "--output", tmp_path / "done"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert run.returncode == 0, run.stderr
    cells = json.loads((tmp_path / "done.ipynb").read_text("utf-8"))["cells"]
    shown = [_shown(cell) for cell in cells if cell["cell_type"] == "code"]
    assert "14 份报告，24 处" in shown[1]["text/html"]
    assert "Totals(reports=14" in shown[2]["text/plain"]
    assert "<mark" in shown[3]["text/html"]
    assert "year" in shown[4]["text/plain"]
    assert "shape: (5, 5)" in shown[5]["text/plain"]
    assert "/reports/" in shown[-2]["text/plain"]


def _shown(cell: dict[str, object]) -> dict[str, str]:
    """What a cell shows, by type."""
    outputs = cell["outputs"]
    assert isinstance(outputs, list)
    data = [output["data"] for output in outputs if "data" in output]
    return {kind: "".join(text) for each in data for kind, text in each.items()}
