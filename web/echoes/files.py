"""Reports by what they copy, and the sentences of a report, as rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from indexer.echoes.measure import CHANGED, COMMON, LEAST
from search.echoes import Copied, Echo, Echoes, EchoReport, Twin
from search.engine import Engine
from search.links import checksum
from search.model import MAX_SIZE, SearchRequest
from web.echoes.shown import ORDER, report_name
from web.export.about import made_of
from web.export.sheet import Cell, Column, Sheet
from web.show import percent
from web.texts import t
from web.urls import passage_url

_COLUMNS = (
    *("id", "title", "region", "year", "published"),
    *("characters", "copied", "copied_share"),
    *(f"echo_{state}" for state in ORDER),
    *("chief", "chief_title", "chief_characters", "source"),
)
_SENTENCE_COLUMNS = (
    *("sentence", "start", "end", "characters", "state"),
    *("reports", "link"),
    *("copied_text", "copied_report", "copied_link", "changes"),
    *("earliest_text", "earliest_report", "earliest_link", "ties"),
)


def laziest_sheet(engine: Engine, asked: SearchRequest) -> Sheet:
    """All of the list, whatever its page: a row for each report."""
    rows = map(_copied_row, every_copied(engine, asked))
    return _sheet(t("echoes_list"), _COLUMNS, rows, engine.generation)


def sentences_sheet(engine: Engine, report_id: str, found: Echoes) -> Sheet:
    """A row for each sentence of a report."""
    rows = (_sentence_row(report_id, echo) for echo in found.sentences)
    return _sheet(t("echoes"), _SENTENCE_COLUMNS, rows, engine.generation)


def _sheet(
    name: str, columns: Iterable[str], rows: Iterable[Sequence[Cell]], generation: str
) -> Sheet:
    """Above the rows: what is measured, and when the file was made."""
    rule = t("echoes_rule", least=LEAST, changed=percent(1 / CHANGED), common=COMMON)
    head = [(t("echoes"), rule), *made_of(generation)]
    labels = (name if name.startswith("echo_") else f"column_{name}" for name in columns)
    named = [Column(key, t(label)) for key, label in zip(columns, labels, strict=True)]
    return Sheet(f"gongkai-{name}", head, named, rows)


def every_copied(engine: Engine, asked: SearchRequest) -> Iterator[Copied]:
    """All of the list, whatever its page; what is wrong with what is asked is raised by the call."""

    def part(number: int) -> Sequence[Copied]:
        return engine.laziest(replace(asked, page=number, size=MAX_SIZE)).reports

    return _one_after_another(part(1), part)


def _one_after_another(
    first: Sequence[Copied], part: Callable[[int], Sequence[Copied]]
) -> Iterator[Copied]:
    """Of all parts, of which the last is shorter."""
    found = first
    for number in count(2):
        yield from found
        if len(found) < MAX_SIZE:
            return
        found = part(number)


def _copied_row(copied: Copied) -> Sequence[Cell]:
    report, shares, chief = copied.report, copied.shares, copied.chief
    return (
        *(report.id, report.title, _region(report), report.year, report.published),
        *(shares.characters, shares.copied, round(copied.share, 6)),
        *map(shares.of, ORDER),
        *((chief.id, chief.title) if chief else (None, None)),
        *(copied.from_chief, report.source),
    )


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
