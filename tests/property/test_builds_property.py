"""Whatever happens to a corpus: an index that was brought up to date is as one that is built anew."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import build
from indexer.pipeline.tally import Summary
from indexer.store.reader import known_files
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.archives import zip_of
from tests.depth import draws
from tests.three_reports import REPORT, touch, write

TEXTS = [REPORT.format(place=place) for place in ("榆中县", "永泰县", "榆中县城关镇")] + [
    "政府信息公开年度报告\n推进三务公开。\n",
    "",
]
FOLDERS = ("甲", "乙/2018", "甘肃省榆中县")
NAMES = ("a.txt", "b.txt", "c.html", "d.zip")
STEPS = 6


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.pipeline.fill.is_light", lambda _: True)


def change(root: Path, draw: random.Random) -> None:
    """Write, copy, move, touch or remove a file, or an archive of some."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    path = root / draw.choice(FOLDERS) / draw.choice(NAMES)
    how = draw.randrange(6)
    if how < 2 or not files:
        _put(path, draw)
    elif how == 2:
        draw.choice(files).unlink()
    elif how == 3:
        touch(draw.choice(files))
    else:
        one = draw.choice(files)
        path = path.with_suffix(one.suffix)
        if one != path:
            path.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copyfile if how == 4 else shutil.move)(one, path)
            touch(path)


def _put(path: Path, draw: random.Random) -> None:
    later = path.stat().st_mtime_ns if path.exists() else 0
    if path.suffix == ".zip":
        names = draw.sample(["x.txt", "内/y.txt", "a.txt", "b.zip"], draw.randint(0, 4))
        inner = zip_of({"w.txt": draw.choice(TEXTS)})
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zip_of({n: inner if n == "b.zip" else draw.choice(TEXTS) for n in names}))
    else:
        write(path, draw.choice(TEXTS))
    while path.stat().st_mtime_ns <= later:
        touch(path)


def state(folder: Path) -> dict[str, Any]:
    """All that an index says, but the ids of moved files."""
    engine = IndexEngine(folder)
    hits = engine.search(SearchRequest(size=100)).reports
    reports = [engine.report(hit.id) for hit in hits]
    return {
        "reports": {r.source: (r.text(), r.year, r.region, r.copies) for r in reports},
        "rejected": engine.overview().rejected,
        "files": {
            source: (known.state.sha256, known.state.within, known.state.holds, known.sections)
            for source, known in known_files(folder).items()
        },
    }


def totals(summary: Summary) -> tuple[object, ...]:
    return summary.reports, summary.sections, summary.characters, summary.copies, summary.rejected


@pytest.mark.parametrize("seed", range(draws(60)))
def test_an_updated_index_equals_a_fresh_one(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    root, folder = tmp_path / "corpus", tmp_path / "index"
    root.mkdir()
    for step in range(STEPS):
        for _ in range(draw.randint(1, 3)):
            change(root, draw)
        # an empty folder by itself empties no index
        emptied = not any(path.is_file() for path in root.rglob("*"))
        updated = build(root, folder, jobs=1, rebuild=emptied)
        fresh = build(root, tmp_path / f"fresh{step}", jobs=1)
        assert totals(updated) == totals(fresh)
        assert state(folder) == state(tmp_path / f"fresh{step}")
        assert min(updated.added, updated.updated, updated.moved, updated.removed) >= 0, updated
        assert updated.added + updated.updated + updated.moved <= updated.reports
    verify(folder)
