"""Chart and matrix to take away: as drawings that say themselves what they show, and as tables (written by
`web/export`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, Response, render_template

from web.export.about import about
from web.export.download import attachment
from web.export.sheet import Row, Sheet
from web.http.tags import same_for_all
from web.pages import engine
from web.show import number
from web.texts import t
from web.trend import sheets
from web.trend.asking import is_chosen
from web.trend.chart import year_chart
from web.trend.drawing import Sheet as Drawing
from web.trend.matrix import matrix
from web.trend.phrases import comparison
from web.trend.series import Series, all_series
from web.trend.views import Answer, answered

blueprint = Blueprint("trend_files", __name__)

SVG = "image/svg+xml; charset=utf-8"


def year_sheet() -> Sheet:
    """A row a query and year; the parameters are those of the page."""
    got = answered(passages=0)
    series = tuple(all_series(engine(), got.spread, got.asked, got.shown))
    rows = sheets.year_rows(series, got.asked)
    return _sheet("take_chart", "file_a_year", got, series, sheets.BY_YEAR, rows)


def region_sheet() -> Sheet:
    """A row a query, region and year."""
    got = answered(passages=0)
    series = tuple(all_series(engine(), got.spread, got.asked, got.shown, got.shown.below))
    rows = sheets.region_rows(series, got.asked)
    return _sheet("take_matrix", "file_a_cell", got, series, sheets.BY_REGION, rows)


@blueprint.get("/trend.svg")
@same_for_all
def trend_svg() -> Response:
    """The chart, and below it the bars of each query where there are several."""
    got = answered(passages=0)
    asked, shown, columns = got.asked, got.shown, got.columns
    return _drawing(
        "trend/trend.svg",
        _name("take_chart", got),
        sheet=Drawing.of(_title(got), _about(got), len(columns.years), (64, 24)),
        kind=got.kind,
        chart=year_chart(got.spread, columns, got.result, asked, shown, got.kind, got.measure),
        comparison=comparison(engine(), got.spread, asked, shown, got.measure),
    )


@blueprint.get("/matrix.svg")
@same_for_all
def matrix_svg() -> Response:
    """The matrix of the main query, without years that are not chosen."""
    got = answered(passages=0)
    columns = got.columns.only(lambda year: is_chosen(year, got.asked))
    return _drawing(
        "trend/matrix.svg",
        _name("take_matrix", got),
        sheet=Drawing.of(_title(got), _about(got), len(columns.years), (140, 130)),
        kind=got.kind,
        columns=columns,
        matrix=matrix(got.spread, got.names, columns, got.asked, got.shown),
    )


def _drawing(template: str, name: str, **values: object) -> Response:
    svg = render_template(template, **values)
    response = Response(svg.encode("utf-8", "replace"), content_type=SVG)
    response.headers["Content-Disposition"] = attachment(name, "svg")
    return response


def _title(got: Answer) -> str:
    return got.asked.q or t("results_all")


def _name(what: str, got: Answer) -> str:
    return f"gongkai-{t(what)}-{got.asked.q}"


def _about(got: Answer, *counted: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What the file says of itself: what was asked, of how many reports, from where."""
    total = got.spread.total
    of = t("file_all", reports=number(total.reports), characters=number(total.characters))
    yield from about(got.result, got.asked, got.shown, *counted, (t("file_denominator"), of))
    yield t("file_source"), t("file_source_is")


def _sheet(
    what: str,
    row: str,
    got: Answer,
    series: tuple[Series, ...],
    names: Sequence[str],
    rows: Iterable[Row],
) -> Sheet:
    """A table of the answer; `row` is the text that says what one of its rows is."""
    head = (*_about(got, (t("file_counted"), t(row))), *sheets.wrong(series))
    return Sheet(_name(what, got), head, sheets.columns(names, got.kind), rows)
