"""ODT, of LibreOffice and others: paragraphs with their automatic numbers, tables as rows.

Left out: deleted and hidden text, headers and footers, comments, pictures. Notes and boxes come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import RawLine
from indexer.reading.layout import Layout
from indexer.reading.office.numbering import Counted, Numbering
from indexer.reading.office.odf_styles import Look, Styles
from indexer.reading.office.package import content, opened, tree

_SKIPPED = frozenset(
    (
        *("tracked-changes", "annotation", "sequence-decls", "forms", "ruby-text", "note-citation"),
        *("title", "desc", "hidden-text", "image", "object"),
    )
)
_ROWS = ("table-row-group", "table-rows", "table-header-rows")
_MOST_COLUMNS = 64
"""Columns that an empty cell of a text stands for, at most; Word has 63."""


class _Look(NamedTuple):
    bold: bool
    hidden: bool
    heading: int

    def within(self, own: Look) -> _Look:
        """How text of a style looks that stands in text like this."""
        bold = self.bold if own.bold is None else own.bold
        return self._replace(bold=bold, hidden=self.hidden if own.hidden is None else own.hidden)


def read_odt(data: bytes) -> tuple[RawLine, ...]:
    """The lines of a document. UnreadableError where the file is damaged, encrypted or none."""
    with opened(data) as archive:
        return text_of(*open_document(archive))


def text_of(body: Element, styles: Styles) -> tuple[RawLine, ...]:
    """The lines of the text in the body of a document. UnreadableError where there is none."""
    text = body.find("text")
    if text is None:
        raise UnreadableError(Message("no_document"))
    return tuple(_Writer(styles).lines(text))


def open_document(archive: ZipFile) -> tuple[Element, Styles]:
    """The body of an OpenDocument file and its styles. UnreadableError where it is encrypted or none."""
    if b"encryption-data" in (content(archive, "META-INF/manifest.xml") or b""):
        raise UnreadableError(Message("encrypted"))
    root = tree(archive, "content.xml")
    body = None if root is None else root.find("body")
    if body is None:
        raise UnreadableError(Message("no_document"))
    return body, Styles(tree(archive, "styles.xml"), root)


class _Writer:
    """Writes blocks as lines; boxes follow the paragraph that they hang on."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._layout = Layout()
        self._later: list[Element] = []  # boxes
        self._notes: list[Element] = []
        self._lists: dict[str, Counted] = {}  # by identifier, and by style the last
        self._begins = ""

    def lines(self, text: Element) -> list[RawLine]:
        self._blocks(text)
        while self._notes:
            notes, self._notes = self._notes, []
            for note in notes:
                self._blocks(note)
        return self._layout.lines

    def _blocks(self, within: Element) -> None:
        for block in within:
            if block.tag in ("p", "h"):
                self._paragraph(block, self._outline(block))
            elif block.tag == "list":
                self._list(block, self._counted(block), 0)
            elif block.tag == "table":
                self._table(block)
            elif block.tag not in _SKIPPED and block.get("display") != "none":
                self._blocks(block)

    def _table(self, table: Element) -> None:
        self._layout.open_table()
        for row in table_rows(table):
            self._layout.open_row()
            for cell in row:
                for _ in range(repeats(cell, "number-columns-repeated", _MOST_COLUMNS)):
                    self._layout.open_cell()
                    if cell.tag == "table-cell":
                        self._blocks(cell)
                    self._layout.close_cell()
        self._layout.close_table()

    def _counted(self, block: Element) -> Counted:
        """The list that a block begins or goes on with."""
        style, name = block.get("style-name", ""), block.get("id", "")
        counted = self._lists.get(block.get("continue-list") or "")
        if counted is None and block.get("continue-numbering") == "true":
            counted = self._lists.get(f"style {style}")
        counted = counted or self._styles.list(style)
        self._lists[f"style {style}"] = counted
        if name:
            self._lists[name] = counted
        return counted

    def _list(self, block: Element, counted: Counted, level: int) -> None:
        for item in block:
            numbered = item.tag == "list-item"
            for part in item:
                if part.tag == "list":
                    self._list(part, counted, level + 1)
                elif part.tag in ("p", "h"):
                    self._paragraph(
                        part, Numbering({"": counted}).next("", level) if numbered else ""
                    )
                    numbered = False

    def _outline(self, block: Element) -> str:
        """The number of a heading that is in no list."""
        if block.tag != "h" or block.get("is-list-header") == "true":
            return ""
        level = repeats(block, "outline-level", 9) - 1
        return Numbering({"": self._styles.outline}).next("", level)

    def _paragraph(self, block: Element, number: str) -> None:
        look = self._styles.look(block.get("style-name"))
        level = repeats(block, "outline-level", 9) if block.tag == "h" else int(look.title)
        self._begins = number
        self._inline(block, _Look(False, False, level if level <= 6 else 0).within(look))
        self._layout.end_line()
        boxes, self._later = self._later, []
        for box in boxes:
            self._blocks(box)

    def _inline(self, within: Element, look: _Look) -> None:
        self._text(within.text, look)
        for element in within:
            if element.tag in ("s", "tab"):
                self._text(" ", look)
            elif element.tag == "line-break":
                self._layout.end_line()
            elif element.tag in ("text-box", "custom-shape"):
                self._later.append(element)
            elif element.tag == "note":
                self._notes += element.findall("note-body")
            elif element.tag not in _SKIPPED:
                self._span(element, look)
            self._text(element.tail, look)

    def _span(self, element: Element, look: _Look) -> None:
        name = element.get("style-name") if element.tag == "span" else None
        self._inline(element, look.within(self._styles.look(name)))

    def _text(self, text: str | None, look: _Look) -> None:
        if text and not look.hidden:
            self._layout.text(self._begins + text, bold=look.bold, heading=look.heading)
            self._begins = ""


def table_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, wherever groups and headers wrap them."""
    for element in table:
        if element.tag == "table-row":
            yield element
        elif element.tag in _ROWS:
            yield from table_rows(element)


def repeats(element: Element, name: str, most: int) -> int:
    """How often an element stands for itself, at least once; `most` where it says more."""
    said = element.get(name, "")
    return (
        min(max(int(said), 1), most) if said.isascii() and said.isdigit() and len(said) < 19 else 1
    )
