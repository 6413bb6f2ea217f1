"""The XML workbooks of Excel 2002 and 2003, which programs of offices still write, as .xls mostly."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from indexer.reading.office.grid import check_size
from indexer.reading.table import Book, Value, printed, rows, sections

_NAMED: Mapping[str, str] = MappingProxyType(
    {
        "Percent": "0.00%",
        "Standard": "#,##0.00",
        "Fixed": "0.00",
        "Short Date": "yyyy/m/d",
        "Long Date": 'yyyy"年"m"月"d"日"',
        "General Date": "yyyy/m/d h:mm",
    }
)
"""Codes of the formats that such a file calls by a name."""


def book_of(workbook: Element) -> Book:
    """The sheets of a workbook. UnreadableError where one is too big."""
    codes = dict(_codes(workbook))
    sheets = [(sheet.get("Name", ""), sheet) for sheet in workbook.findall("Worksheet")]
    hidden = [name for name, sheet in sheets if _is_hidden(sheet)]
    shown = [(name, rows(_rows(sheet, codes))) for name, sheet in sheets if not _is_hidden(sheet)]
    return sections(shown, hidden)


def _is_hidden(sheet: Element) -> bool:
    return sheet.findtext("WorksheetOptions/Visible", "").startswith("SheetHidden")


def _codes(workbook: Element) -> Iterator[tuple[str, str]]:
    for style in workbook.findall("Styles/Style"):
        form = style.find("NumberFormat")
        if form is not None and (code := form.get("Format")):
            yield style.get("ID", ""), _NAMED.get(code, code)


def _rows(sheet: Element, codes: Mapping[str, str]) -> Iterator[list[str]]:
    total = 0
    for row in sheet.iterfind("Table/Row"):
        cells: list[str] = []
        for cell in row.iterfind("Cell"):
            missing = _whole(cell.get("Index"), len(cells) + 1) - len(cells) - 1
            covered = _whole(cell.get("MergeAcross"), 0)
            check_size(total + len(cells) + missing + covered + 1)
            cells += [*[""] * missing, _printed(cell, codes), *[""] * covered]
        total += len(cells)
        yield cells


def _printed(cell: Element, codes: Mapping[str, str]) -> str:
    data = cell.find("Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    return printed(_value(text, data.get("Type", "")), codes.get(cell.get("StyleID", "")))


def _value(text: str, kind: str) -> Value:
    """What a text means; itself where it is no value of its kind."""
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.datetime.fromisoformat(text.removesuffix("Z").removesuffix(".000"))
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
