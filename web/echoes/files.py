"""Reports by what they copy, and the sentences of a report, as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from indexer.echoes.measure import CHANGED, COMMON, LEAST
from search.echoes import Copied, Echo, Echoes, EchoReport, Twin
from search.engine import Engine
from search.links import checksum
from search.model import MAX_SIZE, SearchRequest
from web.echoes.shown import ORDER, report_name
from web.export.csv import Cell
from web.show import percent
from web.texts import t
from web.urls import passage_url

COLUMNS = (
    *("column_id", "column_title", "column_region", "column_year", "column_published"),
    *("column_characters", "column_copied", "column_copied_share"),
    *(f"echo_{state}" for state in ORDER),
    *("column_chief", "column_chief_title", "column_chief_characters", "column_source"),
)
SENTENCE_COLUMNS = (
    *("column_sentence", "column_start", "column_end", "column_characters", "column_state"),
    *("column_reports", "column_link"),
    *("column_copied_text", "column_copied_report", "column_copied_link", "column_changes"),
    *("column_earliest_text", "column_earliest_report", "column_earliest_link", "column_ties"),
)


def head() -> tuple[tuple[str, str], ...]:
    """What stands above the rows: what is measured, and when the file was made."""
    rule = t("echoes_rule", least=LEAST, changed=percent(1 / CHANGED), common=COMMON)
    return (t("echoes"), rule), (t("csv_made"), date.today().isoformat())


def every_copied(engine: Engine, asked: SearchRequest) -> Iterator[Copied]:
    """All of the list, whatever its page."""
    for number in count(1):
        found = engine.laziest(replace(asked, page=number, size=MAX_SIZE)).reports
        yield from found
        if len(found) < MAX_SIZE:
            return


def copied_rows(engine: Engine, asked: SearchRequest) -> Iterator[Sequence[Cell]]:
    """A row for each report of the list."""
    return map(_copied_row, every_copied(engine, asked))


def _copied_row(copied: Copied) -> Sequence[Cell]:
    report, shares, chief = copied.report, copied.shares, copied.chief
    return (
        *(report.id, report.title, _region(report), report.year, report.published),
        *(shares.characters, shares.copied, round(copied.share, 6)),
        *map(shares.of, ORDER),
        *((chief.id, chief.title) if chief else (None, None)),
        *(copied.from_chief, report.source),
    )


def sentence_rows(report_id: str, found: Echoes) -> Iterator[Sequence[Cell]]:
    """A row for each sentence of a report."""
    return (_sentence_row(report_id, echo) for echo in found.sentences)


def _sentence_row(report_id: str, echo: Echo) -> Sequence[Cell]:
    link = passage_url(report_id, echo.start, echo.end, checksum(echo.text))
    return (
        *(echo.text, echo.start, echo.end, echo.characters, t(f"echo_{echo.state}")),
        *(echo.reports, link),
        *_twin_cells(echo.copied),
        echo.copied.changes if echo.copied else None,
        *_twin_cells(echo.earliest),
        echo.ties,
    )


def _twin_cells(twin: Twin | None) -> Sequence[Cell]:
    if twin is None:
        return None, None, None
    link = passage_url(twin.report.id, twin.start, twin.end, checksum(twin.text))
    return twin.text, report_name(twin.report), link


def _region(report: EchoReport) -> str:
    """All on the way down."""
    return " / ".join(region.name for region in report.region)
