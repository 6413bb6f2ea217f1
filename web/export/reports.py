"""All reports of an answer as a table, whatever its page: those that say it, or those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask import request

from search.model import ReportHit, SearchRequest
from web.export.about import about
from web.export.hits import Told, summary
from web.export.sheet import Row, Sheet, named_columns
from web.pages import engine
from web.params import read, read_shown
from web.texts import t
from web.urls import report_url

_COLUMNS = (
    *("id", "title", "region", "year", "genre", "issuer", "published", "hits", "source"),
    *("link", "citation"),
)


def reports() -> Sheet:
    """Every report of the result; the parameters are those of the page."""
    return _sheet(read(request.args), t("view_list"))


def silent() -> Sheet:
    """Every report that the request leaves out, if it is asked for what says it."""
    return _sheet(replace(read(request.args), silent=True), t("take_silent"))


def _sheet(asked: SearchRequest, view: str) -> Sheet:
    result, shown = summary(asked), read_shown(request.args)
    return Sheet(
        f"gongkai-{view}-{asked.q}",
        tuple(about(result, asked, shown, (t("csv_counted"), t("csv_a_report")))),
        named_columns(*_COLUMNS),
        _rows(engine().every_report(replace(asked, passages=0)), asked),
        result.total.reports,
    )


def _rows(found: Iterable[ReportHit], asked: SearchRequest) -> Iterator[Row]:
    told = Told()
    for report in found:
        yield (
            report.id,
            *told.cells(report),
            report.issuer,
            report.published,
            report.hits,
            report.source,
            told.root + report_url(report.id, asked.unfiltered()),
            told.citation(report, report.id),
        )
