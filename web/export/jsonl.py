"""Rows as JSON Lines (jsonlines.org): an object a line, in UTF-8, without a byte order mark.

The first line has `about`, names and values in the reader's language; then comes an object a row, its keys
the same in every language; the last line has `end` with the number of rows. Numbers are numbers, what is
not known is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from web.export.sheet import Sheet

_AT_ONCE = 100
"""Rows that are sent at a time."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def jsonl_bytes(sheet: Sheet) -> Iterator[bytes]:
    """The file, some lines at a time."""
    about = [{"name": name, "value": value} for name, value in sheet.head]
    columns = {column.key: column.label for column in sheet.columns}
    yield _bytes([_ENCODER.encode({"about": about, "columns": columns})])
    keys, lines, written = tuple(columns), list[str](), 0
    for row in sheet.rows:
        written += 1
        lines.append(_ENCODER.encode(dict(zip(keys, row, strict=True))))
        if len(lines) == _AT_ONCE:
            yield _bytes(lines)
            lines.clear()
    sheet.check(written)
    lines.append(_ENCODER.encode({"end": {"rows": written}}))
    yield _bytes(lines)


def _bytes(lines: list[str]) -> bytes:
    """Lone surrogates, which UTF-8 has no bytes for, become "?"."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
