"""Reports of files that have pages, and of scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.model import Line, Place, Report, Section


def printed(report: Report, places: Iterator[Place]) -> Report:
    """The report with these places for its lines, in their order; the title has none."""

    def line(one: Line) -> Line:
        return replace(one, place=next(places))

    return replace(report, sections=tuple(_section(section, line) for section in report.sections))


def _section(section: Section, line: Callable[[Line], Line]) -> Section:
    heading = line(section.heading) if section.heading else None
    return replace(section, heading=heading, lines=tuple(map(line, section.lines)))
