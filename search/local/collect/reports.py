"""The reports that a request asks for, a page or all of them, each with its best passages."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.arrays.records import read_record, times_of
from indexer.arrays.segment import NO_YEAR, Ints
from indexer.model import GENRES
from search.budget import checkpoint
from search.local.collect.page import passages_of
from search.local.collect.ranked import hits_by_file, ranked
from search.local.facts.columns import Columns
from search.local.plan import Plan
from search.local.printed.headings import title
from search.model import MAX_SIZE, Passage, ReportHit


def reports(plan: Plan) -> tuple[ReportHit, ...]:
    """The reports on the asked page."""
    checkpoint()
    request = plan.request
    by_file = hits_by_file(plan)
    end = request.page * request.size
    files = ranked(plan, np.flatnonzero(plan.passing), by_file, end)[end - request.size :]
    return shown_reports(plan, files, by_file, request.passages)


def every_report(plan: Plan) -> Iterator[ReportHit]:
    """All reports, whatever the page; some are made at a time."""
    by_file = hits_by_file(plan)
    passing = np.flatnonzero(plan.passing)
    files = ranked(plan, passing, by_file, len(passing))
    parts = (files[first : first + MAX_SIZE] for first in range(0, len(files), MAX_SIZE))
    most = plan.request.passages
    return (report for part in parts for report in shown_reports(plan, part, by_file, most))


def shown_reports(plan: Plan, files: Ints, by_file: Ints, most: int) -> tuple[ReportHit, ...]:
    """These files as a result shows them, each with so many passages at most.

    `by_file`: for each file of the index, its number of hits.
    """
    columns, found, wanted = plan.columns, plan.answer, files.tolist()
    shown = passages_of(columns, wanted, found.counted, plan.leaves, most)
    return tuple(
        _report_hit(columns, file, float(found.scores[file]), int(by_file[file]), shown[file])
        for file in wanted
    )


def _report_hit(
    columns: Columns, file: int, score: float, hits: int, passages: tuple[Passage, ...]
) -> ReportHit:
    searched, local = columns.segment_of_file(file)
    record = read_record(searched.arrays, local)
    year, issuer = int(columns.year[file]), int(columns.issuer[file])
    return ReportHit(
        id=record["id"],
        title=title(searched.arrays, local),
        genre=GENRES[columns.genre[file]],
        year=None if year == NO_YEAR else year,
        published=record["published"],
        issuer=columns.issuers[issuer] if issuer >= 0 else None,
        region=columns.region(file),
        source=record["source"],
        score=round(score, 3),
        hits=hits,
        passages=passages,
        original=record["url"],
        indexed=times_of(record),
    )
