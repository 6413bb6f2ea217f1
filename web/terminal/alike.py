"""What `gongkai similar` prints: the reports like one, or all pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import click

from indexer.model import report_id
from search.likeness import AlikePair, AlikeReport, Likenesses
from web.api.alike_json import pair_json
from web.compare.addresses import comparison_url
from web.export.csv import csv_bytes
from web.export.sheet import Cell, Column, Sheet
from web.show import percent
from web.terminal.say import print_json, printable, say
from web.texts import t

_ID = re.compile(r"[0-9a-f]{12}")
_LINK = re.compile(r"/reports/([0-9a-f]{12})(?![0-9a-f])")
_COLUMNS = (
    "column_id",
    "column_source",
    "column_title",
    "column_region",
    "column_year",
    "column_characters",
    "column_common",
    "column_share",
)


def asked_id(report: str) -> str:
    """The id of a report that is named by its id, by any link to it, or by its path in the corpus."""
    link = _LINK.search(report)
    if link:
        return link[1]
    return report if _ID.fullmatch(report) else report_id(report)


def at_least(share: float, pairs: Iterable[AlikePair]) -> Iterator[AlikePair]:
    """Those of whose one report so much stands in the other, from 0 to 1."""
    return (pair for pair in pairs if max(pair.a.share, pair.b.share) >= share)


def print_likenesses(found: Likenesses) -> None:
    """The reports that are like one."""
    for pair in found.pairs:
        _print_report(pair.b)
        say("similar_of_one", this=percent(pair.a.share), other=percent(pair.b.share))
        _print_link(pair)
    say("similar_count", count=len(found.pairs))
    if found.crowded:
        say("similar_crowded", err=True)


def print_pairs(pairs: Iterable[AlikePair]) -> None:
    """All pairs."""
    count = 0
    for pair in pairs:
        count += 1
        for report in pair:
            _print_report(report)
            say("similar_share", share=percent(report.share), characters=report.common)
        _print_link(pair)
    say("similar_count", count=count)


def print_pairs_json(pairs: Iterable[AlikePair]) -> None:
    """A line of JSON a pair: there may be millions."""
    for pair in pairs:
        print_json(pair_json(pair))


def print_pairs_csv(pairs: Iterable[AlikePair]) -> None:
    """A CSV file as those of the pages, UTF-8 whatever the terminal has."""
    columns = [
        Column(f"{side}_{name}", t("similar_column", side=side, name=t(name)))
        for side in "ab"
        for name in _COLUMNS
    ]
    head = ((t("csv_made"), date.today().isoformat()),)
    for piece in csv_bytes(Sheet("gongkai", head, columns, map(_row, pairs))):
        click.echo(piece, nl=False)


def _row(pair: AlikePair) -> list[Cell]:
    return [cell for report in pair for cell in _cells(report)]


def _cells(report: AlikeReport) -> Iterator[Cell]:
    yield report.id
    yield report.source
    yield report.title
    yield " ".join(region.name for region in report.region)
    yield report.year
    yield report.characters
    yield report.common
    yield round(report.share, 6)


def _print_report(report: AlikeReport) -> None:
    region = " › ".join(region.name for region in report.region) or t("command_no_region")
    click.echo(click.style(printable(report.title), bold=True))
    click.echo(printable(f"  {region} · {report.year or t('command_no_year')} · {report.id}"))
    click.echo(printable(f"  {report.source}"))


def _print_link(pair: AlikePair) -> None:
    click.echo(click.style(f"  {comparison_url(pair.a, pair.b)}", dim=True))
    click.echo()
