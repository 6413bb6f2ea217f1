"""A table as HTML for a notebook. It is built as a tree and written out by the library, which escapes all
text: what a corpus says is never read as a tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from search.programs.frames import Cell, Series

SHOWN = 20
"""Most rows of a table that a notebook shows."""
LONGEST = 200
"""Most code points of a cell that it shows."""
CUT = "……"
_NO_MATHEMATICS = "tex2jax_ignore mathjax_ignore"
"""Classes of what notebooks do not typeset: a report may have $ signs."""


def table_html(
    said: Sequence[str], columns: Mapping[str, Series], more: str, marked: str = ""
) -> str:
    """`said` above the table, `more` below it, "" for nothing; `marked`: the column whose cells are
    marked."""
    root = Element("div", {"class": _NO_MATHEMATICS})
    for line in said:
        SubElement(root, "p").text = _plain(line)
    table = SubElement(root, "table", {"class": "dataframe"})
    head = SubElement(SubElement(table, "thead"), "tr")
    for name in columns:
        SubElement(head, "th").text = name
    body = SubElement(table, "tbody")
    for row in zip(*(series.cells for series in columns.values()), strict=True):
        _add_row(body, dict(zip(columns, row, strict=True)), columns, marked)
    if more:
        SubElement(root, "p").text = more
    return tostring(root, encoding="unicode", method="html")


def _add_row(
    body: Element, row: Mapping[str, Cell], columns: Mapping[str, Series], marked: str
) -> None:
    line = SubElement(body, "tr")
    for name, cell in row.items():
        aligned = "right" if columns[name].kind in ("number", "share") else "left"
        place = SubElement(line, "td", {"dir": "auto", "style": f"text-align: {aligned}"})
        text = shown(cell, columns[name])
        if name == marked:
            place = SubElement(place, "mark", {"style": "white-space: nowrap"})
        elif columns[name].kind == "link":
            to = {"href": str(cell), "target": "_blank", "rel": "noopener noreferrer"}
            place, text = SubElement(place, "a", to), urlsplit(text).path
        place.text = text


def shown(cell: Cell, series: Series) -> str:
    """A cell as a reader sees it: one line, of a long one the beginning."""
    if cell is None:
        return ""
    if series.kind == "share":
        return f"{cell:.1%}"
    text = _plain(str(cell))
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def _plain(text: str) -> str:
    """Without what could turn the line around it, or is no character of HTML."""
    return "".join(c if c.isprintable() or c == "\u3000" else " " for c in text)
