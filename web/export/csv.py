"""Rows as a CSV file that Excel, pandas and R open as it is, sent while it is made.

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding; RFC 4180. The file
begins with what it is: lines of two cells, each led by "#", then an empty line, then the columns. So a
colleague who gets the file sees at its top what was asked and what is counted, and a spreadsheet takes
what follows the empty line for a table of its own. Programs skip such lines, as pandas does with
`read_csv(…, comment="#")` and R with `read.csv(…, comment.char="#")`. All texts are quoted: a "#" in one is
no comment then.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from urllib.parse import quote

from flask import Response, stream_with_context

Cell = str | int | float | None
Head = Iterable[tuple[str, str]]
"""What a file is about: names, which are ours, and values, which may be anything."""

LONGEST_NAME = 80
"""Code points of a file's name, without what stands after its dot."""
_PIECE = 1 << 15
"""Characters that are sent at a time, about."""
_MARK = "\ufeff"
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


class Figure(str):
    """A number as it is printed, sign and all: a spreadsheet may take it for one, and it runs nothing."""

    __slots__ = ()


def csv_response(
    name: str, head: Head, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Response:
    """A file of this name to download. `rows` are asked for one by one, in the context of the request."""
    response = Response(
        stream_with_context(csv_bytes(head, columns, rows)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = attachment(name, "csv")
    return response


def attachment(name: str, ending: str) -> str:
    """The header of a file to download under this name, in ASCII and in full (RFC 6266, RFC 5987)."""
    encoded = quote(f"{_file_name(name)}.{ending}", safe="", errors="replace")
    return f"attachment; filename=\"gongkai.{ending}\"; filename*=UTF-8''{encoded}"


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it.

    What begins like a formula is one to Excel, LibreOffice and WPS, quoted or not, and a formula can send
    the sheet to another host: a report may hold one. An apostrophe before it makes it text (OWASP, CSV
    Injection). Full-width signs are taken for the others where Chinese or Japanese is set. NUL, which
    no spreadsheet takes (nor the csv of Python 3.10), is shown as what is no character.
    """
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text[:1] in _FORMULA else text


def csv_bytes(
    head: Head, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """The file: first all that stands above its rows, then some rows at a time."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    buffer.write(_MARK)
    for label, value in head:
        buffer.write(f"# {label},")
        writer.writerow([harmless(" ".join(value.split()))])
    buffer.write("\r\n")
    writer.writerow(columns)
    yield _taken(buffer)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
        if buffer.tell() > _PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


def _written(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) and not isinstance(cell, Figure) else cell


def _taken(buffer: StringIO) -> bytes:
    """What was written, which the buffer then holds no more; lone surrogates become "?"."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def _file_name(name: str) -> str:
    """The name without what file systems refuse, or what changes the direction of writing."""
    kept = "".join(
        " " if c in _NOT_IN_NAMES or unicodedata.category(c)[0] in "CZ" else c for c in name
    )
    return "-".join(kept.split())[:LONGEST_NAME].strip(".-") or "gongkai"
