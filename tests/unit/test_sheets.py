"""Workbooks and CSV, made by hand: what a sheet prints, sheets as sections, and none that is too big."""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import HEAD, format_of
from indexer.reading.office.number_format import printed_day, printed_number
from tests.compound import compound
from tests.depth import draws

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = """<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="4"/><xf numFmtId="14"/></cellXfs>"""
GENERAL, PERCENT, CHINESE_DAY, THOUSANDS, DAY = range(5)


def number(place: str, value: float, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def xlsx(*sheets: tuple[str, str], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook of sheets: name, and its cells as XML."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _links(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _links(
            *[("worksheet", f"worksheets/sheet{at}.xml") for at in range(len(sheets))],
            ("styles", "styles.xml"),
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{at + 1}" r:id="r{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
            for at, (name, _) in enumerate(sheets)
        )
        + "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
    }
    for at, (_, cells) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return zipped(parts)


def _links(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def zipped(parts: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(cells: bytes, *, name: str = "统计", before: bytes = b"") -> bytes:
    """A workbook of one sheet, of records of cells."""
    begin = {
        kind: record(0x0809, struct.pack("<HHHHII", 0x600, kind, 0, 1996, 0, 6)) for kind in (5, 16)
    }
    code = 'yyyy"年"m"月"d"日"'
    form = record(0x041E, struct.pack("<HHB", 164, len(code), 1) + code.encode("utf-16-le"))
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, at)) for at in (0, 10, 164, 4, 14))
    named = struct.pack("<HBB", 0, len(name), 1) + name.encode("utf-16-le")
    head = begin[5] + before + form + styles
    place = len(head) + len(record(0x85, bytes(4) + named)) + 4
    head += record(0x85, struct.pack("<I", place) + named) + record(10, b"")
    return compound({"Workbook": head + begin[16] + cells + record(10, b"")})


def value(at: tuple[int, int], number: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", *at, style, number))


def label(at: tuple[int, int], words: str) -> bytes:
    body = struct.pack("<HHHHB", *at, 0, len(words), 1) + words.encode("utf-16-le")
    return record(0x0204, body)


BOOK = xlsx(
    (
        "统计表",
        row(text("A1", "2023年政府信息公开统计表"))
        + row(text("A3", "指标"), text("B3", "数量"), text("C3", "占比"))
        + row(text("A4", "主动\n公开"), number("B4", 1234.0), number("C4", 0.125, PERCENT))
        + row(text("A5", "合并"))
        + row(number("B6", 1234567.891, THOUSANDS), number("C6", 45291, CHINESE_DAY))
        + row('<c r="A7" t="b"><v>1</v></c>', number("B7", 0.1), number("C7", 45291, DAY))
        + row(text("A9", "注：均为虚构")),
    ),
    ("空表", ""),
    ("说明", row(text("C3", "口径"))),
    ("秘密", row(text("A1", "看不见"))),
    hidden=("秘密",),
)


def texts(name: str, data: bytes) -> list[str]:
    return [line.text for line in read(name, data).lines]


def test_a_sheet_is_a_section_and_a_row_a_line() -> None:
    document = read("统计.xlsx", BOOK)
    assert document.lines == (
        RawLine("2023年政府信息公开统计表", heading=2),
        RawLine("指标\t数量\t占比", row=True),
        RawLine("主动 公开\t1234\t12.50%", row=True),
        RawLine("合并", row=True),
        RawLine("\t1,234,567.89\t2023年12月31日", row=True),
        RawLine("TRUE\t0.1\t2023/12/31", row=True),
        RawLine("注：均为虚构"),
        RawLine("说明", heading=2),
        RawLine("口径"),
    )
    assert [(d.text, d.reason.key) for d in document.dropped] == [
        ("秘密", "dropped_hidden"),
        ("统计表", "dropped_sheet_name"),
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Sheet1",), ["甲"]),
        (("工作表 1",), ["甲"]),
        (("年报",), ["年报", "甲"]),
        (("Sheet1", "Sheet2"), ["Sheet1", "甲", "Sheet2", "甲"]),
    ],
)
def test_a_name_that_tells_nothing_is_no_heading(
    names: tuple[str, ...], expected: list[str]
) -> None:
    assert texts("a.xlsx", xlsx(*[(name, row(text("A1", "甲"))) for name in names])) == expected


def test_an_old_workbook_reads_like_a_new_one() -> None:
    cells = (
        label((0, 0), "2023年统计表")
        + label((1, 0), "指标")
        + value((1, 1), 7)
        + value((2, 1), 0.125, PERCENT)
        + value((2, 2), 45291, CHINESE_DAY)
        + record(
            0x00BD, struct.pack("<HHHIHIH", 3, 1, THOUSANDS, 1234 << 2 | 2, GENERAL, 5 << 2 | 2, 2)
        )
    )
    assert read("a.xls", xls(cells)).lines == (
        *(RawLine("2023年统计表", heading=2), RawLine("指标\t7", row=True)),
        RawLine("\t12.50%\t2023年12月31日", row=True),
        RawLine("\t1,234.00\t5", row=True),
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (name, data)
        for name in ("a.xls", "a.xlsx", "a.doc", "a.et", "a.txt", "a")
        for data in (xlsx(("S", row(text("A1", "甲")))), xls(label((0, 0), "甲"), name="S"))
    ],
)
def test_a_workbook_is_known_by_its_content(name: str, data: bytes) -> None:
    assert format_of(name, data) == "sheet"
    assert format_of(name, data[:HEAD]) is not None
    assert texts(name, data) == ["S", "甲"]


FAR = row(text("A1", "甲")) + row(text("XFD1048576", "乙"))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"", "empty_file"),
        ("a.xlsx", BOOK[:-60], "broken_document"),
        ("a.xlsx", BOOK[:400], "broken_document"),
        ("a.xlsx", xlsx(("S", "")), "no_text"),
        ("a.xlsx", xlsx(("S", FAR)), "sheet_too_big"),
        ("a.xlsx", zipped({"[Content_Types].xml": "<a/>", "xl/a.xml": "<a/>"}), "broken_document"),
        ("a.xls", xls(value((65535, 255), 1) + value((0, 0), 1)), "sheet_too_big"),
        ("a.xls", xls(label((0, 0), "甲"), before=record(0x2F, bytes(6))), "encrypted"),
        ("a.xls", xls(label((0, 0), "甲"))[:700], "broken_document"),
        ("a.xls", compound({"Workbook": bytes(5_000)}), "no_text"),
        (
            "a.xls",
            compound({"EncryptedPackage": bytes(5_000), "EncryptionInfo": b"x"}),
            "encrypted",
        ),
        ("a.xlsx", compound({"EncryptedPackage": bytes(50), "EncryptionInfo": b"x"}), "encrypted"),
        ("a.xls", compound({"PowerPoint Document": bytes(50)}), "broken_document"),
        ("a.ppt", compound({"PowerPoint Document": bytes(50)}), "unknown_ending"),
    ],
)
def test_a_bad_workbook_says_why(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(name, data)
    assert raised.value.message.key == reason


@pytest.mark.parametrize("first", ["<row>", '<row r="1">'])
def test_a_sheet_of_too_many_rows_says_so(first: str) -> None:
    rows = (f"<row><c><v>{at}</v></c></row>" for at in range(1_048_576))
    tall = "".join(rows).replace("<row>", first, 1)
    with pytest.raises(UnreadableError) as raised:
        read("a.xlsx", xlsx(("S", tall)))
    assert raised.value.message.key == "sheet_too_big"


def test_empty_cells_with_a_style_make_no_sheet_too_big() -> None:
    cells = row(text("A1", "甲")) + row('<c r="XFD1048576" s="1"/>', '<c r="XFC1048576" s="1"></c>')
    assert texts("a.xlsx", xlsx(("S", cells))) == ["S", "甲"]


def test_a_number_without_end_is_printed() -> None:
    assert texts("a.xlsx", xlsx(("S", row('<c r="A1"><v>1e999</v></c>')))) == ["S", "inf"]


def test_a_part_that_unpacks_to_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.reading.office.package.MOST", 1 << 16)
    with pytest.raises(UnreadableError) as raised:
        read("a.xlsx", xlsx(("S", row(text("A1", "公" * (1 << 16))))))
    assert raised.value.message.key == "part_too_big"


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.125, "0%", "12%"),
        (0.125, "0.0%", "12.5%"),
        (-0.5, "0.00%;[Red]-0.00%", "-50.00%"),
        (1234.5, "#,##0", "1,234"),
        (-1234.5, "#,##0.00_ ;[Red]-#,##0.00\\ ", "-1,234.50"),
        (3.0, "0.00", "3.00"),
        (12.0, '0"条"', "12条"),
        (12.0, '"￥"#,##0.00', "￥12.00"),
        (-0.001, "0.0", "0.0"),
        (1.5, "General", None),
        (1.5, "@", None),
        (1.5, "# ?/?", None),
        (1.5, "0.00E+00", None),
        (1.5, "0.0#", None),
        (1500.0, "0,", None),
        (1.5, "", None),
    ],
)
def test_numbers_by_a_code(value: float, code: str, expected: str | None) -> None:
    assert printed_number(value, code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('yyyy"年"m"月"d"日"', "2023年1月5日"),
        ("[$-804]yyyy\\-mm\\-dd;@", "2023-01-05"),
        ("yy/m/d", "23/1/5"),
        ("yyyy/m/d h:mm:ss", "2023/1/5 8:07:09"),
        ("m月d日", "1月5日"),
        ("d-mmm-yy", None),
        ("h:mm AM/PM", None),
        ("General", None),
        ("0.00", None),
    ],
)
def test_days_by_a_code(code: str, expected: str | None) -> None:
    assert printed_day(datetime.datetime(2023, 1, 5, 8, 7, 9), code) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "指标,数量\n主动公开,12\n", ["指标\t数量", "主动公开\t12"]),
        ("a.csv", "统计表\n指标;数量\n公开;1,5\n注", ["统计表", "指标\t数量", "公开\t1,5", "注"]),
        ("a.tsv", "指标\t数量\n,\t3", ["指标\t数量", ",\t3"]),
        ("a.csv", 'a,"b\n""c"",d"\r\n,,\r\n1,', ['a\tb "c",d', "1"]),
        ("a.csv", "指标，数量\n公开，3", ["指标\t数量", "公开\t3"]),
        ("a.csv", "sep=|\na|b,c\n", ["a\tb,c"]),
        ("a.csv", "a,甲，乙\nb,丙，丁\n", ["a\t甲，乙", "b\t丙，丁"]),
        ("a.csv", "只有一列\n第二行", ["只有一列", "第二行"]),
        ("a.xls", "指标\t数量\n公开\t3", ["指标\t数量", "公开\t3"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv(name: str, content: str, expected: list[str], encoding: str) -> None:
    assert texts(name, content.encode(encoding)) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b",,\n\n", "no_text"),
        (bytes(range(256)) * 40, "not_text_binary"),
        (b'a,"' + b"b" * (2 << 20), "broken_document"),
        (b"PK\x03\x04" + bytes(99), "not_text"),
        (b"Rar!" + bytes(99), "not_text"),
        (b"1,2\n" * 600_000, "sheet_too_big"),
    ],
)
def test_a_bad_csv_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("a.csv", data)
    assert raised.value.message.key == reason


@pytest.mark.parametrize(
    "page",
    [
        "<html><table><tr><td>甲<td>乙</table>",
        '<meta charset="gbk"><table><tr><td>甲<td>乙</table>',
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.doc", "a.wps", "a.et"])
def test_a_page_that_is_named_as_an_office_file_is_a_page(name: str, page: str) -> None:
    assert texts(name, page.encode("gbk")) == ["甲\t乙"]


def test_broken_workbooks_are_read_or_say_why() -> None:
    """No other error, whatever the bytes: of a package, of its parts, of records, of a CSV file."""
    chooser, whole = Random(19), 0
    cells = row(text("A1", "甲"), number("B2", 0.5, PERCENT)) + row(
        number("C3", 45291, CHINESE_DAY)
    )
    old = xls(label((0, 0), "甲") + value((1, 1), 0.5, PERCENT))
    kinds = (
        ("a.xlsx", lambda: scribbled(chooser, xlsx(("S", cells)), range(256))),
        (
            "a.xlsx",
            lambda: xlsx(
                (
                    "S",
                    scribbled(chooser, cells.encode(), b"<>/\"'=rcvA19").decode("utf-8", "replace"),
                )
            ),
        ),
        ("a.xls", lambda: scribbled(chooser, old, range(256))),
        ("a.csv", lambda: scribbled(chooser, '"甲",1\n乙,"2"\n'.encode(), b'",;\t\n\r\0\xff')),
    )
    for at in range(draws(5_000 * len(kinds))):
        name, made = kinds[at % len(kinds)]
        with suppress(UnreadableError):
            whole += bool(read(name, made()).lines)
    assert whole


def scribbled(chooser: Random, data: bytes, signs: Sequence[int]) -> bytes:
    changed = bytearray(data)
    for _ in range(chooser.randint(1, 8)):
        changed[chooser.randrange(len(changed))] = chooser.choice(signs)
    return bytes(changed)
