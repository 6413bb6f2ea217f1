"""Hits as they are printed: with their quotes, in order, marked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Line, Report, Section
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.oracle.direct import engine_of

TITLE = "报告"


def engine(folder: Path, text: str) -> IndexEngine:
    """An engine over one report of one line."""
    line = Line(text, len(TITLE) + 1)
    section = Section("other", None, 1, (), (line,))
    report = Report("a.txt", TITLE, "other", None, None, None, None, None, (), (section,))
    return engine_of(folder, [[report]])


@pytest.mark.parametrize(
    ("text", "query", "printed"),
    [
        ("推进“三务”公开。", "三务公开", ["“三务”公开"]),
        ("推进“三务” 公开栏", "务公开", ["务” 公开"]),
        ("推进“ 三务”公开", "三务公开", ["“ 三务”公开"]),
        ("公开“三务 ”栏", "公开三务", ["公开“三务 ”"]),
        ("（“三务”公开）栏", "三务公开", ["“三务”公开"]),
        ("“三务”𠮷”", "三务𠮷", ["“三务”𠮷"]),
        ("公开“𠮷 ”栏", "公开𠮷", ["公开“𠮷 ”"]),
        ("“三务”", "三务", ["三务"]),
        ("三务”公开", "三务公开", ["三务”公开"]),
        # two hits that begin at one character: the longer takes a quote along
        ("推进“三务”公开。", "三务 OR 三务公开", ["“三务”公开", "三务"]),
        ("推进“三务”公开。", "三 OR 三?公", ["“三务”公", "三"]),
        (
            "推进“" + " " * 300 + "三务”公开。",
            "三务 OR 三务公开",
            ["“" + " " * 300 + "三务”公开", "三务"],
        ),
    ],
)
def test_hits_and_marks(tmp_path: Path, text: str, query: str, printed: list[str]) -> None:
    request = SearchRequest(q=query)
    found = engine(tmp_path, text)
    (report,) = found.search(request).reports
    whole = found.report(report.id).text()
    hits = found.hits(report.id, request)
    assert [whole[hit.start : hit.end] for hit in hits] == printed
    assert list(hits) == sorted(hits, key=lambda hit: (hit.start, hit.end))
    (passage,) = report.passages
    assert [part.text for part in passage.fragments if part.hit] == printed[:1]
    assert whole[passage.start : passage.end] == printed[0]
