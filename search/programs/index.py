"""An index that a program has opened: each method is a question, its answer a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import TracebackType
from typing import Any

from indexer.errors import GongkaiError
from indexer.messages import LANGUAGES, Message, word
from search.engine import Engine
from search.model import ConcordanceOrder, SearchRequest
from search.programs.answers import Hits, Reports, Text
from search.programs.asking import is_paged, request_of
from search.programs.counts import Batch
from search.programs.spreads import Matrix, Trend
from search.spread import Below


class Index:
    """An index, open for questions, from `open_index`. Threads may share it.

    It stays with the generation that it was opened with: open it again for what was indexed since. Each
    keyword argument is a field of `search.model.SearchRequest` (`region`, `year`, `year_from`, `section`,
    `literal` …); a filter takes one value or several. Where neither `page` nor `size` is given, an answer
    is all that is found. All errors are `GongkaiError`s, which say what is wrong and what to do.
    """

    def __init__(self, engine: Engine, root: str) -> None:
        """`root` begins the links of answers, without "/" at its end."""
        self._engine: Engine | None = engine
        self._root = root

    def search(self, q: str | SearchRequest = "", **asked: Any) -> Reports:
        """The reports that the query finds, the best first.

        >>> with open_index(SAMPLES) as index:
        ...     found = index.search("“三务”公开", region="内蒙古", year_from=2018)
        >>> found.total.reports == len(found)
        True
        >>> [report.year for report in found if report.year < 2018]
        []
        """
        engine, request = self._asked(q, asked)
        paged = is_paged(asked)
        result = engine.search(request if paged else replace(request, size=1, passages=0))
        return Reports(
            request=request,
            canonical=result.canonical,
            warnings=result.warnings,
            total=result.total,
            reports=result.reports if paged else tuple(engine.every_report(request)),
            facets=result.facets,
            did_you_mean=result.did_you_mean,
            root=self._root,
        )

    def hits(
        self, q: str | SearchRequest, order: ConcordanceOrder = "report", **asked: Any
    ) -> Hits:
        """Every hit in its line, each with the link to quote it by; `order` may be "left" or "right", too:
        by what stands on that side.

        >>> with open_index(SAMPLES) as index:
        ...     found = index.hits("“三务”公开", size=3)
        >>> len(found), found.hits
        (3, 24)
        >>> found.lines[0].hit
        '“三务”公开'
        """
        engine, request = self._asked(q, asked)
        paged = is_paged(asked)
        page = engine.concordance(request if paged else replace(request, size=1), order)
        return Hits(
            request=request,
            canonical=page.canonical,
            warnings=page.warnings,
            finds_text=page.finds_text,
            hits=page.hits,
            reports=page.reports,
            lines=page.lines if paged else tuple(engine.every_line(request, order)),
            root=self._root,
        )

    def trend(self, q: str | SearchRequest = "", **asked: Any) -> Trend:
        """What the query finds year by year, beside how many reports there are.

        >>> with open_index(SAMPLES) as index:
        ...     trend = index.trend("“三务”公开")
        >>> sum(year.group.matching for year in trend)
        14
        """
        engine, request = self._asked(q, asked)
        return Trend(request, engine.spread(request), self._root)

    def matrix(
        self, q: str | SearchRequest = "", below: Below = "children", **asked: Any
    ) -> Matrix:
        """What the query finds by region and year; `below` tells which regions have rows: see
        `search.spread.Below`.

        >>> with open_index(SAMPLES) as index:
        ...     matrix = index.matrix("“三务”公开", below="city", region="内蒙古")
        >>> {row.region.name for row in matrix if row.region and row.group.matching}
        {'鄂尔多斯市'}
        """
        engine, request = self._asked(q, asked)
        return Matrix(request, engine.spread(request, below), self._root)

    def batch(
        self,
        queries: Iterable[str],
        below: Below = "children",
        *,
        crossed: bool = False,
        **asked: Any,
    ) -> Batch:
        """What each of many queries finds, under the same filters: no pages, no passages. One that cannot be
        understood has its error in its row, and stops nothing. `crossed`: the years of each region, too.

        >>> with open_index(SAMPLES) as index:
        ...     batch = index.batch(["“三务”公开", "(三务"])
        >>> batch.columns()["hits"].cells
        (24, None)
        >>> sum(cell.hits for cell in batch.by_year())
        24
        """
        engine, request = self._asked("", asked)
        return Batch(tuple(engine.counts(queries, request, below, crossed=crossed)), self._root)

    def report(self, id: str) -> Text:
        """The whole report with this id; UnknownReportError where there is none.

        >>> with open_index(SAMPLES) as index:
        ...     text = index.report(index.search("“三务”公开").reports[0].id)
        >>> "“三务”公开" in text.report.text()
        True
        """
        return Text(self._open().report(id), self._root)

    @property
    def generation(self) -> str:
        """The generation of the index that answers; another one after each run of `gongkai index`."""
        return self._open().generation

    def close(self) -> None:
        """Let go of the index's files; further questions are errors. Answers stay."""
        self._engine = None

    def __enter__(self) -> Index:
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._engine is None:
            return _said(Message("index_was_closed"))
        count = self._engine.count(SearchRequest()).reports
        return _said(Message("index_is_open", generation=self._engine.generation, reports=count))

    def _asked(self, q: str | SearchRequest, asked: dict[str, Any]) -> tuple[Engine, SearchRequest]:
        return self._open(), request_of(q, asked)

    def _open(self) -> Engine:
        if self._engine is None:
            raise GongkaiError(Message("index_was_closed"), hint=Message("index_was_closed_hint"))
        return self._engine


def _said(message: Message) -> str:
    return " · ".join(word(message, language) for language in LANGUAGES)
