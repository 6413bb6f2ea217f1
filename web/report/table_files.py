"""The tables of a report as files: CSV, each cell as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from indexer.model import Line, Report
from search.links import checksum
from web.export.csv import Cell, Figure, csv_response, harmless
from web.former import moved_to
from web.http.tags import same_for_all
from web.pages import engine
from web.public import absolute
from web.report.tables import cells, is_number, tables
from web.show import plain
from web.texts import t
from web.urls import passage_url

blueprint = Blueprint("tables", __name__)


@blueprint.get("/reports/<report_id>/tables/<int:number>.csv")
@same_for_all
def table(report_id: str, number: int) -> Response:
    """Table `number` of a report, counted from 1; no such page where it has fewer."""
    found = engine().report(report_id)
    every = tables(found)
    if not 1 <= number <= len(every):
        abort(404)
    return moved_to(found, report_id) or _file(found, number, every[number - 1])


def _file(report: Report, number: int, rows: tuple[Line, ...]) -> Response:
    """Its first row stands where a file has its columns, whether it names them or not."""
    name = f"{plain(report.title)}-{t('table_number', number=number)}"
    first, *rest = map(cells, rows)
    columns = [cell if is_number(cell) else harmless(cell) for cell in first]
    return csv_response(name, _head(report, number, rows[0]), columns, map(_row, rest))


def _row(printed: list[str]) -> list[Cell]:
    return [Figure(cell) if is_number(cell) else cell for cell in printed]


def _head(report: Report, number: int, first: Line) -> Iterator[tuple[str, str]]:
    link = passage_url(report.id, first.start, first.end, checksum(first.text))
    yield t("csv_table"), t("table_number", number=number)
    yield t("csv_report"), report.title
    yield t("source"), report.source
    yield t("csv_table_made"), date.today().isoformat()
    yield t("csv_table_link"), absolute(link)
