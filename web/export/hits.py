"""All hits of an answer as a table, whatever its page: a row a hit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from flask import request

from indexer.model import GENRES, KINDS
from search.model import ConcordanceLine, ReportHit, SearchRequest, SearchResult
from web.export.about import about
from web.export.sheet import Cell, Row, Sheet, named_columns
from web.pages import engine
from web.params import read, read_shown
from web.printed import page_numbers
from web.public import absolute
from web.report.citations import passage_of, reference
from web.show import genre_label, kind_label
from web.texts import t
from web.urls import passage_url, report_url

_COLUMNS = (
    *("id", "title", "region", "year", "genre", "section", "heading", "left", "hit", "right"),
    *("page", "confidence", "start", "end", "link", "citation"),
)
_REPORTS = 4_096
"""Reports whose cells are remembered: in an order by context their lines are far apart."""


def hits() -> Sheet:
    """Every hit with its context; the parameters are those of the page."""
    asked, shown = read(request.args), read_shown(request.args, "lines")
    result = summary(asked)
    return Sheet(
        f"gongkai-{t('view_lines')}-{asked.q}",
        tuple(about(result, asked, shown, (t("csv_counted"), t("csv_a_hit")))),
        named_columns(*_COLUMNS),
        _rows(engine().every_line(asked, shown.order)),
        result.total.hits,
    )


def summary(asked: SearchRequest) -> SearchResult:
    """The totals and facets of a request."""
    return engine().search(replace(asked, page=1, size=1, passages=0))


class Told:
    """How reports are told in rows: in the reader's language, with links that others can open.

    It asks once what it needs of the request: of a million rows, each would ask again.
    """

    def __init__(self) -> None:
        self.root = absolute("/").removesuffix("/")
        self.kinds = {"title": t("title_line"), **{kind: kind_label(kind) for kind in KINDS}}
        self._genres: dict[str, str] = {genre: genre_label(genre) for genre in GENRES}
        self._today = date.today()

    def cells(self, report: ConcordanceLine | ReportHit) -> tuple[Cell, ...]:
        """Title, region with all on the way down to it, year and genre."""
        region = " / ".join(region.name for region in report.region)
        return report.title, region, report.year, self._genres[report.genre]

    def citation(self, report: ConcordanceLine | ReportHit, report_id: str) -> str:
        """How to cite it."""
        address = self.root + report_url(report_id, SearchRequest())
        return reference(report, address, self._today)


def _rows(lines: Iterable[ConcordanceLine]) -> Iterator[Row]:
    told = Told()
    known: dict[str, tuple[tuple[Cell, ...], str]] = {}
    for line in lines:
        of_report = known.get(line.report)
        if of_report is None:
            if len(known) == _REPORTS:
                known.clear()
            of_report = told.cells(line), told.citation(line, line.report)
            known[line.report] = of_report
        cells, citation = of_report
        link = told.root + passage_url(line.report, line.start, line.end, line.check)
        pages = page_numbers(line.place)
        yield (
            line.report,
            *cells,
            told.kinds[line.section.kind],
            " / ".join(line.section.headings),
            line.left,
            line.hit,
            line.right,
            pages,
            line.place.confidence,
            line.start,
            line.end,
            link,
            passage_of(citation, pages, link),
        )
