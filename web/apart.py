"""Phrases that were typed side by side, with commas or ends of lines between them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.errors import QueryError
from search.query.layout import lay_out

SEPARATORS = "，,、；;"


def apart(text: str) -> tuple[str, ...]:
    """The phrases of a text, each once. What stands in quotes or brackets is not parted, where these
    pair up in the line; nor is a number (1,000)."""
    parts = (part.strip() for line in text.splitlines() for part in _parts(line))
    return tuple(dict.fromkeys(part for part in parts if part))


def _parts(line: str) -> Iterator[str]:
    begin = 0
    for at in _separators(line):
        yield line[begin:at]
        begin = at + 1
    yield line[begin:]


def _separators(line: str) -> Iterator[int]:
    """Offsets of those that part the line."""
    enclosed, at = _enclosed(line), 0
    while at < len(line):
        at = enclosed.get(at, at)
        if line[at] in SEPARATORS and not _in_number(line, at):
            yield at
        at += 1


def _enclosed(line: str) -> dict[int, int]:
    try:
        layout = lay_out(line)
    except QueryError:
        return {}
    return {**layout.brackets, **layout.quotes}


def _in_number(line: str, at: int) -> bool:
    return line[at] == "," and line[:at][-1:].isdigit() and line[at + 1 : at + 2].isdigit()
