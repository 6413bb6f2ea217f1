"""The tables of a report as files: CSV, each cell as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from indexer.model import Line, Report
from search.links import checksum
from web.export.download import download
from web.export.sheet import Column, Figure, Sheet
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
    columns = [Column(str(at), _cell(printed)) for at, printed in enumerate(first, start=1)]
    body = [list(map(_cell, row)) for row in rest]
    head = tuple(_head(report, number, rows[0]))
    return download(Sheet(name, head, columns, body, len(body)), "csv")


def _cell(printed: str) -> str:
    return Figure(printed) if is_number(printed) else printed


def _head(report: Report, number: int, first: Line) -> Iterator[tuple[str, str]]:
    link = passage_url(report.id, first.start, first.end, checksum(first.text))
    yield t("csv_table"), t("table_number", number=number)
    yield t("csv_report"), report.title
    yield t("source"), report.source
    yield t("csv_table_made"), date.today().isoformat()
    yield t("csv_table_link"), absolute(link)
