"""The lines of a report with what a comparison asks of each."""

from __future__ import annotations

from typing import NamedTuple

from indexer.model import Line, Report
from indexer.text.fold import fold

TITLE = -1
"""The section of a title."""


class Placed(NamedTuple):
    """A line, its fold, its section (from 0, TITLE for the title) and whether it heads it."""

    line: Line
    folded: str
    section: int
    heading: bool


def placed(report: Report) -> tuple[Placed, ...]:
    """Title and lines, in reading order."""
    found = [Placed(Line(report.title, 0), fold(report.title), TITLE, False)]
    for number, section in enumerate(report.sections):
        if section.heading is not None:
            found.append(Placed(section.heading, fold(section.heading.text), number, True))
        found += [Placed(line, fold(line.text), number, False) for line in section.lines]
    return tuple(found)
