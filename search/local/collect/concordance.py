"""A concordance: every hit on a line of its own, a page of them printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from indexer.arrays.locate import holding
from indexer.arrays.records import read_record
from indexer.arrays.segment import NO_YEAR, U4, Ints
from search.links import checksum
from search.local.collect.context import LocatedHits, sorted_part
from search.local.collect.ranked import hits_by_file, ranked
from search.local.collect.warnings import warnings
from search.local.facts.columns import Columns, SearchSegment
from search.local.hits.in_files import spans_in_files
from search.local.hits.leaves import Leaves
from search.local.hits.quotes import printed_bounds
from search.local.hits.spans import Spans
from search.local.plan import Plan
from search.local.printed.headings import section_refs, title
from search.local.printed.origins import code_points
from search.local.printed.passages import ELLIPSIS, LONGEST_HIT
from search.model import Concordance, ConcordanceLine, ConcordanceOrder
from search.query.tree import Leaf

CONTEXT = 40
"""Code points of the line shown on each side of a hit."""


def concordance(plan: Plan, order: ConcordanceOrder) -> Concordance:
    """The asked page of the hits of the files that pass the filters."""
    columns, found, leaves, request = plan.columns, plan.answer, plan.leaves, plan.request
    by_file = hits_by_file(plan)
    holding = np.flatnonzero(plan.passing & (by_file > 0))
    files = ranked(plan, holding, by_file, len(holding))
    end = request.page * request.size
    first = end - request.size
    if order == "report":
        hits = _reading_part(columns, files, by_file[files], found.counted, leaves, first, end)
    else:
        every = _hits(columns, files, found.counted, leaves)
        hits = sorted_part(columns, every, _ranks(columns, files), order, first, end)
    return Concordance(
        canonical=plan.canonical,
        warnings=warnings(plan),
        finds_text=found.silent is None,
        hits=int(by_file[files].sum()),
        reports=len(files),
        lines=_printed(columns, hits),
        page=request.page,
        size=request.size,
    )


def _ranks(columns: Columns, ranked: Ints) -> Ints:
    """For each file of the index, its rank among the `ranked` files (0 for the others)."""
    ranks = np.zeros(columns.files, np.int64)
    ranks[ranked] = np.arange(len(ranked))
    return ranks


def _reading_part(
    columns: Columns,
    ranked: Ints,
    counts: Ints,
    counted: Mapping[Leaf, U4],
    leaves: Leaves,
    first: int,
    end: int,
) -> LocatedHits:
    """Hits [first, end) of the `ranked` files, which have `counts` of them: only those of the
    files that the part is of are looked up."""
    ends = np.cumsum(counts)
    files = slice(int(np.searchsorted(ends, first, "right")), int(np.searchsorted(ends, end)) + 1)
    hits = _hits(columns, ranked[files], counted, leaves)
    reading = np.argsort(_ranks(columns, ranked)[hits.files(columns)], kind="stable")
    skipped = first - int(counts[: files.start].sum())
    return hits.at(reading[skipped : skipped + end - first])


def _hits(columns: Columns, files: Ints, counted: Mapping[Leaf, U4], leaves: Leaves) -> LocatedHits:
    """The distinct hits in some files, in order of segments and positions."""
    files = np.sort(files)
    found: list[Spans] = []
    for number, searched in enumerate(columns.segments):
        bounds = np.array([searched.first_file, searched.first_file + searched.arrays.file_count])
        own = files[slice(*np.searchsorted(files, bounds).tolist())] - searched.first_file
        found.append(spans_in_files(columns, number, own, counted, leaves))
    return LocatedHits(
        np.repeat(np.arange(len(found)), [len(spans) for spans in found]),
        np.concatenate([np.zeros(0, np.uint32), *(spans.starts for spans in found)]),
        np.concatenate([np.zeros(0, np.uint32), *(spans.ends for spans in found)]),
    )


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
    sections = section_refs(segment, blocks)
    for section, file, begins, stops, (zero, first, last) in zip(
        sections, files.tolist(), start.tolist(), stop.tolist(), spans.T.tolist(), strict=True
    ):
        text = segment.printed_text(begins, stops)
        hit = text[first - zero : last + 1 - zero]
        record = read_record(segment, file)
        yield ConcordanceLine(
            report=record["id"],
            title=title(segment, file),
            year=None if segment.file_year[file] == NO_YEAR else int(segment.file_year[file]),
            region=columns.region(searched.first_file + file),
            section=section,
            left=text[max(0, first - zero - CONTEXT) : first - zero],
            hit=_shortened(hit),
            right=text[last + 1 - zero : last + 1 - zero + CONTEXT],
            start=first,
            end=last + 1,
            check=checksum(hit),
        )


def _shortened(hit: str) -> str:
    """A hit without its middle, where the separators in it make it very long."""
    if len(hit) <= LONGEST_HIT:
        return hit
    half = LONGEST_HIT // 2
    return hit[:half] + ELLIPSIS.text + hit[-half:]
