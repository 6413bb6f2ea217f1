"""What `gongkai findings` prints."""

from __future__ import annotations

from collections.abc import Sequence

import click

from search.saved.finding import Finding
from search.saved.findings import Conflict
from web.api.json_shape import Shape
from web.findings.fields import fields_of, link_of
from web.findings.merging import Taken
from web.terminal.say import printable, say
from web.terminal.wrap import room, wrapped
from web.texts import t

_INDENT = 4
"""Columns before a note."""


def print_findings(findings: Sequence[Finding]) -> None:
    """The newest first: number and label, quote, where it stands, note, link."""
    for finding in findings:
        facts = finding.facts
        click.echo(click.style(printable(f"{finding.number}  {finding.label}".rstrip()), bold=True))
        _print_text(finding.passage.quote, "red")
        where = (facts.title, facts.region, str(facts.year or ""), facts.source)
        click.echo(printable("  " + " · ".join(filter(None, where))))
        if finding.note:
            _print_text(finding.note, None)
        click.echo(click.style(f"  {link_of(finding)}", dim=True))
        click.echo()
    say("findings_count", count=len(findings))


def print_taken(taken: Taken, conflict: Conflict) -> None:
    """How many were new, and what differs."""
    merged = taken.merged
    say(
        "findings_merged",
        added=merged.added,
        same=merged.same,
        filled=merged.filled,
        differing=len(merged.differing),
    )
    if taken.unquoted:
        say("findings_unquoted", err=True, count=taken.unquoted)
    for mine, theirs in merged.differing:
        click.echo()
        _print_text(mine.passage.quote, "red")
        for said, of in ((t("findings_mine"), mine), (t("findings_theirs"), theirs)):
            click.echo(printable(f"  {said}  {of.label}".rstrip()))
            _print_text(of.note or t("findings_empty"), None)
    if merged.differing:
        say(f"findings_done_{conflict}")


def taken_json(taken: Taken) -> Shape:
    """The same for programs."""
    merged = taken.merged
    return {
        "added": merged.added,
        "same": merged.same,
        "filled": merged.filled,
        "unquoted": taken.unquoted,
        "differing": [
            {"mine": fields_of(mine, ""), "theirs": fields_of(theirs, "")}
            for mine, theirs in merged.differing
        ],
    }


def _print_text(text: str, colour: str | None) -> None:
    for line in text.split("\n"):
        for part in wrapped([(printable(line.replace("\t", " ")), True)], room(_INDENT)):
            for piece, _ in part:
                click.echo(" " * _INDENT + click.style(piece, fg=colour))
