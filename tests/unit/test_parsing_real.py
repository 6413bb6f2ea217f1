"""The five seeds are read as the golden file says; needs the shared folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.reading.read import read
from indexer.text.fold import fold

pytestmark = pytest.mark.real

SEEDS = [
    "000_5c938f68f70698c0.txt",
    "001_6033e8794685cf3e.txt",
    "002_500be1b21c09ac78.txt",
    "003_978568625f24e563.txt",
    "004_26716f18d6991b35.txt",
]


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest, shared: Path) -> tuple[Report, dict[str, Any], list[str]]:
    """A seed's report, what the golden file says of it, and the lines of the file."""
    name: str = request.param
    golden = json.loads((shared / "golden" / "seeds.json").read_text("utf-8"))[name]
    document = read(name, (shared / "corpora" / "seeds" / name).read_bytes())
    return parse(name, document), golden, [line.text for line in document.lines]


def test_facts(seed: tuple[Report, dict[str, Any], list[str]]) -> None:
    report, golden, _ = seed
    for name in ("title", "genre", "year", "published"):
        assert getattr(report, name) == golden[name], name
    assert [region.code for region in report.region] == golden["region"]
    assert [region.name for region in report.region] == golden["region_names"]
    assert report.number == golden.get("document_number")
    assert report.warnings == ()


def test_outer_sections(seed: tuple[Report, dict[str, Any], list[str]]) -> None:
    report, golden, _ = seed
    outer = [[s.kind, fold(s.title)] for s in report.sections if s.level == 1 and s.heading]
    assert outer == [[kind, fold(heading)] for kind, heading in golden["top_sections"]]


def test_furniture_is_not_in_the_text(seed: tuple[Report, dict[str, Any], list[str]]) -> None:
    report, golden, _ = seed
    texts = [line.text for line in report.lines()]
    for piece in golden["not_in_text"]:
        assert not any(piece in text for text in texts), piece


def test_every_other_line_is_there_in_order(
    seed: tuple[Report, dict[str, Any], list[str]],
) -> None:
    report, _, lines = seed
    dropped = [dropped.text for dropped in report.dropped]
    own = [line for line in lines if line not in dropped and line != report.title]
    solid = "".join("".join(line.text.split()) for s in report.sections for line in s.all_lines())
    assert solid == "".join("".join(line.split()) for line in own)
    assert len(dropped) <= 14


def test_a_report_on_one_line_has_its_region_year_and_five_parts(shared: Path) -> None:
    name = "平潭县2011.txt"
    data = (shared / "corpora" / "annual-reports" / name).read_bytes()
    report = parse("a.txt", read("a.txt", data))
    assert report.year == 2011
    assert report.region[-1].code == "350128"
    outer = [(s.kind, s.title) for s in report.sections if s.level == 1 and s.heading]
    assert outer == [
        ("overview", "一、 概述"),
        ("proactive", "二、主动公开政府信息情况"),
        ("on_request", "三、政府信息依申请公开工作情况"),
        ("problems", "四、政府信息公开工作存在的主要问题及改进情况"),
        ("other", "附件1：平潭县人民政府2011年政府信息公开情况统计表"),
    ]
