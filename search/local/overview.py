"""The corpus at a glance: what was rejected, and what to begin with. Made once for a generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np

from indexer.arrays.records import read_record, state_of
from indexer.arrays.segment import REJECTED
from indexer.store.segments import LiveSegment
from search.budget import uncharged
from search.local.examples import examples
from search.local.facts.columns import Columns
from search.local.plan import Planner
from search.local.related import Related
from search.spread import Overview, RejectedFile


class Glance:
    """Makes the overview when it is first asked for; threads may share it."""

    def __init__(
        self, segments: Sequence[LiveSegment], columns: Columns, planner: Planner, related: Related
    ) -> None:
        self._segments = segments
        self._columns = columns
        self._planner = planner
        self._related = related
        self._overview: Overview | None = None
        self._lock = Lock()

    def overview(self) -> Overview:
        """The examples take some seconds, with what suggestions need."""
        with self._lock, uncharged():
            if self._overview is None:
                phrases = self._related.phrases()
                self._overview = Overview(
                    examples=examples(self._columns, self._planner, phrases),
                    rejected=tuple(sorted(_rejected(self._segments))),
                    newest=int(self._columns.changed[self._columns.present].max(initial=0)),
                )
            return self._overview


def _rejected(segments: Sequence[LiveSegment]) -> Iterator[RejectedFile]:
    for segment in segments:
        rejected = segment.live & (segment.arrays.file_genre == REJECTED)
        for file in np.flatnonzero(rejected).tolist():
            record = read_record(segment.arrays, file)
            reason = state_of(record).reason
            if reason is not None:
                yield RejectedFile(str(record["source"]), reason)
