"""Plain text: every line that is not blank is a line."""

from __future__ import annotations

from indexer.reading.document import RawLine
from indexer.reading.lines import plain_line


def read_plain(text: str) -> tuple[RawLine, ...]:
    """The lines of a plain text; one with a tab inside is a table row.

    A vertical tab, form feed, NEL, U+2028 or U+2029 ends a line too.
    """
    return tuple(line for line in map(plain_line, text.splitlines()) if line is not None)
