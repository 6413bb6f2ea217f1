"""10,000 links into government work reports, verified after these were edited and changed their formats."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.moved_links import Judged, Paper, measured

pytestmark = pytest.mark.real

REPORTS = 150
LINKS = 10_000
FLOOR = 0.999
"""Share of the passages that stand as they were which are found again."""


def papers(folder: Path) -> Iterator[Paper]:
    """Title and paragraphs of the reports below a folder, in an order drawn by a seed."""
    files = sorted(folder.rglob("*.md"))
    Random(3).shuffle(files)
    for file in files:
        head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        title = [line for line in head.split("\n") if line.startswith("title:")]
        lines = [line.strip().replace("**", "") for line in body.split("\n") if line.strip()]
        if title and len(lines) > 8:
            stem = file.relative_to(folder).with_suffix("").as_posix()
            yield Paper(stem, title[0].removeprefix("title:").strip(), lines)


@pytest.mark.parametrize("batches", [1, 20])
def test_links_outlive_edits(work_reports: Path, tmp_path: Path, batches: int) -> None:
    """All of a report's links at once, and a few at a time."""
    drawn = [paper for paper, _ in zip(papers(work_reports), range(REPORTS), strict=False)]
    jobs = os.cpu_count() or 1
    found = measured(drawn, tmp_path, LINKS, batches, jobs=jobs, batches=batches)
    for way, judged in found.items():
        print(f"{way}: {told(judged)}")
    assert [judged.examples for judged in found.values() if judged.wrong] == []
    unchanged = sum(judged.unchanged for judged in found.values())
    again = sum(judged.found for judged in found.values())
    print(f"found again {again:,} of {unchanged:,}")
    assert again >= FLOOR * unchanged


def told(judged: Judged) -> str:
    return (
        f"{judged.links} links, {judged.unchanged} unchanged, {judged.found} found, "
        f"{judged.doubted} elsewhere with a word of doubt, {judged.wrong} wrong; {dict(judged.outcomes)}"
    )
