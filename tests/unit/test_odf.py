"""ODT and ODS, made by hand: what is printed, with automatic numbers, tables, and what is not printed."""

from __future__ import annotations

import io
from contextlib import suppress
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import HEAD, format_of
from tests.depth import draws

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        *(("office", "office"), ("style", "style"), ("text", "text"), ("table", "table")),
        *(("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("manifest", "manifest")),
    )
)
STYLES = """
<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="C" style:parent-style-name="B"><style:text-properties/></style:style>
<style:style style:name="N"><style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="H"><style:text-properties text:display="none"/></style:style>
<style:style style:name="V"><style:text-properties text:display="true"/></style:style>
<style:style style:name="Title"/><style:style style:name="T" style:parent-style-name="Title"/>
<style:style style:name="Round" style:parent-style-name="Round"/>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."
 style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."
 text:display-levels="2"/></text:list-style>
<text:list-style style:name="M"><text:list-level-style-number text:level="1" text:start-value="3"
 num-list-format="（%1%）" style:num-format="①, ②, ③, ..."/></text:list-style>
<text:list-style style:name="P"><text:list-level-style-bullet text:level="1" text:bullet-char="●"/></text:list-style>
<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix=" "/>
<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>
"""


def packed(body: str, kind: str = "text", *, manifest: str = "") -> bytes:
    written = io.BytesIO()
    mimetype = f"application/vnd.oasis.opendocument.{'text' if kind == 'text' else kind}"
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>"
        )
    return written.getvalue()


def texts(body: str) -> list[str]:
    return [line.text for line in read("年报.odt", packed(body)).lines]


def item(text: str) -> str:
    return f"<text:list-item><text:p>{text}</text:p></text:list-item>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>甲<text:span>乙</text:span>丙</text:p>", ["甲乙丙"]),
        ("<text:p>甲<text:s text:c='3'/>乙<text:tab/>丙</text:p>", ["甲 乙 丙"]),
        ("<text:p>甲<text:line-break/>乙</text:p>", ["甲", "乙"]),
        ("<text:p>甲<text:span text:style-name='H'>隐</text:span>乙</text:p>", ["甲乙"]),
        ("<text:p text:style-name='H'>隐</text:p><text:p>乙</text:p>", ["乙"]),
        (
            "<text:p text:style-name='H'>隐<text:span text:style-name='V'>显</text:span></text:p>",
            ["显"],
        ),
        (
            "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:p>留</text:p>",
            ["留"],
        ),
        (
            "<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation>乙</text:p>",
            ["甲乙"],
        ),
        (
            "<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p>"
            "</text:note-body></text:note>乙</text:p><text:p>丙</text:p>",
            ["甲乙", "丙", "注"],
        ),
        (
            "<text:p>外<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>面</text:p>",
            ["外面", "框"],
        ),
        (
            "<text:p><text:ruby><text:ruby-base>公</text:ruby-base><text:ruby-text>gōng</text:ruby-text></text:ruby></text:p>",
            ["公"],
        ),
        (
            "<text:section text:display='none'><text:p>隐</text:p></text:section><text:p>显</text:p>",
            ["显"],
        ),
        (
            f"<text:list text:style-name='L'>{item('总体')}{item('公开')}<text:list-item><text:list>{item('数量')}"
            f"{item('质量')}</text:list></text:list-item></text:list><text:p>间</text:p>"
            f"<text:list text:style-name='L' text:continue-numbering='true'>{item('问题')}</text:list>"
            f"<text:list text:style-name='L'>{item('另起')}</text:list>",
            ["一、总体", "二、公开", "二.1.数量", "二.2.质量", "间", "三、问题", "一、另起"],
        ),
        (
            "<text:list text:id='x' text:style-name='M'><text:list-header><text:p>头</text:p></text:list-header>"
            f"<text:list-item><text:p>甲</text:p><text:p>续</text:p></text:list-item></text:list>"
            f"<text:list text:style-name='P'>{item('点')}</text:list>"
            f"<text:list text:continue-list='x'>{item('乙')}</text:list>",
            ["头", "（③）甲", "续", "●点", "（④）乙"],
        ),
        (
            "<text:h text:outline-level='1'>甲</text:h><text:h text:outline-level='2'>乙</text:h>"
            "<text:h text:outline-level='1' text:is-list-header='true'>丙</text:h><text:h>丁</text:h>",
            ["I 甲", "乙", "丙", "II 丁"],
        ),
    ],
)
def test_what_is_printed(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_headings_and_bold() -> None:
    body = (
        "<text:p text:style-name='T'>题</text:p><text:h text:outline-level='3'>三</text:h>"
        "<text:h text:outline-level='8'>八</text:h><text:p><text:span text:style-name='C'>粗</text:span>细</text:p>"
        "<text:p text:style-name='B'>粗<text:span text:style-name='N'>细</text:span></text:p>"
        "<text:p text:style-name='Round'>圆</text:p>"
    )
    assert read("a.odt", packed(body)).lines == (
        *(
            RawLine("题", heading=1),
            RawLine("三", heading=3),
            RawLine("八"),
            RawLine("粗细", bold=1),
        ),
        *(RawLine("粗细", bold=1), RawLine("圆")),
    )


def cells(*texts: str, more: str = "") -> str:
    inside = "".join(
        f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>" for text in texts
    )
    return f"<table:table-row>{inside}</table:table-row>"


def test_tables_are_rows() -> None:
    table = (
        f"<table:table><table:table-header-rows>{cells('指标', '数量')}</table:table-header-rows>"
        "<table:table-row><table:table-cell><text:p>主动</text:p><text:p>公开</text:p></table:table-cell>"
        "<table:covered-table-cell><text:p>盖住</text:p></table:covered-table-cell>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>3</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert read("a.odt", packed(f"<text:p>前</text:p>{table}")).lines == (
        *(RawLine("前"), RawLine("指标\t数量", row=True), RawLine("主动 公开\t\t3\t3", row=True)),
    )


EMPTY = "<table:table-cell table:number-columns-repeated='16384'/>"
BOOK = (
    f"<table:table table:name='统计'>{cells('2023年统计表')}{cells('指标', '占比')}"
    f"{cells('公<text:span>开</text:span>', '12.5%')}"
    f"<table:table-row table:number-rows-repeated='2'><table:table-cell><text:p>同</text:p></table:table-cell>"
    f"<table:table-cell><office:annotation><text:p>批</text:p></office:annotation><text:p>1</text:p><text:p>2</text:p>"
    f"</table:table-cell>{EMPTY}</table:table-row>"
    f"<table:table-row table:number-rows-repeated='1048000'>{EMPTY}</table:table-row></table:table>"
    f"<table:table table:name='藏' table:style-name='gone'>{cells('看不见')}</table:table>"
    f"<table:table table:name='说明'>{cells('口径')}</table:table>"
)


def test_a_workbook() -> None:
    document = read("a.ods", packed(BOOK, "spreadsheet"))
    assert document.lines == (
        *(RawLine("2023年统计表", heading=2), RawLine("指标\t占比", row=True)),
        *(
            RawLine("公开\t12.5%", row=True),
            RawLine("同\t1 2", row=True),
            RawLine("同\t1 2", row=True),
        ),
        *(RawLine("说明", heading=2), RawLine("口径")),
    )
    assert [(d.text, d.reason.key) for d in document.dropped] == [
        ("藏", "dropped_hidden"),
        ("统计", "dropped_sheet_name"),
    ]


@pytest.mark.parametrize("name", ["a.odt", "a.doc", "a.ods", "a.txt", "a"])
def test_the_format_is_known_by_its_content(name: str) -> None:
    for kind, body, form in (
        ("text", "<text:p>2023年统计表</text:p>", "odt"),
        ("spreadsheet", BOOK, "ods"),
    ):
        data = packed(body, kind)
        assert format_of(name, data) == format_of(name, data[:HEAD]) == form
        assert read(name, data).lines[0].text == "2023年统计表"


def repeated(rows: int, columns: int) -> str:
    cell = f"<table:table-cell table:number-columns-repeated='{columns}'><text:p>1</text:p></table:table-cell>"
    return f"<table:table><table:table-row table:number-rows-repeated='{rows}'>{cell}</table:table-row></table:table>"


ENCRYPTED = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.odt", b"", "empty_file"),
        ("a.odt", packed("<text:p>甲</text:p>")[:-60], "broken_document"),
        ("a.odt", packed("<text:p>"), "broken_document"),
        ("a.odt", packed(""), "no_text"),
        ("a.odt", packed("<text:p>甲</text:p>", manifest=ENCRYPTED), "encrypted"),
        ("a.odt", packed("<text:section>" * 5_000 + "</text:section>" * 5_000), "broken_document"),
        ("a.odt", packed("").replace(b"content.xml", b"contents.xm"), "no_document"),
        ("a.ods", packed("", "spreadsheet"), "no_text"),
        ("a.ods", packed(repeated(1, 999_999_999), "spreadsheet"), "sheet_too_big"),
        ("a.ods", packed(repeated(1_048_576, 1), "spreadsheet"), "sheet_too_big"),
        ("a.ods", packed(repeated(9_999, 9_999), "spreadsheet"), "sheet_too_big"),
        ("a.ods", packed(BOOK, "spreadsheet", manifest=ENCRYPTED), "encrypted"),
        ("a.odp", packed("", "presentation"), "unknown_ending"),
    ],
)
def test_a_bad_document_says_why(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(name, data)
    assert raised.value.message.key == reason


def test_broken_documents_are_read_or_say_why() -> None:
    """No other error, whatever the bytes, of the package and of its content."""
    chooser, whole = Random(21), 0
    bodies = (
        (f"<text:list text:style-name='L'>{item('总体')}</text:list>" + repeated(2, 2), "text"),
        (repeated(2, 2) + BOOK, "spreadsheet"),
    )
    for at in range(draws(10_000)):
        body, kind = bodies[at % 2]
        text, data = list(body), bytearray(packed(body, kind))
        if chooser.random() < 0.7:
            for _ in range(chooser.randint(1, 4)):
                text[chooser.randrange(len(text))] = chooser.choice("<>/\"'=:9a公")
            data = bytearray(packed("".join(text), kind))
        else:
            for _ in range(chooser.randint(1, 6)):
                data[chooser.randrange(len(data))] = chooser.randrange(256)
        with suppress(UnreadableError):
            whole += bool(read(f"a.{kind}", bytes(data)).lines)
    assert whole
