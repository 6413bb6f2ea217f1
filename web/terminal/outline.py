"""What `gongkai inspect` prints: how one file is read."""

from __future__ import annotations

import click

from indexer.model import Report
from web.said import told
from web.terminal.say import print_warnings, printable, say
from web.texts import t


def print_report(report: Report) -> None:
    """The report's facts, its outline, what was left out of it and what was doubtful."""
    click.echo(click.style(printable(report.title), bold=True))
    region = " › ".join(f"{region.name} {region.code}" for region in report.region)
    for name, value in (
        ("region", region),
        ("year", report.year),
        ("genre", report.genre),
        ("issuer", report.issuer),
        ("published", report.published),
        ("number", report.number),
        ("url", report.url),
        ("id", report.id),
    ):
        say("command_fact", name=t(f"fact_{name}"), value=value or "—")
    for section in report.sections:
        indent = "  " * section.level
        title = printable(section.title) or t("command_no_heading")
        lines = t("command_lines", count=len(section.lines))
        click.echo(f"{indent}{title}  [{section.kind}] {lines}")
    for dropped in report.dropped:
        say("command_dropped", reason=told(dropped.reason), text=dropped.text)
    print_warnings(report.warnings)
