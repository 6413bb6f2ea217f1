"""Rows as a CSV file that Excel, pandas and R open as it is, sent while it is made.

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding; RFC 4180. The file
begins with what it is: lines of two cells, each led by "#", then an empty line, then the columns. So a
colleague who gets the file sees at its top what was asked and what is counted, and a spreadsheet takes
what follows the empty line for a table of its own. Its last line is led by "#" too, and has the number of
rows. Programs skip such lines, as pandas does with `read_csv(…, comment="#")` and R with
`read.csv(…, comment.char="#")`. All texts are quoted: a "#" in one is no comment then.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from web.export.sheet import Cell, Sheet, one_line

_PIECE = 1 << 15
"""Characters that are sent at a time, about."""
_MARK = "\ufeff"
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it.

    What begins like a formula is one to Excel, LibreOffice and WPS, quoted or not, and a formula can send
    the sheet to another host: a report may hold one. An apostrophe before it makes it text (OWASP, CSV
    Injection). Full-width signs are taken for the others where Chinese or Japanese is set. NUL, which
    no spreadsheet takes (nor the csv of Python 3.10), is shown as what is no character.
    """
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text[:1] in _FORMULA else text


def csv_bytes(sheet: Sheet) -> Iterator[bytes]:
    """The file: first all that stands above its rows, then some rows at a time."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    buffer.write(_MARK)
    for label, value in sheet.head:
        buffer.write(f"# {label},")
        writer.writerow([harmless(one_line(value))])
    buffer.write("\r\n")
    writer.writerow([_written(column.label) for column in sheet.columns])
    yield _taken(buffer)
    written = 0
    for row in sheet.rows:
        written += 1
        writer.writerow([_written(cell) for cell in row])
        if buffer.tell() > _PIECE:
            yield _taken(buffer)
    sheet.check(written)
    buffer.write(f"# {sheet.end},{written}\r\n")
    yield _taken(buffer)


def _written(cell: Cell) -> Cell:
    """Numbers, and figures as they are printed, run nothing; nor do most texts, of which there are millions."""
    if type(cell) is not str or (cell[:1] not in _FORMULA and "\0" not in cell):
        return cell
    return harmless(cell)


def _taken(buffer: StringIO) -> bytes:
    """What was written, which the buffer then holds no more; lone surrogates become "?"."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
