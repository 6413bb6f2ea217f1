"""What `gongkai open` prints: where a quoted passage stands in this index, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from indexer.model import Report
from search.quoted import Found, Quoted
from web.api.json_shape import REPORT_FACTS, Shape
from web.terminal.say import printable
from web.terminal.wrap import room, wrapped
from web.texts import t
from web.urls import passage_url

_INDENT = 4
"""Columns before a quote."""


def link_of(found: Found, quoted: Quoted) -> str:
    """The passage link as it is now; of a changed passage, as it was quoted: its page says what became
    of it."""
    if found.place.state == "changed":
        return passage_url(found.report.id, quoted.start, quoted.end, quoted.check)
    place = found.place
    return passage_url(found.report.id, place.start, place.end, quoted.check)


def found_json(found: Found, quoted: Quoted) -> Shape:
    """For programs: `cited` is what the link says, all else what is so in this index."""
    report, place = found.report, found.place
    return {
        "state": place.state,
        "found_by": found.by,
        "reports": found.reports,
        "report": {
            "id": report.id,
            **{name: getattr(report, name) for name in REPORT_FACTS},
            "region": [asdict(region) for region in report.region],
        },
        "headings": list(_headings(report, place.start)),
        "start": place.start,
        "end": place.end,
        "text": found.quote,
        "url": link_of(found, quoted),
        "cited": {
            "id": quoted.id,
            "start": quoted.start,
            "end": quoted.end,
            "check": quoted.check,
        },
    }


def print_found(found: Found, quoted: Quoted) -> None:
    """Title, place, quote, state and link."""
    report, place = found.report, found.place
    region = " › ".join(region.name for region in report.region) or t("command_no_region")
    facts = (region, str(report.year or t("command_no_year")))
    click.echo(click.style(printable(report.title), bold=True))
    about = (" · ".join(facts), report.source, *_headings(report, place.start))
    for line in (*about, *_state(found, quoted)):
        click.echo(printable(f"  {line}"))
    click.echo()
    for line in found.quote.split("\n"):
        _print_quoted(printable(line.replace("\t", " ")))
    click.echo()
    click.echo(f"  {link_of(found, quoted)}")


def _print_quoted(line: str) -> None:
    for part in wrapped([(line, True)], room(_INDENT)):
        for text, _ in part:
            click.echo(" " * _INDENT + click.style(text, fg="red"))


def _state(found: Found, quoted: Quoted) -> Iterator[str]:
    """How the passage was found, where not by its id, and what became of it."""
    if found.by == "source":
        yield t("opened_by_source")
    elif found.by == "quote":
        yield t("opened_by_quote", count=found.reports)
    yield t(f"opened_{found.place.state}", first=quoted.start + 1, now=found.place.start + 1)


def _headings(report: Report, offset: int) -> tuple[str, ...]:
    """The headings above the line that holds an offset, the outermost first."""
    above: list[tuple[int, str]] = []
    for section in report.sections:
        first = next(section.all_lines(), None)
        if first is not None and first.start > offset:
            break
        above = [each for each in above if each[0] < section.level]
        above.append((section.level, section.title))
    return tuple(title for _, title in above if title)
