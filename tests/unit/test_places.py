"""Where a line is printed goes with it: through the parser, into the index, through merges."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.arrays.gather import Gatherer
from indexer.arrays.merge import merge
from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState, read_report, record_of
from indexer.arrays.segment import open_segment
from indexer.model import NO_PLACE, Place, Report
from indexer.parsing.parse import parse
from indexer.reading.document import Document, RawLine
from search.model import SearchRequest
from tests.oracle.direct import engine_of

SCANNED = Document(
    (
        RawLine("甲县2018年政府信息公开年度报告", place=Place(1, 1)),
        RawLine("一、", place=Place(1, 1, 99)),
        RawLine("概述", place=Place(2, 2, 70)),
        RawLine("主动公开一百条。二、问题 公开不足，三务公开的目录要补。", place=Place(2, 4, 91)),
        RawLine("项目\t条数", row=True, place=Place(70_000, 70_500)),
    ),
    {},
    (),
    "utf-8",
    "text",
)
PLAIN = Document((RawLine("乙县2018年政府信息公开年度报告"), RawLine("公开。")), {}, (), "", "text")


def places(report: Report) -> list[Place]:
    return [line.place for line in report.lines()]


def test_the_parser_keeps_places() -> None:
    found = places(parse("甲.txt", SCANNED))
    assert found[0] == NO_PLACE  # of the title
    assert found[1] == Place(1, 2, 70)  # a number and what it numbers
    assert set(found[2:-1]) == {Place(2, 4, 91)}
    assert found[-1] == Place(70_000, 70_500)


def test_an_index_keeps_places(tmp_path: Path) -> None:
    reports = [parse("甲.txt", SCANNED), parse("乙.txt", PLAIN), parse("丙.txt", SCANNED)]
    gatherer = Gatherer(lambda number: tmp_path / f"run{number}")
    state = FileState(1, 1, "", "")
    for report in reports:
        prepared = prepare(report)
        gatherer.add(prepared, record_of(report.source, state, (), prepared))
        gatherer.reject(record_of(f"{report.source}.bin", state, ()))
        gatherer.flush()
    gatherer.abandon()
    runs = [open_segment(path) for path in gatherer.paths]
    merge(tmp_path / "merged", [(run, np.ones(run.file_count, bool)) for run in runs[1:]])
    merged = open_segment(tmp_path / "merged")
    for segment, file, report in ((runs[0], 0, reports[0]), (merged, 2, reports[2])):
        stored = [*places(report)[:-1], Place(65_535, 65_535 + 255)]  # as far as it can tell
        assert places(read_report(segment, file)) == stored
    assert places(read_report(merged, 0)) == [NO_PLACE] * 2


def test_what_is_found_says_where_it_stands(tmp_path: Path) -> None:
    reports = [parse("甲.txt", SCANNED), parse("乙.txt", PLAIN)]
    engine = engine_of(tmp_path, [reports[:1], reports[1:]], set())
    asked = SearchRequest(q="公开", passages=50)
    for hit in engine.search(asked).reports:
        lines = list(engine.report(hit.id).lines())
        for found in hit.passages:
            line = next(line for line in lines if line.start <= found.start < line.end)
            assert found.place == line.place
    found_places = [line.place for line in engine.concordance(asked).lines]
    assert Place(2, 4, 91) in found_places
    assert NO_PLACE in found_places
