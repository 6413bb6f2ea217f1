"""A report as its page shows it: sections with paragraphs and tables, each line with its link."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from indexer.model import Line, Place, Report, Section
from search.links import Resolved, checksum
from search.model import Hit
from web.printed import page_told, unsure_told
from web.report.marks import Cell, Marks, marks
from web.report.tables import cells, grouped, has_header, numeric_columns, tables
from web.urls import passage_url


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the report; `anchor` is its id on the page, `link` its passage link.

    `cells` are those of a table row; any other line has one. `place` is where it is printed; `page` says
    so where it begins or ends on another page than the line before it, `unsure` that it was not surely
    recognised; "" where there is nothing to say.
    """

    anchor: str
    cells: tuple[Cell, ...]
    link: str
    place: Place
    page: str
    unsure: str


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Neighbouring lines that are shown alike: rows of one table, or paragraphs.

    `table` is its number in the report, 0 of paragraphs. `header` tells that the first row is one,
    `numeric` the columns of numbers.
    """

    table: int
    lines: tuple[LineView, ...]
    header: bool
    numeric: frozenset[int]


@dataclass(frozen=True, slots=True)
class SectionView:
    """`hits` counts those in its own lines, `first_hit` numbers the first."""

    anchor: str
    kind: str
    title: str
    level: int
    heading: LineView | None
    groups: tuple[LineGroup, ...]
    hits: int
    first_hit: int


@dataclass(frozen=True, slots=True)
class ReportView:
    title: LineView
    sections: tuple[SectionView, ...]


def report_view(report: Report, hits: Sequence[Hit], quote: Resolved | None) -> ReportView:
    """The report with its hits marked, and with the quoted passage where it still stands."""
    span = _words(report.text(), quote) if quote and quote.state != "changed" else None
    numbers = {rows[0].start: number for number, rows in enumerate(tables(report), 1)}
    pages = dict(_pages(report))
    shown = _Shown(report.id, marks(hits, span), [hit.start for hit in hits], numbers, pages)
    return ReportView(
        shown.line(Line(report.title, 0)),
        tuple(shown.section(number, section) for number, section in enumerate(report.sections, 1)),
    )


def line_at(report: Report, offset: int) -> str:
    """The anchor of the line that holds an offset of the canonical text."""
    lines = chain.from_iterable(section.all_lines() for section in report.sections)
    before = [line for line in lines if line.start <= offset]
    return _anchor(before[-1]) if before else _anchor(Line("", 0))


def _pages(report: Report) -> Iterator[tuple[int, str]]:
    """Where lines begin beside which their page is named: each page once, and what runs over its end."""
    page = 0
    for line in report.lines():
        if line.place.page and line.place.last_page != page:
            page = line.place.last_page
            yield line.start, page_told(line.place)


def _words(text: str, quote: Resolved) -> tuple[int, int]:
    """The passage from its first character that is on the page: line ends and tabs are not."""
    quoted = text[quote.start : quote.end]
    return quote.end - len(quoted.lstrip("\n\t")), quote.end


@dataclass(frozen=True, slots=True)
class _Shown:
    """How the lines of one report are shown; `starts` are those of its hits, `tables` the numbers of
    tables by where they begin, `pages` what is said of pages beside lines, by where these begin."""

    report_id: str
    marked: Marks
    starts: Sequence[int]
    tables: Mapping[int, int]
    pages: Mapping[int, str]

    def section(self, number: int, section: Section) -> SectionView:
        lines = tuple(section.all_lines())
        first, last = (
            bisect_left(self.starts, at)
            for at in ((lines[0].start, lines[-1].end) if lines else (0, 0))
        )
        return SectionView(
            anchor=f"s{number}",
            kind=section.kind,
            title=section.title,
            level=section.level,
            heading=self.line(section.heading) if section.heading else None,
            groups=tuple(self._groups(section.lines)),
            hits=last - first,
            first_hit=first + 1,
        )

    def line(self, line: Line) -> LineView:
        return self._view(line, (self.marked.cell(line),))

    def _groups(self, lines: Iterable[Line]) -> Iterator[LineGroup]:
        for is_table, group in grouped(lines):
            if is_table:
                yield self._table(group)
            else:
                yield LineGroup(0, tuple(map(self.line, group)), False, frozenset())

    def _table(self, lines: Sequence[Line]) -> LineGroup:
        table = [cells(line) for line in lines]
        header = has_header(table)
        views = tuple(self._view(line, self.marked.cells(line)) for line in lines)
        return LineGroup(self.tables[lines[0].start], views, header, numeric_columns(table, header))

    def _view(self, line: Line, cells: tuple[Cell, ...]) -> LineView:
        link = passage_url(self.report_id, line.start, line.end, checksum(line.text))
        page = self.pages.get(line.start, "")
        told = unsure_told(line.place)
        return LineView(_anchor(line), cells, f"{link}#passage", line.place, page, told)


def _anchor(line: Line) -> str:
    return f"c{line.start}"
