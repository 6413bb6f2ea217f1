"""Notes of a list as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from web.batch import sheets
from web.batch.noted import Frame, Listing
from web.batch.sheets import Note
from web.export.csv import csv_bytes

Writer = Callable[[Listing, Frame, Iterable[Note], str], Iterator[bytes]]


def _csv(listing: Listing, frame: Frame, notes: Iterable[Note], root: str) -> Iterator[bytes]:
    labels = [column.label for column in sheets.columns(listing, frame)]
    rows = sheets.rows(listing, frame, notes, root)
    return csv_bytes(sheets.head(listing, frame), labels, rows)


def _jsonl(listing: Listing, frame: Frame, notes: Iterable[Note], root: str) -> Iterator[bytes]:
    for note in notes:
        line = json.dumps(note, ensure_ascii=False, separators=(",", ":"))
        yield line.encode("utf-8", "replace") + b"\n"


FORMS: Mapping[str, Writer] = {"csv": _csv, "jsonl": _jsonl}
"""By the ending of a file's name."""


def pieces(
    form: str, listing: Listing, frame: Frame, notes: Iterable[Note], root: str = ""
) -> Iterator[bytes]:
    """The file, piece after piece; links in it begin with `root`."""
    return FORMS[form](listing, frame, notes, root)
