"""The cells of an XLSX file: where they are and how they are printed (ECMA-376, 18.3.1.4 and 18.8)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from zipfile import ZipFile

from indexer.reading.office.grid import Grid
from indexer.reading.office.number_format import BUILT_IN
from indexer.reading.office.package import content, tree

_CELL = re.compile(rb"<(?:\w+:)?(?:(row)\b([^>]*)>|c\b([^>]*)(?<!/)>(?!</))")
"""A row, or a cell that is not empty: one that only has a style ends where it begins."""
_PLACE = re.compile(rb"\br=[\"']([A-Z]{0,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_UNREAD = ("xl/media/", "xl/drawings/", "xl/embeddings/", "xl/charts/")


def grids(archive: ZipFile) -> Mapping[str, Grid]:
    """The grids of the sheets by name. UnreadableError where one is too big, or a part is, unpacked."""
    codes = _codes(archive)
    parts = {name: _part(archive, name, codes) for name in archive.namelist() if _is_read(name)}
    return {name: parts[target] for name, target in _sheets(archive) if parts.get(target)}


def _is_read(name: str) -> bool:
    return name.startswith("xl/") and not name.startswith(_UNREAD) and not name.endswith("/")


def _part(archive: ZipFile, name: str, codes: Sequence[str | None]) -> Grid:
    """The grid of a part, an empty one where it is no sheet."""
    grid = Grid()
    unpacked = content(archive, name) or b""
    if name.startswith("xl/worksheets/"):
        for row, column, style in _cells(unpacked):
            grid.take(row, column, codes[style] if style < len(codes) else None)
    grid.check()
    return grid


def _cells(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each filled cell.

    A row or cell that does not say where it is follows the one before.
    """
    row, column = -1, -1
    for found in _CELL.finditer(part):
        place = _PLACE.search(found[2] or found[3] or b"")
        if found[1]:
            row, column = int(place[2]) - 1 if place else row + 1, -1
            continue
        row, column = (int(place[2]) - 1, _column(place[1])) if place else (row, column + 1)
        style = _STYLE.search(found[3])
        yield row, column, int(style[1]) if style else 0


def _column(letters: bytes) -> int:
    count = 0
    for letter in letters:
        count = count * 26 + letter - 64
    return count - 1


def _codes(archive: ZipFile) -> list[str | None]:
    """The code of each style of cells."""
    styles = tree(archive, "xl/styles.xml")
    if styles is None:
        return []
    known = {str(number): code for number, code in BUILT_IN.items()}
    for form in styles.findall("numFmts/numFmt"):
        known[form.get("numFmtId", "")] = form.get("formatCode", "")
    return [known.get(style.get("numFmtId", "0")) for style in styles.findall("cellXfs/xf")]


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and of its part."""
    book, links = tree(archive, "xl/workbook.xml"), tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {} if links is None else {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in () if book is None else book.findall("sheets/sheet"):
        target = targets.get(sheet.get("id"), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
