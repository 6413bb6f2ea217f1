"""An engine over reports at hand, without corpus, parser and Whoosh."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np

from indexer.arrays.gather import Gatherer
from indexer.arrays.merge import merge
from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState, record_of
from indexer.arrays.segment import open_segment
from indexer.echoes.find import arrays_of
from indexer.model import Report
from indexer.store.manifest import Manifest
from indexer.store.segments import LiveSegment
from search.local.engine import IndexEngine

_STATE = FileState(0, 0, "", "")


@dataclass(frozen=True, slots=True)
class _Reader:
    segments: tuple[LiveSegment, ...]
    generation: str = "direct"
    manifest: Manifest = field(
        default_factory=lambda: Manifest(0)
    )  # of which nothing is in the folder


def engine_of(
    folder: Path,
    segments: Sequence[Sequence[Report]],
    dead: Collection[str] = (),
    *,
    echoing: bool = False,
) -> IndexEngine:
    """The engine over segments of these reports; those whose id is in `dead` were deleted.

    The segments' files are made in `folder`. A segment of no report is left out. `echoing`: echoes are known.
    """
    made = (_segment(folder / f"{n}", found, dead) for n, found in enumerate(segments) if found)
    reader = _Reader(tuple(made))
    found = arrays_of(reader.segments, lambda total, done: None) if echoing else None
    with (
        patch("search.local.engine.IndexReader", lambda _: reader),
        patch("search.local.engine.open_echoes", lambda folder, generation: found),
    ):
        return IndexEngine(folder)


def _segment(folder: Path, reports: Sequence[Report], dead: Collection[str]) -> LiveSegment:
    folder.mkdir()
    gatherer = Gatherer(lambda number: folder / f"run{number}")
    for report in reports:
        prepared = prepare(report)
        gatherer.add(prepared, record_of(report.source, _STATE, (), prepared, report.indexed))
    gatherer.flush()
    runs = [open_segment(path) for path in gatherer.paths]
    merge(folder / "arrays", [(run, np.ones(run.file_count, bool)) for run in runs])
    live = np.array([report.id not in dead for report in reports])
    return LiveSegment(open_segment(folder / "arrays"), live)
