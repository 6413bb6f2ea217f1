"""Plain text: every line that is not blank is a line, unless the text is wrapped."""

from __future__ import annotations

import re

from indexer.reading.document import RawLine
from indexer.reading.lines import plain_line, row_of, trim
from indexer.reading.unwrap import unwrapped

_BARS_ONLY = re.compile(r"[|\s:—-]*\|[|\s:—-]*")


def read_plain(text: str) -> tuple[RawLine, ...]:
    """The lines of a plain text; one with a tab inside is a table row, and one that a bar ends.

    A vertical tab, form feed, NEL, U+2028 or U+2029 ends a line too.
    """
    lines: list[RawLine] = []
    above = ""
    for source in text.splitlines():
        line = _line(source)
        if line is not None:
            runs_on = _runs_on(above, source)
            lines.append(RawLine(line.text, row=line.row, runs_on=True) if runs_on else line)
        above = source
    return unwrapped(lines)


def _line(source: str) -> RawLine | None:
    """The line of a source; of bars that part no cells, what stands beside them."""
    text = trim(source)
    if _BARS_ONLY.fullmatch(text):
        return None
    if not text.startswith("|") and not text.endswith("|"):
        return plain_line(source)
    cells = text.removeprefix("|").removesuffix("|").split("|")
    filled = [cell for cell in map(trim, cells) if cell]
    return row_of(cells) if len(filled) > 1 else plain_line("".join(filled))


def _runs_on(above: str, source: str) -> bool:
    """Whether a source line that is not blank goes on in the paragraph of the one above."""
    return bool(above.strip()) and _indent(source) <= _indent(above)


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip())
