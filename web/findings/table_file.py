"""A table with passage links, ours or any other: which column is what, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.errors import RequestError
from indexer.messages import Message
from search.verifying.quote import verbatim
from web.findings.fields import FIELDS, Fields, field_of
from web.report.copied import LINK

_COMMENT = "# "
"""Begins the lines above the table of our files."""
_HARMLESS = re.compile("^'(?='*[=+@\t\r\n＝＋－＠-])")
"""What makes a text harmless to spreadsheets, see web/export/csv.py and `led`."""
_LED = re.compile("^'+[=+@\t\r\n＝＋－＠-]")
_LONGEST = 1 << 20
"""Code points of a cell at most."""


def led(text: str) -> str:
    """A text as a table has it, so that it is read back as it was: an apostrophe of its own that would be
    taken for one that makes it harmless gets another."""
    return f"'{text}" if _LED.match(text) else text


def read_csv(text: str) -> Iterator[Fields]:
    """The rows that have a passage link. RequestError where a cell has no end."""
    before = csv.field_size_limit(_LONGEST)
    try:
        delimiter = "\t" if text[:1_000].count("\t") > text[:1_000].count(",") else ","
        yield from read_rows(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise RequestError(
            Message("findings_broken", error=str(error)),
            parameter="file",
            hint=Message("findings_broken_hint"),
        ) from error
    finally:
        csv.field_size_limit(before)


def read_rows(rows: Iterable[Sequence[str]]) -> Iterator[Fields]:
    """The same of a table: its columns are told by the first row that names one of ours."""
    columns: Sequence[str | None] = ()
    for row in rows:
        if row and row[0].startswith(_COMMENT):
            continue
        linked = any(LINK.search(cell) for cell in row)
        if not linked:
            named = [field_of(cell) for cell in row]
            columns = named if any(named) and not columns else columns
            continue
        fields = _fields(row, columns)
        yield fields
        yield from _others(row, str(fields["link"]))


def _fields(row: Sequence[str], columns: Sequence[str | None]) -> Fields:
    found: dict[str, str | int | None] = {
        name: cell if name == "quote" else _HARMLESS.sub("", cell)
        for name, cell in zip(columns, row, strict=False)
        if name in FIELDS and cell != ""
    }
    if not LINK.search(str(found.get("link", ""))):
        found["link"] = next(cell for cell in row if LINK.search(cell))
    quote, address = str(found.get("quote", "")), str(found["link"])
    whole = _quote([quote], address) == quote
    found["quote"] = (quote if whole else _HARMLESS.sub("", quote)) or _quote(row, address)
    return found


def _others(row: Sequence[str], address: str) -> Iterator[Fields]:
    """Further links of a row, each once, and their quotes where a cell is one."""
    first = LINK.search(address)
    links = dict.fromkeys(found[0] for cell in row for found in LINK.finditer(cell))
    for link in links:
        if first is None or link != first[0]:
            yield {"link": link, "quote": _quote(row, link)}


def _quote(row: Sequence[str], address: str) -> str:
    """The cell that is what the link quotes, character for character; "" where none is."""
    link = LINK.search(address)
    assert link is not None
    length = int(link[3]) - int(link[2])
    found = (verbatim(cell, length, link[4]) for cell in row)
    return next((quote for quote in found if quote), "")
