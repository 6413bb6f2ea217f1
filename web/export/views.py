"""All hits, or all reports, of an answer as a CSV file, whatever its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flask import Blueprint, Response, request

from indexer.model import Region
from search.model import ConcordanceLine, ReportHit, SearchRequest, SearchResult
from web.export.about import about
from web.export.csv import Cell, csv_response
from web.http.tags import same_for_all
from web.pages import engine
from web.params import read, read_shown
from web.printed import page_numbers
from web.public import absolute
from web.show import genre_label, kind_label
from web.texts import t
from web.urls import passage_url, report_url

blueprint = Blueprint("export", __name__)

_OF_REPORTS = ("column_id", "column_title", "column_region", "column_year", "column_genre")
_LINES = (
    *_OF_REPORTS,
    *("column_section", "column_heading", "column_left", "column_hit", "column_right"),
    *("column_page", "column_confidence", "column_start", "column_end", "column_link"),
)
_REPORTS = (
    *_OF_REPORTS,
    *("column_issuer", "column_published"),
    *("column_hits", "column_source", "column_link"),
)


@blueprint.get("/concordance.csv")
@same_for_all
def lines() -> Response:
    """Every hit with its context; the parameters are those of the page."""
    asked, shown = read(request.args), read_shown(request.args, "lines")
    rows = _line_rows(engine().every_line(asked, shown.order))
    head = about(_summary(asked), asked, shown, (t("csv_counted"), t("csv_a_hit")))
    return csv_response(f"gongkai-{t('view_lines')}-{asked.q}", head, list(map(t, _LINES)), rows)


@blueprint.get("/search.csv")
@same_for_all
def reports() -> Response:
    """Every report of the result; the parameters are those of the page."""
    asked, shown = read(request.args), read_shown(request.args)
    rows = _report_rows(engine().every_report(replace(asked, passages=0)), asked)
    head = about(_summary(asked), asked, shown, (t("csv_counted"), t("csv_a_report")))
    return csv_response(f"gongkai-{t('view_list')}-{asked.q}", head, list(map(t, _REPORTS)), rows)


def _summary(asked: SearchRequest) -> SearchResult:
    return engine().search(replace(asked, page=1, size=1, passages=0))


def _line_rows(lines: Iterable[ConcordanceLine]) -> Iterator[Sequence[Cell]]:
    root = absolute("/").removesuffix("/")
    for line in lines:
        kind = t("title_line") if line.section.kind == "title" else kind_label(line.section.kind)
        path = passage_url(line.report, line.start, line.end, line.check)
        yield (
            *(line.report, line.title, _region(line.region), line.year, genre_label(line.genre)),
            *(kind, " / ".join(line.section.headings)),
            *(line.left, line.hit, line.right, page_numbers(line.place), line.place.confidence),
            *(line.start, line.end, root + path),
        )


def _report_rows(reports: Iterable[ReportHit], asked: SearchRequest) -> Iterator[Sequence[Cell]]:
    root = absolute("/").removesuffix("/")
    for report in reports:
        path = report_url(report.id, asked.unfiltered())
        yield (
            *(report.id, report.title, _region(report.region), report.year),
            *(genre_label(report.genre), report.issuer, report.published),
            *(report.hits, report.source, root + path),
        )


def _region(chain: Iterable[Region]) -> str:
    """All on the way down."""
    return " / ".join(region.name for region in chain)
