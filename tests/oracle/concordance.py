"""A concordance line by line: every hit cut out of its line, then sorted."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.model import Report, Section
from search.links import checksum
from search.model import ConcordanceLine, ConcordanceOrder, SectionRef
from tests.oracle.folded import TITLE, FoldedBlock, FoldedReport, Span

Hits = list[tuple[int, Span]]
"""Of one report, in order, each with its block."""


def lines(
    found: Iterable[tuple[FoldedReport, Hits]], order: ConcordanceOrder
) -> list[ConcordanceLine]:
    """All lines of reports that stand in order."""
    every = [(report, block, span) for report, hits in found for block, span in hits]
    if order != "report":
        every.sort(key=lambda hit: _context(hit[0].blocks[hit[1]], hit[2], order))
    return [_line(report, block, span) for report, block, span in every]


def _context(block: FoldedBlock, span: Span, order: ConcordanceOrder) -> list[int]:
    """Twelve UTF-16 code units beside the hit, those nearest to it first."""
    if order == "right":
        return _code_units(block.folded[span[1] :].partition("\n")[0])[:12]
    return _code_units(block.folded[: span[0]].rpartition("\n")[2])[::-1][:12]


def _code_units(text: str) -> list[int]:
    data = text.encode("utf-16-le")
    return [low | high << 8 for low, high in zip(data[::2], data[1::2], strict=True)]


def _line(folded: FoldedReport, block: int, span: Span) -> ConcordanceLine:
    line, start, end = folded.blocks[block].printed(span)
    report = folded.report
    return ConcordanceLine(
        report=report.id,
        title=report.title,
        genre=report.genre,
        year=report.year,
        region=report.region,
        section=_section(report, block),
        left=line.text[:start][-40:],
        hit=line.text[start:end],
        right=line.text[end:][:40],
        start=line.start + start,
        end=line.start + end,
        check=checksum(line.text[start:end]),
        place=line.place,
        issuer=report.issuer,
        published=report.published,
        original=report.url,
    )


def _section(report: Report, block: int) -> SectionRef:
    if block == TITLE:
        return SectionRef("title", (), ())
    above: list[Section] = []
    for section in report.sections[:block]:
        above = [*(other for other in above if other.level < section.level), section]
    headings = tuple(section.title for section in above if section.title)
    return SectionRef(above[-1].kind, headings, above[-1].path)
