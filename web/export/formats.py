"""The tables of an answer, and the forms that they are written in. *A further form:* a writer, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from web.export.csv import csv_bytes
from web.export.jsonl import jsonl_bytes
from web.export.markdown import markdown_bytes
from web.export.sheet import Sheet
from web.export.xlsx import xlsx_bytes

Writer = Callable[[Sheet], Iterator[bytes]]
"""The bytes of a file, piece after piece. Whoever stops taking them has a file without its end; so has
whoever takes them where a row cannot be made, for that error ends the pieces."""


class Format(NamedTuple):
    """A form: its media type, what writes it, what it is called on pages. Its key ends names of files."""

    media: str
    write: Writer
    label: str


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", csv_bytes, "CSV"),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes, "Excel"
    ),
    "jsonl": Format("application/jsonl; charset=utf-8", jsonl_bytes, "JSONL"),
    "md": Format("text/markdown; charset=utf-8", markdown_bytes, "Markdown"),
}

ADDRESSES: Mapping[str, str] = {
    "reports": "search",
    "hits": "concordance",
    "trend": "trend",
    "matrix": "matrix",
    "silent": "silent",
}
"""The tables, and what their addresses are before their ending; the parameters are those of the pages."""
