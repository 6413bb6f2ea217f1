"""What `gongkai search` prints: totals, reports, passages with their links, and the way to the next page."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import asdict, replace

import click

from search.model import Passage, ReportHit, SearchRequest, SearchResult
from web.printed import page_told, unsure_told
from web.terminal.say import print_warnings, printable, say
from web.terminal.wrap import room, wrapped
from web.texts import t
from web.urls import pairs, passage_url

_INDENT = 4
"""Columns before a passage."""


def print_result(result: SearchResult, request: SearchRequest, *, index: str | None) -> None:
    """The answer to `request`; `index` is what --index said, for the command of the next page."""
    print_warnings(result.warnings)
    say("command_totals", **asdict(result.total))
    if result.by_words:
        say("command_by_words", reports=result.by_words)
    if result.did_you_mean:
        say("command_did_you_mean", queries="　".join(result.did_you_mean))
    for hit in result.reports:
        _print_hit(hit)
    pages = -(-result.total.reports // result.size)
    if pages:
        click.echo()
        say("command_page", page=result.page, pages=pages)
    if result.page < pages:
        say("command_next_page", command=_command(replace(request, page=result.page + 1), index))


def _print_hit(hit: ReportHit) -> None:
    region = " › ".join(region.name for region in hit.region)
    facts = (
        region or t("command_no_region"),
        str(hit.year or t("command_no_year")),
        t("command_hits", count=hit.hits),
    )
    click.echo()
    click.echo(click.style(printable(hit.title), bold=True))
    for line in (" · ".join(facts), hit.source):
        click.echo(printable(f"  {line}"))
    for passage in hit.passages:
        _print_passage(passage, hit.id)


def _print_passage(passage: Passage, report_id: str) -> None:
    pieces = [(printable(part.text), part.hit) for part in passage.fragments]
    for line in wrapped(pieces, room(_INDENT)):
        shown = (click.style(text, fg="red", bold=True) if hit else text for text, hit in line)
        click.echo(" " * _INDENT + "".join(shown))
    link = passage_url(report_id, passage.start, passage.end, passage.check)
    told = (link, page_told(passage.place), unsure_told(passage.place))
    click.echo(click.style(" " * _INDENT + "  ".join(filter(None, told)), dim=True))


def _command(request: SearchRequest, index: str | None) -> str:
    """The command that makes this request, to paste into a shell."""
    asked = [] if index is None else [("index", index)]
    asked += [pair for pair in pairs(request) if pair[0] != "q"]
    flags = {name for name, value in asdict(request).items() if isinstance(value, bool)}
    options = [
        f"--{name.replace('_', '-')}" + ("" if name in flags else f"={value}")
        for name, value in asked
    ]
    query = ["--", request.q] if request.q.startswith("-") else [request.q]
    words = ["gongkai", "search", *options, *query]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
