"""The government work reports, 3,074 files: all indexed, year and region right, the second run idle."""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.pipeline.build import build
from indexer.reading.read import read
from search.local.engine import IndexEngine
from search.model import ReportHit, SearchRequest

pytestmark = pytest.mark.real

REPORTS = 3_073
"""Two files hold one report: 淮安市's of 2016 stands under 淮南市, too."""
FLOOR = 0.995
FLOOR_HIDDEN_REGION = 0.985
FLOOR_HIDDEN_YEAR = 0.985


def path_facts(source: str) -> tuple[int, str]:
    """(year, region name) that the path states; 全国 where it names no region."""
    parts = source.split("/")
    match = re.match(r"\d{4}", parts[-1])
    assert match is not None
    local = any(part.startswith("政府工作报告-") and not part.endswith("国务院") for part in parts)
    return int(match.group()), parts[-2] if local else "全国"


def share(right: int) -> float:
    return right / REPORTS


def every_report(engine: IndexEngine) -> list[ReportHit]:
    pages = range(1, REPORTS // 100 + 2)
    return [
        hit for page in pages for hit in engine.search(SearchRequest(size=100, page=page)).reports
    ]


def test_all_are_indexed_with_year_and_region(work_reports_engine: IndexEngine) -> None:
    hits = every_report(work_reports_engine)
    assert len(hits) == REPORTS
    wrong = [
        (hit.source, hit.year, [region.name for region in hit.region])
        for hit in hits
        if (hit.year, hit.region[-1].name if hit.region else None) != path_facts(hit.source)
    ]
    print("path and report disagree:", *wrong, sep="\n  ")
    assert share(sum(hit.year == path_facts(hit.source)[0] for hit in hits)) >= FLOOR
    assert share(sum(_region(hit) == path_facts(hit.source)[1] for hit in hits)) >= FLOOR


def test_one_report_in_two_files_is_one(work_reports_engine: IndexEngine) -> None:
    of_2016 = [
        hit for hit in every_report(work_reports_engine) if hit.source.endswith("市/2016.md")
    ]
    (twin,) = [hit for hit in of_2016 if "淮南市" in hit.source or "淮安市" in hit.source]
    assert _region(twin) == "淮安市"
    (copy,) = work_reports_engine.report(twin.id).copies
    assert {Path(twin.source).parts[-2], Path(copy).parts[-2]} == {"淮南市", "淮安市"}


def _region(found: ReportHit | Report) -> str | None:
    return found.region[-1].name if found.region else None


def test_every_report_has_sections(work_reports_engine: IndexEngine) -> None:
    for hit in every_report(work_reports_engine):
        assert work_reports_engine.report(hit.id).sections


def blind(path: Path) -> tuple[str, int | None, str | None]:
    """(path, year, region) of a report whose path the parser is not told."""
    report = parse("report.md", read("report.md", path.read_bytes()))
    return path.as_posix(), report.year, _region(report)


def test_with_the_path_hidden(work_reports: Path) -> None:
    paths = sorted(work_reports.rglob("*.md"))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        found = list(pool.map(blind, paths, chunksize=32))
    years = share(sum(year == path_facts(path)[0] for path, year, _ in found))
    regions = share(sum(region == path_facts(path)[1] for path, _, region in found))
    print(f"path hidden: year {years:.2%}, region {regions:.2%}")
    assert years >= FLOOR_HIDDEN_YEAR
    assert regions >= FLOOR_HIDDEN_REGION


def test_later_runs_read_what_changed(
    work_reports: Path, work_reports_index: Path, tmp_path: Path
) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(work_reports, corpus)
    shutil.copytree(work_reports_index, folder)
    again = build(corpus, folder, jobs=1)
    assert (again.reports, again.read, again.unchanged, again.rejected) == (REPORTS, 0, REPORTS, [])
    touched = sorted(corpus.rglob("*.md"))[1_000]
    os.utime(touched)
    once = build(corpus, folder, jobs=1)
    assert (once.reports, once.read, once.unchanged) == (REPORTS, 1, REPORTS)
    with touched.open("a", encoding="utf-8") as file:
        file.write("\n又及：三务公开。\n")
    edited = build(corpus, folder, jobs=1)
    assert (edited.reports, edited.read, edited.updated) == (REPORTS, 1, 1)
    hits = IndexEngine(folder).search(SearchRequest(q="“三务”公开")).reports
    assert [hit.source for hit in hits] == [touched.relative_to(corpus).as_posix()]
