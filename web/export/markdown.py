"""Rows as Markdown: a heading, what the file is of as a list, a table (GitHub's), and the number of rows.

What reports say is hostile: a character that Markdown takes for its own, or HTML, is escaped in every
cell, so that it shows as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from web.export.sheet import Cell, Sheet, one_line

_AT_ONCE = 100
"""Rows that are sent at a time."""
_ODD = re.compile(r"([\\`*_{}\[\]<>#|~!&$])|[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]|^\s|\s$")
"""What Markdown takes for its own, and the white space that ends a line or that a cell would lose."""
_LINK = re.compile(r"https?://[A-Za-z0-9.:/?#%+=&-]+")
"""An address as ours are: nothing in it is Markdown's own."""


def markdown_bytes(sheet: Sheet) -> Iterator[bytes]:
    """The file, some lines at a time."""
    labels = [_written(column.label) for column in sheet.columns]
    lines = [f"# {_written(one_line(sheet.name))}", ""]
    lines += [f"- {_written(name)}：{_written(one_line(value))}" for name, value in sheet.head]
    lines += ["", _row(labels), _row(["---"] * len(labels))]
    written = 0
    for row in sheet.rows:
        written += 1
        if len(lines) > _AT_ONCE:
            yield _bytes(lines)
            lines.clear()
        lines.append(_row(list(map(_written, row))))
    sheet.check(written)
    yield _bytes([*lines, "", f"{sheet.end}，{written}"])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _written(cell: Cell) -> str:
    """A cell as it reads; an address of which all of a cell is made stays as it is: that makes it a link."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    if _LINK.fullmatch(cell):
        return cell
    return _ODD.sub(_escaped, cell)


def _escaped(odd: re.Match[str]) -> str:
    return f"\\{odd[0]}" if odd[1] else f"&#{ord(odd[0])};"


def _bytes(lines: list[str]) -> bytes:
    """Lone surrogates, which UTF-8 has no bytes for, become "?"; so does NUL, which Markdown has not."""
    text = "".join(f"{line}\n" for line in lines)
    return text.replace("\0", "\ufffd").encode("utf-8", "replace")
