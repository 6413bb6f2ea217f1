"""What `gongkai verify` prints: a line a quote, what is to be looked at beneath it, the counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from web.export.csv import csv_bytes
from web.export.sheet import Column, Sheet
from web.report.citations import shortened
from web.terminal.say import printable
from web.terminal.wrap import room, wrapped
from web.texts import t
from web.verify.rows import COLUMNS, Row, cells, counts, link_only, unread

_COLOURS = {"exact": "green", "moved": "yellow", "changed": "red", "gone": "red"}
_INDENT = 6
"""Columns before what is said of a quote."""


def print_verdicts(rows: Sequence[Row]) -> None:
    """In the order of the file; what is exact, and no more to say of it, takes one line."""
    for number, row in enumerate(rows, 1):
        state = click.style(t(f"outcome_{row.outcome}"), fg=_COLOURS[row.outcome], bold=True)
        click.echo(f"{number:>4}  {state}  {row.cited}")
        if row.outcome != "exact" or row.why:
            _print_more(row)
    click.echo(printable(t("verify_counts", **counts(rows))))
    if beside := unread(rows):
        click.echo(printable(t("verify_unread", count=beside)))
    if unquoted := link_only(rows):
        click.echo(printable(t("verify_link_only", count=unquoted)))


def print_csv(rows: Sequence[Row]) -> None:
    """A CSV file as those of the pages, UTF-8 whatever the terminal has."""
    head = (
        (t("csv_counted"), t("verify_one")),
        (t("findings_number"), str(len(rows))),
        (t("csv_made"), date.today().isoformat()),
    )
    columns = [Column(name, t(name)) for name in COLUMNS]
    for piece in csv_bytes(Sheet("gongkai", head, columns, map(cells, rows), len(rows))):
        click.echo(piece, nl=False)


def _print_more(row: Row) -> None:
    quote = shortened(row.quote) or t("verify_no_quote")
    for text in (f"“{quote}”", " · ".join(filter(None, (row.title, row.source))), row.why, row.now):
        for part in wrapped([(printable(text), False)], room(_INDENT)) if text else ():
            click.echo(" " * _INDENT + "".join(piece for piece, _ in part))
