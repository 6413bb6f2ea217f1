"""Office documents that are one XML file, made by hand as Word and Excel 2003 and others write them."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import HEAD, format_of
from tests.depth import draws
from tests.office import flat_odt

WORD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">'
    '<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    "<w:body><wx:sect>{}</wx:sect></w:body></w:wordDocument>"
)
NUMBERED = (
    '<w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/>'
    '<wx:t wx:val="一、"/></w:listPr></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
EXCEL = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<Styles><Style ss:ID="a"><NumberFormat ss:Format="0.0%"/></Style>'
    '<Style ss:ID="b"><NumberFormat ss:Format="Long Date"/></Style><Style ss:ID="c"><NumberFormat/></Style></Styles>'
    '<Worksheet ss:Name="统计"><Table>{}</Table></Worksheet>'
    '<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">看不见</Data></Cell></Row></Table>'
    "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
)
ROWS = (
    '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">2023年统计表</Data></Cell></Row>'
    '<Row ss:Index="5"><Cell><Data ss:Type="String">指<B>标</B></Data></Cell>'
    '<Cell ss:Index="3" ss:StyleID="a"><Data ss:Type="Number">0.125</Data></Cell><Cell/></Row>'
    '<Row><Cell ss:MergeAcross="1" ss:StyleID="c"><Data ss:Type="Number">7.0</Data></Cell>'
    '<Cell ss:StyleID="b"><Data ss:Type="DateTime">2023-01-05T00:00:00.000</Data></Cell>'
    '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">多</Data></Cell></Row>'
)
PACKAGE = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document></pkg:xmlData></pkg:part></pkg:package>"
)
PLAIN = "<w:p><w:r><w:t>公开</w:t></w:r></w:p>"


@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a.xls", "a", "a.wps"])
def test_a_document_of_word_2003(name: str) -> None:
    data = WORD.format(NUMBERED).encode()
    assert format_of(name, data[:HEAD]) == "office_xml"
    assert read(name, data).lines == (
        *(RawLine("一、总体情况", heading=1), RawLine("指标\t12", row=True)),
    )


@pytest.mark.parametrize("name", ["a.xls", "a.xml", "a.doc"])
def test_a_workbook_of_excel_2003(name: str) -> None:
    document = read(name, EXCEL.format(ROWS).encode())
    assert document.lines == (
        *(RawLine("2023年统计表", heading=2), RawLine("指标\t\t12.5%", row=True)),
        RawLine("7\t\t2023年1月5日\tTRUE\t多", row=True),
    )
    assert [dropped.text for dropped in document.dropped] == ["藏", "统计"]


def test_a_docx_in_one_piece_and_a_flat_odt() -> None:
    assert read("a.xml", PACKAGE.format(PLAIN).encode()).lines == (RawLine("公开"),)
    lines = (
        RawLine("一、总体情况", heading=1),
        RawLine("甲乙", bold=1),
        RawLine("指标\t12", row=True),
    )
    assert read("a.fodt", flat_odt(lines, numbered=True).encode()).lines == lines
    book = flat_odt(lines[2:]).replace("office:text>", "office:spreadsheet>")
    assert read("a.fods", book.encode()).lines == lines[2:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WORD.format(NUMBERED)[:-30], "broken_document"),
        (WORD.format(""), "no_text"),
        (WORD.format("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "broken_document"),
        (WORD.replace("w:body", "w:nobody"), "no_document"),
        (PACKAGE.replace("/word/", "/x/"), "no_document"),
        (EXCEL.format(""), "no_text"),
        (
            EXCEL.format('<Row><Cell ss:Index="99999999"><Data>1</Data></Cell></Row>'),
            "sheet_too_big",
        ),
        (EXCEL.format('<Row><Cell ss:MergeAcross="99999999"/></Row>'), "sheet_too_big"),
        (flat_odt(()).replace("office:body", "office:nobody"), "no_document"),
        (flat_odt(()).replace("office:text", "office:drawing"), "no_document"),
    ],
)
def test_a_bad_file_says_why(data: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("a.doc", data.encode())
    assert raised.value.message.key == reason


def test_other_xml_is_no_report() -> None:
    assert format_of("a.xml", b'<?xml version="1.0"?><Workbook><a/></Workbook>') is None


def test_broken_files_are_read_or_say_why() -> None:
    """No other error, whatever stands in them."""
    chooser, whole = Random(22), 0
    good = (WORD.format(NUMBERED), EXCEL.format(ROWS), PACKAGE.format(PLAIN))
    for at in range(draws(5_000)):
        text = list(good[at % len(good)])
        for _ in range(chooser.randint(1, 4)):
            text[chooser.randrange(300, len(text))] = chooser.choice("<>/\"'=:-9aeI公")
        with suppress(UnreadableError):
            whole += bool(read("a.doc", "".join(text).encode()).lines)
    assert whole
