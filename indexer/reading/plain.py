"""Plain text: every line that is not blank is a line, unless the text is wrapped."""

from __future__ import annotations

from dataclasses import replace

from indexer.reading.document import RawLine
from indexer.reading.lines import plain_line
from indexer.reading.unwrap import unwrapped


def read_plain(text: str) -> tuple[RawLine, ...]:
    """The lines of a plain text; one with a tab inside is a table row.

    A vertical tab, form feed, NEL, U+2028 or U+2029 ends a line too.
    """
    lines: list[RawLine] = []
    above = ""
    for source in text.splitlines():
        line = plain_line(source)
        if line is not None:
            lines.append(replace(line, runs_on=_runs_on(above, source)))
        above = source
    return unwrapped(lines)


def _runs_on(above: str, source: str) -> bool:
    """Whether a source line that is not blank goes on in the paragraph of the one above."""
    return bool(above.strip()) and _indent(source) <= _indent(above)


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip())
