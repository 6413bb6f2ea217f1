"""DOCX, made by hand: what Word prints, with automatic numbers, tables, and what is not printed."""

from __future__ import annotations

import io
from contextlib import suppress
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import format_of
from indexer.reading.office.numbering import chinese, written
from tests.depth import draws

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
"""
STYLES = """
<w:style w:styleId="1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="2"><w:name w:val="Mine"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="3"><w:name w:val="Title"/></w:style>
<w:style w:styleId="4"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="5"><w:basedOn w:val="4"/></w:style>
<w:style w:styleId="6"><w:basedOn w:val="4"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:styleId="9"><w:name w:val="Round"/><w:basedOn w:val="9"/></w:style>
"""


def packed(body: str, *, space: str = W, more: dict[str, str] | None = None) -> bytes:
    """A document of this body, with the numbering and styles above."""
    parts = {"document": f"<w:body>{body}</w:body>", "numbering": NUMBERING, "styles": STYLES}
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in {**parts, **(more or {})}.items():
            part = f'<w:{name} xmlns:w="{space}" xmlns:mc="m" xmlns:m="o">{content}</w:{name}>'
            archive.writestr(f"word/{name}.xml", part)
    return written.getvalue()


def paragraph(text: str, *, style: str = "", number: str = "", level: int = 0) -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{styled}{listed if number else ''}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def texts(body: str, **options: object) -> list[str]:
    return [line.text for line in read("年报.docx", packed(body, **options)).lines]  # type: ignore[arg-type]


@pytest.mark.parametrize("space", [W, STRICT])
def test_automatic_numbers_are_printed(space: str) -> None:
    body = "".join(
        [
            paragraph("总体情况", number="1"),
            paragraph("主动公开", number="1", level=1),
            paragraph("数量", number="1", level=2),
            paragraph("数量", number="1", level=2),
            paragraph("依申请公开", number="1", level=1),
            paragraph("存在问题", number="1"),
            paragraph("改进", number="1", level=1),
            paragraph("圈", number="2"),
            paragraph("另起", number="3"),
            paragraph("点", number="4"),
            paragraph("圆点", number="4", level=1),
            paragraph("无此编号", number="77"),
        ]
    )
    assert texts(body, space=space) == [
        *("一、总体情况", "（一）主动公开", "1.1数量", "1.2数量", "（二）依申请公开"),
        *("二、存在问题", "（一）改进", "③圈", "五、另起", "点", "●圆点", "无此编号"),
    ]


def test_styles_number_and_raise() -> None:
    body = (
        paragraph("概述", style="1") + paragraph("公开", style="2") + paragraph("年报", style="3")
    )
    body += paragraph("圆", style="9")
    assert read("年报.docx", packed(body)).lines == (
        RawLine("一、概述", heading=1, bold=4),
        RawLine("二、公开", heading=1, bold=4),
        RawLine("年报", heading=1),
        RawLine("圆"),
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("三") + run("务"), ["三务"]),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), ["甲", "乙"]),
        (run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙"), ["甲乙"]),
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), ["甲 乙"]),
        ("<w:r><w:t>2018</w:t><w:noBreakHyphen/><w:t>2020</w:t></w:r>", ["2018-2020"]),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink>", ["链接"]),
        (f"<w:ins>{run('新增')}</w:ins><w:del>{run('删去')}</w:del>", ["新增"]),
        (run("显") + run("隐", "<w:vanish/>"), ["显"]),
        (run("显") + run("显", '<w:vanish w:val="0"/>'), ["显显"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("3"), ["3"]),
        (f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", ["控件"]),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"]),
        ("<w:r><w:ruby><w:rt>" + run("gōng") + "</w:rt><w:rubyBase>" + run("公") + "</w:rubyBase></w:ruby></w:r>", ["公"]),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
            + paragraph("框内")
            + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
            + paragraph("框内")
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            + run("框外"),
            ["框外", "框内"],
        ),
        (run("&lt;b&gt;&amp;"), ["<b>&"]),
    ],
)  # fmt: skip
def test_what_a_paragraph_prints(inside: str, expected: list[str]) -> None:
    assert texts(f"<w:p>{inside}</w:p>") == expected


def test_a_style_hides_what_does_not_show_itself() -> None:
    inside = run("显", '<w:vanish w:val="0"/>')
    shown = f'<w:p><w:pPr><w:pStyle w:val="4"/></w:pPr>{inside}</w:p>'
    hidden = paragraph("隐", style="4") + paragraph("隐", style="5")
    assert texts(hidden + shown + paragraph("也显", style="6")) == ["显", "也显"]


def test_pictures_of_a_font_are_no_text() -> None:
    assert texts(paragraph("\uf0b7 公开\uf0fe") + paragraph("\uf06c")) == ["公开"]


def test_bold_is_told() -> None:
    body = f"<w:p>{run('一、概述。', '<w:b/>')}{run('正文')}</w:p>"
    assert read("年报.docx", packed(body)).lines == (RawLine("一、概述。正文", bold=5),)


def test_tables_are_rows_and_merged_cells_stay_in_their_column() -> None:
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        [cell(paragraph("指标")), cell(paragraph("数量"))],
        [cell(paragraph("主动"), paragraph("公开"), properties=start), cell(paragraph("12"))],
        [cell(paragraph("看不见"), properties=more), cell(paragraph("8"))],
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"
    document = read("年报.docx", packed(paragraph("表前") + table + paragraph("表后")))
    assert [(line.text, line.row) for line in document.lines] == [
        ("表前", False), ("指标\t数量", True), ("主动 公开\t12", True), ("\t8", True), ("表后", False)
    ]  # fmt: skip


def test_notes_come_last_and_what_parts_them_is_none() -> None:
    notes = f'<w:footnote w:type="separator">{paragraph("——")}</w:footnote>'
    notes += f"<w:footnote>{paragraph('据统计局')}</w:footnote>"
    assert texts(paragraph("正文"), more={"footnotes": notes}) == ["正文", "据统计局"]


@pytest.mark.parametrize("name", ["年报.docx", "年报.wps", "年报", "年报.txt"])
def test_a_document_is_known_by_its_content(name: str) -> None:
    data = packed(paragraph("公开"))
    assert format_of(name, data) == "docx"
    assert read(name, data).format == "docx"


def encrypted(data: bytes) -> bytes:
    """Said to be so in the table of the archive."""
    at = data.rindex(b"word/document.xml") - 46
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        ("公开".encode(), "broken_document"),
        (packed(paragraph("公开"))[:-40], "broken_document"),
        (packed("<w:p>"), "broken_document"),
        (packed(""), "no_text"),
        (packed("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "broken_document"),
        (encrypted(packed(paragraph("公开"))), "encrypted"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "broken_document"),
        (b"%PDF-1.7", "pdf_damaged"),
        (packed("").replace(b"word/document.xml", b"word/documents.xm"), "no_document"),
    ],
)
def test_a_bad_document_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("年报.docx", data)
    assert raised.value.message.key == reason


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.reading.office.package.MOST", 1 << 20)
    with pytest.raises(UnreadableError) as raised:
        read("年报.docx", packed(paragraph("公" * (1 << 19))))
    assert raised.value.message.key == "part_too_big"


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "japaneseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (120, "chineseCounting", "120"),
        (20, "ideographDigital", "二〇"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (23, "ideographLegalTraditional", "貳拾參"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographZodiac", "亥"),
        (13, "ideographZodiac", "13"),
        (2, "decimalEnclosedParen", "⑵"),
        (20, "decimalEnclosedFullstop", "⒛"),
        (10, "ideographEnclosedCircle", "㊉"),
        (7, "decimalZero", "07"),
        (28, "upperLetter", "BB"),
        (3, "lowerLetter", "c"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (5, "none", ""),
        (5, "something", "5"),
    ],
)
def test_numbers_as_they_are_written(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_chinese_numbers() -> None:
    assert [chinese(n) for n in (2, 11, 20, 99)] == ["二", "十一", "二十", "九十九"]


def test_broken_documents_are_read_or_say_why() -> None:
    """No other error, whatever the bytes: packed ones, and those of the parts."""
    chooser, whole, good = Random(17), 0, packed(paragraph("公开", number="1"))
    source = paragraph("总体情况", style="2", number="1", level=1)
    for _ in range(draws(1_500)):
        text = list(source)
        data = bytearray(good)
        if chooser.random() < 0.5:
            for _ in range(chooser.randint(1, 4)):
                text[chooser.randrange(len(text))] = chooser.choice("<>/\"'w:9a公")
            data = bytearray(packed("".join(text)))
        else:
            for _ in range(chooser.randint(1, 6)):
                data[chooser.randrange(len(data))] = chooser.randrange(256)
        with suppress(UnreadableError):
            whole += bool(read("年报.docx", bytes(data)).lines)
    assert whole
