"""DOCX: paragraphs as Word prints them, automatic numbers too, and tables as rows.

Left out: text that was deleted or is hidden, headers and footers, comments, pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.decode import refuse_other
from indexer.reading.document import RawLine
from indexer.reading.layout import Layout
from indexer.reading.office.docx_numbering import numbering
from indexer.reading.office.numbering import Numbering
from indexer.reading.office.package import opened, tree

_SKIPPED = frozenset(("del", "moveFrom", "rPr", "pPr", "Fallback", "instrText", "delText"))
_OFF = ("0", "false", "off")
_MATH = ("oMath", "oMathPara")
_DEPTH = 24
"""Styles that are based on each other, at most."""


class _Style(NamedTuple):
    name: str
    based_on: str
    properties: Element | None
    bold: bool
    hidden: bool | None


def read_docx(data: bytes) -> tuple[RawLine, ...]:
    """The lines of a document. UnreadableError where the file is damaged, encrypted or none."""
    if not data.startswith(b"PK"):
        refuse_other(data)
    with opened(data) as archive:
        return text_of(lambda name: tree(archive, name))


def text_of(part: Callable[[str], Element | None]) -> tuple[RawLine, ...]:
    """The lines of a document by its parts. UnreadableError where there is none."""
    document = part("word/document.xml")
    body = None if document is None else document.find("body")
    if body is None:
        raise UnreadableError(Message("no_document"))
    writer = _Writer(numbering(part("word/numbering.xml")), part("word/styles.xml"))
    writer.blocks(body)
    for name in ("footnote", "endnote"):
        notes = part(f"word/{name}s.xml")
        for note in () if notes is None else notes.findall(name):
            if note.get("type") is None:
                writer.blocks(note)
    return tuple(writer.layout.lines)


class _Writer:
    """Writes blocks as lines; text boxes follow the paragraph that they hang on."""

    def __init__(self, numbering: Numbering, styles: Element | None) -> None:
        self.layout = Layout()
        self._numbering = numbering
        self._styles = {} if styles is None else dict(map(_style, styles.findall("style")))
        self._boxes: list[Element] = []
        self._begins = ""  # the number of a paragraph, up to its text
        self._hidden: bool | None = False  # whether text is that does not say it of itself

    def blocks(self, within: Element) -> None:
        for block in within:
            if block.tag == "p":
                self._paragraph(block)
            elif block.tag == "tbl":
                self._table(block)
            elif block.tag not in _SKIPPED:
                self.blocks(block)

    def _table(self, table: Element) -> None:
        self.layout.open_table()
        for row in _inside(table, "tr"):
            self.layout.open_row()
            for cell in _inside(row, "tc"):
                self.layout.open_cell()
                merged = cell.find("tcPr/vMerge")
                if merged is None or merged.get("val") == "restart":
                    self.blocks(cell)
                self.layout.close_cell()
        self.layout.close_table()

    def _paragraph(self, paragraph: Element) -> None:
        name = _value(paragraph, "pPr/pStyle")
        chain = list(self._chain(name))
        heading = _heading(paragraph, chain)
        bold = any(style.bold for style in chain)
        self._hidden = next((s.hidden for s in chain if s.hidden is not None), False)
        self._begins = self._number(paragraph, chain)
        self._inline(paragraph, bold=bold, heading=heading)
        self.layout.end_line()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _inline(self, within: Element, *, bold: bool, heading: int) -> None:
        """The text of runs, wherever links, insertions and fields wrap them."""
        for element in within:
            if element.tag == "r":
                self._run(element, bold=bold, heading=heading)
            elif element.tag in _MATH:
                text = "".join(part.text or "" for part in element.iter("t"))
                self._text(text, bold=bold, heading=heading)
            elif element.tag not in _SKIPPED:
                self._inline(element, bold=bold, heading=heading)

    def _text(self, text: str, *, bold: bool, heading: int) -> None:
        """Write a text, and before the first of a paragraph its number, which stands out as that does."""
        self.layout.text(self._begins + text, bold=bold, heading=heading)
        self._begins = ""

    def _run(self, run: Element, *, bold: bool, heading: int) -> None:
        hidden = run.find("rPr/vanish")
        if self._hidden if hidden is None else hidden.get("val") not in _OFF:
            return
        own = run.find("rPr/b")
        bold = bold if own is None else own.get("val") not in _OFF
        for element in run:
            if element.tag in ("t", "tab", "ptab", "noBreakHyphen", "cr"):
                text = {"t": element.text or "", "noBreakHyphen": "-"}.get(element.tag, " ")
                self._text(text, bold=bold, heading=heading)
            elif element.tag == "br" and element.get("type") in (None, "textWrapping"):
                self.layout.end_line()
            elif element.tag == "ruby":
                for base in element.findall("rubyBase"):
                    self._inline(base, bold=bold, heading=heading)
            elif element.tag in ("drawing", "pict", "object", "AlternateContent"):
                self._boxes += _text_boxes(element)

    def _number(self, paragraph: Element, chain: Iterable[_Style]) -> str:
        printed = paragraph.find("pPr/listPr/t")  # Word 2003 writes it along
        if printed is not None:
            return printed.get("val", "")
        of_style = (s.properties.find("numPr") for s in chain if s.properties is not None)
        for found in (paragraph.find("pPr/numPr"), *of_style):
            number = None if found is None else _value(found, "numId")
            if found is not None and number is not None:
                level = _value(found, "ilvl") or "0"
                return self._numbering.next(number, int(level) if level.isdigit() else 0)
        return ""

    def _chain(self, name: str | None) -> Iterable[_Style]:
        """A style and those that it is based on."""
        for _ in range(_DEPTH):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = style.based_on


def _style(element: Element) -> tuple[str, _Style]:
    name = (_value(element, "name") or "").lower()
    based_on = _value(element, "basedOn") or ""
    hidden = _is_on(element, "rPr/vanish") if element.find("rPr/vanish") is not None else None
    bold = _is_on(element, "rPr/b")
    return element.get("styleId", ""), _Style(name, based_on, element.find("pPr"), bold, hidden)


def _heading(paragraph: Element, chain: Iterable[_Style]) -> int:
    """1 to 6 where the paragraph has a level in the outline, or is the title; else 0."""
    places = (paragraph.find("pPr"), *(style.properties for style in chain))
    for place in places:
        level = None if place is None else _value(place, "outlineLvl")
        if level is not None:
            return int(level) + 1 if level in tuple("012345") else 0
    for style in chain:
        if style.name in ("title", "标题"):
            return 1
        if style.name.startswith("heading ") and style.name[8:] in tuple("123456"):
            return int(style.name[8:])
    return 0


def _inside(within: Element, tag: str) -> Iterable[Element]:
    """The parts of a table of this kind, wherever content controls wrap them."""
    for element in within:
        if element.tag == tag:
            yield element
        elif element.tag in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _inside(element, tag)


def _text_boxes(drawn: Element) -> Iterable[Element]:
    """What stands in the boxes of a drawing; of what is drawn in two ways for two Words, once."""
    for element in drawn:
        if element.tag == "txbxContent":
            yield element
        elif element.tag != "Fallback":
            yield from _text_boxes(element)


def _value(within: Element, path: str) -> str | None:
    found = within.find(path)
    return None if found is None else found.get("val")


def _is_on(within: Element, path: str) -> bool:
    found = within.find(path)
    return found is not None and found.get("val") not in _OFF
