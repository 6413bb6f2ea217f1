"""A report as its page shows it: sections with paragraphs and tables, each line with its link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby

from indexer.model import Line, Report, Section
from search.links import Resolved, checksum
from search.model import Hit
from web.report.marks import Cell, Marks, marks
from web.urls import passage_url


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the report; `anchor` is its id on the page, `link` its passage link."""

    anchor: str
    cells: tuple[Cell, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that are shown alike: the rows of one table, or paragraphs."""

    table: bool
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    anchor: str
    kind: str
    title: str
    level: int
    heading: LineView | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    title: LineView
    sections: tuple[SectionView, ...]


def report_view(report: Report, hits: Iterable[Hit], quote: Resolved | None) -> ReportView:
    """The report with its hits marked, and with the quoted passage where it still stands."""
    span = (quote.start, quote.end) if quote and quote.state != "changed" else None
    marked = marks(hits, span)
    return ReportView(
        _line(Line(report.title, 0), report.id, marked),
        tuple(
            _section(number, section, report.id, marked)
            for number, section in enumerate(report.sections, 1)
        ),
    )


def line_at(report: Report, offset: int) -> str:
    """The anchor of the line that holds an offset of the canonical text."""
    lines = chain.from_iterable(section.all_lines() for section in report.sections)
    before = [line for line in lines if line.start <= offset]
    return _anchor(before[-1]) if before else _anchor(Line("", 0))


def _section(number: int, section: Section, report_id: str, marked: Marks) -> SectionView:
    heading = section.heading
    return SectionView(
        anchor=f"s{number}",
        kind=section.kind,
        title=section.title,
        level=section.level,
        heading=_line(heading, report_id, marked) if heading else None,
        blocks=tuple(
            Block(table, tuple(_line(line, report_id, marked) for line in lines))
            for table, lines in groupby(section.lines, key=lambda line: "\t" in line.text)
        ),
    )


def _line(line: Line, report_id: str, marked: Marks) -> LineView:
    link = passage_url(report_id, line.start, line.end, checksum(line.text))
    return LineView(_anchor(line), marked.cells(line), f"{link}#passage")


def _anchor(line: Line) -> str:
    return f"c{line.start}"
