"""PDF: what its pages print, in the order of reading, and what is no text."""

from __future__ import annotations

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import Document
from indexer.reading.formats import format_of
from tests.pdf_writer import Put, Stroke, paragraphs, pdf

LONG = (
    "本报告由某区人民政府办公室根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限"
    "自2023年1月1日起至2023年12月31日止。如有疑问，请与某区人民政府办公室联系。"
)
AFTER = "全年主动公开政府信息1136条，受理依申请公开21件，均在法定期限内答复，没有发生行政复议。"


def opened(data: bytes) -> Document:
    return read("年报.pdf", data)


def texts(data: bytes) -> list[str]:
    return [line.text for line in opened(data).lines]


def dropped(data: bytes) -> list[tuple[str, str]]:
    return [(piece.text, piece.reason.key) for piece in opened(data).dropped]


def test_a_wrapped_paragraph_is_a_line() -> None:
    lines = ["一、总体情况", LONG, "（一）主动公开", AFTER]
    assert texts(pdf(paragraphs(lines))) == lines


def test_a_line_knows_its_pages() -> None:
    first, second = (paragraphs([LONG]), paragraphs(["二、主动公开", AFTER]))
    whole = paragraphs([LONG + AFTER])
    rest = [put._replace(y=90 + 18 * at) for at, put in enumerate(whole[3:])]
    lines = opened(pdf(first, second, whole[:3], rest)).lines
    assert [(line.text, line.place[:2]) for line in lines] == [
        (LONG, (1, 1)),
        ("二、主动公开", (2, 2)),
        (AFTER, (2, 2)),
        (LONG + AFTER, (3, 4)),
    ]


def grid(across: list[float], down: list[float]) -> list[Stroke]:
    level = [Stroke(across[0], y, across[-1], y) for y in down]
    return [*level, *(Stroke(x, down[0], x, down[-1]) for x in across)]


def test_tables_are_rows() -> None:
    cells = [("指标", "数量"), ("主动公开政府信息", "1136"), ("规章", "0")]
    puts = [
        Put((100, 300)[column], 118 + 24 * row, text)
        for row, texts in enumerate(cells)
        for column, text in enumerate(texts)
    ]
    page = [
        Put(100, 90, "表前"),
        *grid([90, 280, 400], [100, 124, 148, 172]),
        *puts,
        Put(100, 190, "表后"),
    ]
    assert [(line.text, line.row) for line in opened(pdf(page)).lines] == [
        ("表前", False),
        *(("\t".join(row), True) for row in cells),
        ("表后", False),
    ]


@pytest.mark.parametrize("number", ["－3－", "— 3 —", "第3页 共9页", "3/9", "- 3 -", "第 3 页"])
def test_page_numbers_go(number: str) -> None:
    data = pdf([*paragraphs([LONG]), Put(280, 800, number)])
    assert texts(data) == [LONG]
    assert [reason for _, reason in dropped(data)] == ["dropped_page_number"]


@pytest.mark.parametrize("name", ["年报.pdf", "年报.doc", "年报", "年报.txt"])
def test_a_pdf_is_known_by_its_content(name: str) -> None:
    data = pdf(paragraphs([LONG]))
    assert format_of(name, data) == "pdf"
    assert read(name, data).format == "pdf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        ("公开".encode(), "broken_document"),
        (b"%PDF-1.7\n", "broken_document"),
        (pdf([]), "no_text"),
        (pdf(), "no_text"),
        (pdf(*[[]] * 2_001), "pdf_too_long"),
    ],
)
def test_a_bad_pdf_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        opened(data)
    assert raised.value.message.key == reason
