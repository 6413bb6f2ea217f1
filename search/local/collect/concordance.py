"""A concordance: every hit on a line of its own, a page of them printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from indexer.arrays.distinct import distinct, first_of_each
from indexer.arrays.locate import holding
from indexer.arrays.records import places, read_record
from indexer.arrays.segment import NO_YEAR, Ints, SegmentArrays
from indexer.model import GENRES, Region
from search.budget import checkpoint
from search.links import checksum
from search.local.collect.context import sorted_part
from search.local.collect.located import LocatedHits, hits_in
from search.local.collect.ranked import hits_by_file, ranked
from search.local.collect.warnings import warnings
from search.local.facts.columns import Columns, SearchSegment
from search.local.hits.quotes import printed_bounds
from search.local.hits.spans import Spans
from search.local.plan import Plan
from search.local.printed.headings import section_refs, title
from search.local.printed.origins import code_points
from search.local.printed.passages import ELLIPSIS, LONGEST_HIT
from search.model import Concordance, ConcordanceLine, ConcordanceOrder, SectionRef

CONTEXT = 40
"""Code points of the line shown on each side of a hit."""
AT_ONCE = 1_000
"""Lines that are printed at a time where all of them are wanted."""


def concordance(plan: Plan, order: ConcordanceOrder) -> Concordance:
    """The asked page of the hits of the files that pass the filters."""
    request, columns = plan.request, plan.columns
    files, counts = _with_hits(plan)
    end = request.page * request.size
    first = end - request.size
    if order == "report":
        hits = _reading_part(plan, files, counts, first, end)
    else:
        hits = sorted_part(columns, _hits(plan, files), _ranks(columns, files), order, first, end)
    return Concordance(
        canonical=plan.canonical,
        warnings=warnings(plan),
        finds_text=plan.answer.finds_text,
        hits=int(counts.sum()),
        reports=len(files),
        lines=_printed(columns, hits),
        page=request.page,
        size=request.size,
    )


def every_line(plan: Plan, order: ConcordanceOrder, first: int) -> Iterator[ConcordanceLine]:
    """All lines from a number on, whatever the page. Some are printed at a time; in an order by context,
    16 bytes a hit are kept until the last."""
    columns = plan.columns
    files, counts = _with_hits(plan)
    hits = int(counts.sum())
    firsts = range(first, hits, AT_ONCE)
    if order == "report":
        parts = (_reading_part(plan, files, counts, n, n + AT_ONCE) for n in firsts)
    else:
        every = sorted_part(columns, _hits(plan, files), _ranks(columns, files), order, 0, hits)
        parts = (every.at(np.arange(n, min(n + AT_ONCE, hits))) for n in firsts)
    return (line for part in parts for line in _printed(columns, part))


def _with_hits(plan: Plan) -> tuple[Ints, Ints]:
    """The files with hits that pass the filters, in the order asked, and how many each has."""
    by_file = hits_by_file(plan)
    some = np.flatnonzero(plan.passing & (by_file > 0))
    files = ranked(plan, some, by_file, len(some))
    return files, by_file[files]


def _hits(plan: Plan, files: Ints) -> LocatedHits:
    """All hits of some files."""
    return hits_in(plan.columns, files, plan.answer.counted, plan.leaves)


def _ranks(columns: Columns, ranked: Ints) -> Ints:
    """For each file of the index, its rank among the `ranked` files (0 for the others)."""
    ranks = np.zeros(columns.files, np.int64)
    ranks[ranked] = np.arange(len(ranked))
    return ranks


def _reading_part(plan: Plan, ranked: Ints, counts: Ints, first: int, end: int) -> LocatedHits:
    """Hits [first, end) of the `ranked` files, which have `counts` of them: only those of the
    files that the part is of are looked up."""
    ends = np.cumsum(counts)
    files = slice(int(np.searchsorted(ends, first, "right")), int(np.searchsorted(ends, end)) + 1)
    hits = _hits(plan, ranked[files])
    ranks = _ranks(plan.columns, ranked)[hits.files(plan.columns)]
    skipped = first - int(counts[: files.start].sum())
    return hits.at(np.argsort(ranks, kind="stable")[skipped : skipped + end - first])


def _printed(columns: Columns, hits: LocatedHits) -> tuple[ConcordanceLine, ...]:
    """The hits as they are shown, in the order given."""
    order = np.lexsort((hits.starts, hits.segments))
    ascending = hits.at(order)
    lines = [
        line
        for number, part in ascending.by_segment(len(columns.segments))
        for line in _lines(
            columns, columns.segments[number], Spans(ascending.starts[part], ascending.ends[part])
        )
    ]
    return tuple(lines[index] for index in np.argsort(order).tolist())


def _lines(columns: Columns, searched: SearchSegment, hits: Spans) -> Iterator[ConcordanceLine]:
    """Hits of one segment, in order of their starts."""
    if not len(hits):
        return
    segment = searched.arrays
    firsts, ends = printed_bounds(segment, hits)
    lasts = ends - 1
    line = holding(segment.line_folded, hits.starts)
    begin = segment.line_printed[line].astype(np.int64)
    end = segment.line_printed[line + 1].astype(np.int64) - 1
    start = np.maximum(begin, firsts - 2 * CONTEXT - 2)
    stop = np.minimum(end, lasts + 2 * CONTEXT + 4)
    blocks = holding(segment.block_line, line)
    files = segment.block_file[blocks].astype(np.int64)
    origin = code_points(
        segment,
        segment.line_printed[segment.block_line[segment.file_block[files]]].astype(np.int64),
    )
    spans = code_points(segment, np.stack([start, firsts, lasts])) - origin
    checkpoint()
    reports = {file: _of_report(columns, searched, file) for file in distinct(files).tolist()}
    for text, section, place, file, (zero, first, last) in zip(
        segment.printed_texts(start, stop),
        _sections(segment, blocks),
        places(segment, line),
        files.tolist(),
        spans.T.tolist(),
        strict=True,
    ):
        at, after = first - zero, last + 1 - zero
        hit = text[at:after]
        report = reports[file]
        yield ConcordanceLine(
            *report.begins,
            section,
            text[max(0, at - CONTEXT) : at],
            hit if len(hit) <= LONGEST_HIT else _shortened(hit),
            text[after : after + CONTEXT],
            first,
            last + 1,
            checksum(hit),
            place,
            *report.ends,
        )


class _OfReport(NamedTuple):
    """What the lines of a report have in common: the first fields of each, and the last."""

    begins: tuple[str, str, str, int | None, tuple[Region, ...]]
    ends: tuple[str | None, str | None, str | None]


def _of_report(columns: Columns, searched: SearchSegment, file: int) -> _OfReport:
    """`file` is numbered within its segment."""
    segment, number = searched.arrays, searched.first_file + file
    record = read_record(segment, file)
    year, issuer = int(columns.year[number]), int(columns.issuer[number])
    return _OfReport(
        (
            record["id"],
            title(segment, file),
            GENRES[columns.genre[number]],
            None if year == NO_YEAR else year,
            columns.region(number),
        ),
        (
            columns.issuers[issuer] if issuer >= 0 else None,
            record["published"],
            record["url"],
        ),
    )


def _sections(segment: SegmentArrays, blocks: Ints) -> Iterator[SectionRef]:
    """For each block its section; the blocks ascend, and many hits stand in one."""
    firsts = first_of_each(blocks)
    counts = np.diff(firsts, append=len(blocks)).tolist()
    refs = section_refs(segment, blocks[firsts])
    return chain.from_iterable(repeat(ref, n) for ref, n in zip(refs, counts, strict=True))


def _shortened(hit: str) -> str:
    """A hit without its middle: the separators in it make it very long."""
    half = LONGEST_HIT // 2
    return hit[:half] + ELLIPSIS.text + hit[-half:]
