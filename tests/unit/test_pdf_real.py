"""A county's report of 2023 as it was published, a PDF; needs the shared folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.reading.document import Document
from indexer.reading.read import read

pytestmark = pytest.mark.real
NAME = "洪泽区2023.pdf"


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    return read(NAME, (shared / "corpora" / "annual-reports" / NAME).read_bytes())


@pytest.fixture(scope="module")
def report(document: Document) -> Report:
    return parse(NAME, document)


def test_facts(report: Report) -> None:
    assert report.title == "洪泽区人民政府2023年政府信息公开工作年度报告"
    assert (report.region[-1].code, report.year, report.genre) == ("320813", 2023, "disclosure")


def test_sections_stand_on_their_pages(report: Report) -> None:
    outer = [section for section in report.sections if section.level == 1 and section.heading]
    assert [(s.path[0], s.kind, s.heading.place[:2]) for s in outer if s.heading] == [
        ("一", "overview", (1, 1)),
        ("二", "proactive", (2, 2)),
        ("三", "on_request", (3, 3)),
        ("四", "litigation", (4, 4)),
        ("五", "problems", (4, 4)),
        ("六", "other", (5, 5)),
    ]


def test_tables_are_rows(document: Document) -> None:
    rows = {line.text: line.place.page for line in document.lines if line.row}
    for row, page in {
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数": 2,
        "行政规范性文件\t0\t5\t5": 2,
        "行政事业性收费\t7730.28": 3,
        "\t自然人\t法人或其他组织\t总计": 3,
        "\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他": 3,
        "一、本年新收政府信息公开申请数量\t21\t0\t0\t0\t0\t0\t21": 3,
        "三、本年度办理结果\t（一）予以公开\t0\t0\t0\t0\t0\t0\t0": 3,
        "\t（四）无法提供\t1.本机关不掌握相关政府信息\t10\t0\t0\t0\t0\t0\t10": 3,
        "\t\t5.要求行政机关确认或重新出具已获取信息\t0\t0\t0\t0\t0\t0\t0": 4,
        "四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0": 4,
        "10\t1\t0\t0\t0\t0\t0\t0\t0\t0\t5\t0\t0\t0\t0": 4,
    }.items():
        assert rows.get(row) == page, row


def test_paragraphs_run_over_pages(document: Document) -> None:
    (line,) = [line for line in document.lines if line.text.startswith("加强区政府门户网站")]
    assert line.place[:2] == (1, 2)
    assert line.text.endswith("未经审核的信息一律不准发布。")


def test_page_numbers_are_no_text(document: Document) -> None:
    assert not any(line.text.startswith("-") for line in document.lines)
    assert {piece.reason.key for piece in document.dropped} == {"dropped_page_number"}
