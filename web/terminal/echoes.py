"""What `gongkai echoes` prints: the sentences of a report, or the reports that copy most."""

from __future__ import annotations

import click

from indexer.model import Report
from search.echoes import LEAST_TEXT, Copied, Echo, Echoes, Laziest, Shares, Twin
from search.engine import Engine
from search.model import SearchRequest
from web.echoes.files import laziest_sheet, sentences_sheet
from web.echoes.shown import ORDER, report_name
from web.export.csv import csv_bytes
from web.export.sheet import Sheet
from web.show import percent
from web.terminal.say import printable, say
from web.texts import t


def print_echoes(report: Report, found: Echoes) -> None:
    """The shares, then each sentence that stands elsewhere, with the twin that tells most."""
    click.echo(click.style(printable(report.title), bold=True))
    click.echo(printable(f"  {report_name(report)} · {report.id}"))
    _print_shares(found.shares)
    for echo in found.sentences:
        if echo.state != "alone":
            _print_sentence(echo)


def _print_shares(shares: Shares) -> None:
    say(
        "echoes_copied",
        share=percent(shares.share(shares.copied)),
        copied=f"{shares.copied:,}",
        characters=f"{shares.characters:,}",
    )
    for state in ORDER:
        characters = shares.of(state)
        if characters:
            share = percent(shares.share(characters))
            say("echoes_line", share=share, characters=characters, state=t(f"echo_{state}"))
    click.echo()


def _print_sentence(echo: Echo) -> None:
    say("echoes_sentence", state=t(f"echo_{echo.state}"), text=echo.text)
    twin = echo.copied or echo.earliest
    if twin and echo.state != "common":
        _print_twin(twin)
    if echo.reports > 1:
        key = "echoes_reports_least" if echo.state == "common" else "echoes_reports"
        say(key, count=echo.reports)


def _print_twin(twin: Twin) -> None:
    changes = t("echoes_changed", count=twin.changes) if twin.changes else t("echoes_equal")
    when = t(f"echoes_when_{twin.when}")
    which = f"{report_name(twin.report)} · {twin.report.id}"
    say("echoes_twin", which=which, when=when, changes=changes, text=twin.text)


def print_laziest(found: Laziest) -> None:
    """A page of the list."""
    for copied in found.reports:
        _print_copied(copied)
    say("echoes_total", count=f"{found.total:,}")
    if found.short:
        say("echoes_short", count=f"{found.short:,}", least=f"{LEAST_TEXT:,}")


def _print_copied(copied: Copied) -> None:
    report, shares = copied.report, copied.shares
    which = f"{report_name(report)} · {report.id}"
    line = t("echoes_row", share=percent(copied.share), which=which, title=report.title)
    click.echo(click.style(printable(line), bold=True))
    for state in ORDER[:4]:
        characters = shares.of(state)
        if characters:
            share = percent(shares.share(characters))
            say("echoes_line", share=share, characters=characters, state=t(f"echo_{state}"))
    if copied.chief:
        share = percent(shares.share(copied.from_chief))
        which = f"{report_name(copied.chief)} · {copied.chief.id}"
        click.echo(printable("  " + t("echoes_chief", share=share, which=which)))
    if copied.one_report:
        click.echo("  " + t("echoes_one_report"))


def print_echoes_csv(engine: Engine, report_id: str, found: Echoes) -> None:
    """A row for each sentence."""
    _print_csv(sentences_sheet(engine, report_id, found))


def print_laziest_csv(engine: Engine, asked: SearchRequest) -> None:
    """A row for each report of the list, whatever its page."""
    _print_csv(laziest_sheet(engine, asked))


def _print_csv(sheet: Sheet) -> None:
    """A CSV file as those of the pages, UTF-8 whatever the terminal has."""
    for piece in csv_bytes(sheet):
        click.echo(piece, nl=False)
