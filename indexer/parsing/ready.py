"""A report that was made before, and what its owner's metadata.csv says of it now."""

from __future__ import annotations

from dataclasses import replace

from indexer.model import Line, Report, Section
from indexer.parsing.overrides import Override
from indexer.regions.find import Evidence, find_region


def overridden(report: Report, told: Override) -> Report:
    """The report with the facts of a row; its offsets move with its title."""
    by = len(told.title) - len(report.title) if told.title else 0
    chain = find_region([Evidence("override", told.region)]).chain if told.region else report.region
    return replace(
        report,
        title=told.title or report.title,
        year=told.year or report.year,
        published=told.published or report.published,
        issuer=told.issuer or report.issuer,
        url=told.url or report.url,
        region=chain,
        sections=tuple(_moved(section, by) for section in report.sections),
    )


def _moved(section: Section, by: int) -> Section:
    heading = section.heading and _line(section.heading, by)
    return replace(section, heading=heading, lines=tuple(_line(line, by) for line in section.lines))


def _line(line: Line, by: int) -> Line:
    return replace(line, start=line.start + by)
