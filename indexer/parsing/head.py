"""The head of a page, its lines parted where a site glued them together."""

from __future__ import annotations

from dataclasses import replace

from indexer.parsing import furniture
from indexer.parsing.title import HEAD, is_title
from indexer.reading.document import RawLine


def without_glue(lines: list[RawLine]) -> list[RawLine]:
    """The lines, those of the head that hold a title and the site's facts as two."""
    head = [part for line in lines[:HEAD] for part in _title_and_facts(line)]
    return head + lines[HEAD:]


def _title_and_facts(line: RawLine) -> list[RawLine]:
    at = 0 if line.row else furniture.facts_behind(line.text)
    if not at:
        return [line]
    title = replace(line, text=line.text[:at].rstrip(), bold=min(line.bold, at))
    if not is_title(title) or furniture.head_or_tail(title.text):
        return [line]
    return [title, replace(line, text=line.text[at:], bold=0, heading=0)]
