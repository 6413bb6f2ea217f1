"""DOC, made by hand: what Word prints, with automatic numbers, tables, and what is not printed."""

from __future__ import annotations

import struct
from contextlib import suppress
from random import Random

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import HEAD, format_of
from indexer.reading.office import doc_properties as p
from tests.compound import compound
from tests.depth import draws
from tests.word97 import Paragraph, Run, Word, level, lists, style, uses, value

ELSEWHERE = value(p.ELSEWHERE, 0)
CELL, ROW_END = value(p.IN_TABLE, 1), value(p.IN_TABLE, 1) + value(p.ROW_END, 1)
TALL_DEFINITION = b"\x08\xd6\x05\x00abcd"  # a property that counts its length in two bytes


def paragraph(text: str, properties: bytes = b"", *, style: int = 0, mark: str = "\r") -> Paragraph:
    return Paragraph([Run(text + mark)], properties, style)


def listed(text: str, use: int, at: int = 0) -> Paragraph:
    return paragraph(text, value(p.LIST, use) + value(p.LIST_LEVEL, at))


def texts(word: Word) -> list[str]:
    return [line.text for line in read("年报.doc", word.bytes()).lines]


def test_automatic_numbers_are_printed() -> None:
    nine = [level("\0、", 39), level("（\1）", 37), level("\0.\2", 0, legal=True)]
    nine += [level("", 255)] * 6
    own = lists(nine, [level("\0", 18, start=3)], [level("\uf0b7", 23)])
    begun_anew = (1, (5).to_bytes(4, "little") + (0x10).to_bytes(4, "little"), 1)
    word = Word(
        [
            *(
                listed("总体情况", 1),
                listed("主动公开", 1, 1),
                listed("数量", 1, 2),
                listed("数量", 1, 2),
            ),
            *(listed("依申请", 1, 1), listed("问题", 1), listed("改进", 1, 1), listed("圈", 2)),
            *(listed("另起", 4), listed("点", 3), listed("无此", 77), listed("不是", 0)),
        ],
        lists=own,
        uses=uses((1, b"", 0), (2, b"", 0), (3, b"", 0), begun_anew),
    )
    assert texts(word) == [
        *(
            "一、总体情况",
            "（一）主动公开",
            "1.1数量",
            "1.2数量",
            "（二）依申请",
            "二、问题",
            "（一）改进",
        ),
        *("③圈", "五、另起", "点", "无此", "不是"),
    ]


def test_styles_raise_number_and_embolden() -> None:
    bold, numbered = value(p.BOLD, 1), value(p.LIST, 1)
    styles = [
        style(0),
        style(1, character=bold, paragraph=numbered),
        style(0xFFE, based_on=1),
        style(62),
        style(0xFFE, paragraph=value(p.OUTLINE, 2)),
        style(0xFFE, based_on=5),
    ]
    not_bold = Paragraph(
        [Run("非粗", value(p.BOLD, 0)), Run("粗", value(p.BOLD, 0x80)), Run("\r")], style=1
    )
    word = Word(
        [
            *(paragraph("概述", style=1), paragraph("公开", style=2), paragraph("年报", style=3)),
            *(
                paragraph("三级", style=4),
                paragraph("自己", style=5),
                paragraph("无此", style=99),
                not_bold,
            ),
            paragraph("正文", value(p.OUTLINE, 9), style=1),
        ],
        styles=styles,
        lists=lists([level("\0、", 39)]),
        uses=uses((1, b"", 0)),
    )
    assert read("a.doc", word.bytes()).lines == (
        *(
            RawLine("一、概述", 1, 4),
            RawLine("二、公开", 1, 4),
            RawLine("年报", 1),
            RawLine("三级", 3),
        ),
        *(RawLine("自己"), RawLine("无此"), RawLine("三、非粗粗", 1), RawLine("四、正文", 0, 4)),
    )


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("全县“三务”"), Run("公开\r")], ["全县“三务”公开"]),
        ([Run("ABC ", narrow=True), Run("汉"), Run("x’s\r", narrow=True)], ["ABC 汉x’s"]),
        ([Run("𠮷林\r")], ["𠮷林"]),
        ([Run("甲\x0b乙\r")], ["甲", "乙"]),
        ([Run("甲\x0c乙\r")], ["甲", "乙"]),
        ([Run("甲\t乙\r")], ["甲 乙"]),
        ([Run("2018\x1e20\x1f20\r")], ["2018-2020"]),
        ([Run("\x01图\x08框\x02注\r")], ["图框注"]),
        ([Run("显"), Run("隐", value(p.HIDDEN, 1)), Run("\r")], ["显"]),
        ([Run("甲"), Run("(", value(p.SYMBOL, 0xF04A0001)), Run("乙\r")], ["甲乙"]),
        ([Run("甲"), Run("(", value(p.SYMBOL, 0x25A10001)), Run("乙\r")], ["甲□乙"]),
        ([Run("留"), Run("删", value(p.DELETED, 1)), Run("\r")], ["留"]),
        ([Run('见\x13 HYPERLINK "a" \x14此处\x15。\r')], ["见此处。"]),
        ([Run("甲\x13 PAGE \x15乙\r")], ["甲乙"]),
        ([Run("\x13 TOC \x14目录\r"), Run("\x13 REF \x14一\x15\x15正文\r")], ["目录", "一正文"]),
        ([Run(" \r\r\x07")], []),
    ],
)
def test_what_is_printed(runs: list[Run], expected: list[str]) -> None:
    assert texts(Word([Paragraph(runs), paragraph("完")])) == [*expected, "完"]


def test_tables_are_rows() -> None:
    inner = value(p.IN_TABLE, 1) + value(p.DEPTH, 2)
    elsewhere = (len(ROW_END) + 8).to_bytes(2, "little") + TALL_DEFINITION + ROW_END
    word = Word(
        [
            paragraph("表前"),
            *(
                paragraph("主动", CELL),
                paragraph("公开", CELL, mark="\x07"),
                paragraph("12", CELL, mark="\x07"),
            ),
            paragraph("", TALL_DEFINITION + ROW_END, mark="\x07"),
            *(
                paragraph("", CELL, mark="\x07"),
                paragraph("8", CELL, mark="\x07"),
                paragraph("", ELSEWHERE, mark="\x07"),
            ),
            paragraph("表间"),
            paragraph("外", CELL),
            *(
                paragraph("里", inner + value(p.INNER_CELL, 1)),
                paragraph("层", inner + value(p.INNER_CELL, 1)),
            ),
            paragraph("", inner + value(p.INNER_CELL, 1) + value(p.INNER_ROW_END, 1)),
            *(paragraph("", CELL, mark="\x07"), paragraph("", ROW_END, mark="\x07")),
            paragraph("表后"),
        ],
        data=elsewhere.ljust(4_096, b"\0"),
    )
    assert read("a.doc", word.bytes()).lines == (
        *(
            RawLine("表前"),
            RawLine("主动 公开\t12", row=True),
            RawLine("\t8", row=True),
            RawLine("表间"),
        ),
        *(RawLine("外"), RawLine("里\t层", row=True), RawLine("表后")),
    )


def test_a_style_hides_what_does_not_show_itself() -> None:
    styles = [style(0), style(0xFFE, character=value(p.HIDDEN, 1)), style(0xFFE, based_on=1)]
    shown = Paragraph(
        [Run("显", value(p.HIDDEN, 0)), Run("隐"), Run("显", value(p.HIDDEN, 0x81)), Run("\r")],
        style=1,
    )
    assert texts(
        Word([paragraph("隐", style=1), paragraph("隐", style=2), shown], styles=styles)
    ) == ["显显"]


def test_a_last_paragraph_without_its_mark_is_read() -> None:
    assert texts(Word([paragraph("甲"), paragraph("乙", mark="")])) == ["甲", "乙"]


def test_notes_come_last_and_headers_not_at_all() -> None:
    word = Word([paragraph("正文")], notes=[paragraph("\x02据统计局")], headers=[paragraph("页眉")])
    assert texts(word) == ["正文", "据统计局"]


@pytest.mark.parametrize(
    "name", ["年报.doc", "年报.wps", "年报.docx", "年报.xls", "年报", "年报.txt"]
)
def test_a_document_is_known_by_its_content(name: str) -> None:
    data = Word([paragraph("公开")]).bytes()
    assert format_of(name, data) == "doc"
    assert format_of(name, data[:HEAD]) is not None
    assert [line.text for line in read(name, data).lines] == ["公开"]


GOOD = Word([paragraph("公开")])
_ENDS = [4_000 * (at % 2) for at in range(100)]
OVERLAPPING = (
    struct.pack("<BI100I", 2, 400 + 99 * 8, *_ENDS) + struct.pack("<HIH", 0, 2_048, 0) * 99
)
"""A hundred pieces that are the same text."""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (Word([paragraph("")]).bytes(), "no_text"),
        (GOOD.bytes()[:3_000], "broken_document"),
        (GOOD.bytes()[:400], "broken_document"),
        (Word([paragraph("公开")], flags=0x0100).bytes(), "encrypted"),
        (Word([paragraph("公开")], kind=0xA5DC).bytes(), "older_word"),
        (Word([paragraph("公开")], kind=0x1234).bytes(), "broken_document"),
        (Word([paragraph("公开")], tables={33: b"\3"}).bytes(), "broken_document"),
        (Word([paragraph("公开")], tables={13: b"\xff" * 12}).bytes(), "broken_document"),
        (Word([paragraph("公开")], tables={13: bytes(8 * 9_999 + 4)}).bytes(), "broken_document"),
        (Word([paragraph("公开")], tables={33: OVERLAPPING}).bytes(), "broken_document"),
        (compound({"WordDocument": bytes(50)}), "broken_document"),
        (compound({"WordDocument": GOOD.bytes()}), "broken_document"),
        (compound({"EncryptedPackage": bytes(50)}), "encrypted"),
        (compound({"EncryptedPackage": bytes(50)})[:-900], "encrypted"),
        (compound({"Contents": bytes(50)}), "no_document"),
        (bytes(range(256)) * 9, "not_text_binary"),
    ],
)
def test_a_bad_document_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("年报.doc", data)
    assert raised.value.message.key == reason


def test_broken_documents_are_read_or_say_why() -> None:
    """No other error, whatever the bytes."""
    chooser, whole = Random(20), 0
    good = Word(
        [
            listed("公开", 1),
            paragraph("甲", CELL, mark="\x07"),
            paragraph("", ROW_END, mark="\x07"),
        ],
        styles=[style(1), style(2, based_on=0, character=value(p.BOLD, 1))],
        lists=lists([level("\0、", 39)]),
        uses=uses((1, b"", 0)),
    ).bytes()
    used = [at for at, byte in enumerate(good) if byte]
    for _ in range(draws(5_000)):
        data = bytearray(good)
        for _ in range(chooser.randint(1, 5)):
            data[chooser.choice(used)] = chooser.choice(
                (0, 1, 127, 128, 255, chooser.randrange(256))
            )
        with suppress(UnreadableError):
            whole += bool(read("年报.doc", bytes(data)).lines)
    assert whole
