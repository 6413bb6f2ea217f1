"""The likenesses that were found beside an index, as an engine tells them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.arrays.records import read_record
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from indexer.likeness.measure import LEAST, SHARE
from indexer.model import GENRES
from indexer.store.alike_file import AlikeArrays
from search.likeness import AlikePair, AlikeReport, Likenesses, first_come
from search.local.facts.columns import Columns, Floats
from search.local.printed.headings import title


class Alike:
    """The pairs of one generation; `arrays` is None where they are not known."""

    def __init__(self, columns: Columns, arrays: AlikeArrays | None) -> None:
        self._columns = columns
        self._arrays = arrays
        self._files: Ints = np.flatnonzero(columns.present)
        """The files of the reports, which are counted by their order."""

    def of(self, file: int) -> Likenesses:
        """Of one report."""
        if self._arrays is None:
            return Likenesses(known=False)
        report = int(np.searchsorted(self._files, file))
        first, second = self._arrays.pair_a == report, self._arrays.pair_b == report
        alike = _alike(self._arrays, np.flatnonzero(first | second))
        found = [self._pair(self._arrays, at, turned=bool(second[at])) for at in alike.tolist()]
        crowded = bool(self._arrays.report_crowded[report])
        return Likenesses(True, crowded, tuple(sorted(found, key=first_come)))

    def every(self) -> Iterator[AlikePair]:
        """All pairs, each once, the greatest share of either first; of a report that is crowded, some."""
        if self._arrays is None:
            return
        alike = _alike(self._arrays, np.arange(len(self._arrays.pair_a)))
        a, b = _shares(self._arrays, alike)
        order = np.lexsort((np.minimum(a, b), np.maximum(a, b)))[::-1]
        for at in alike[order].tolist():
            yield self._pair(self._arrays, at, turned=False)

    @property
    def known(self) -> bool:
        return self._arrays is not None

    def _pair(self, arrays: AlikeArrays, at: int, *, turned: bool) -> AlikePair:
        """A pair; `turned`: b first."""
        a = self._report(arrays, int(arrays.pair_a[at]), int(arrays.pair_of_a[at]))
        b = self._report(arrays, int(arrays.pair_b[at]), int(arrays.pair_of_b[at]))
        return AlikePair(b, a) if turned else AlikePair(a, b)

    def _report(self, arrays: AlikeArrays, report: int, common: int) -> AlikeReport:
        file = int(self._files[report])
        searched, local = self._columns.segment_of_file(file)
        record = read_record(searched.arrays, local)
        year = int(self._columns.year[file])
        return AlikeReport(
            id=record["id"],
            source=record["source"],
            title=title(searched.arrays, local),
            genre=GENRES[self._columns.genre[file]],
            year=None if year == NO_YEAR else year,
            region=self._columns.region(file),
            characters=int(arrays.report_characters[report]),
            common=common,
        )


def _alike(arrays: AlikeArrays, pairs: Ints) -> Ints:
    """Those of the pairs whose reports are alike: the others were aligned, too."""
    of_a, of_b = arrays.pair_of_a[pairs], arrays.pair_of_b[pairs]
    a, b = _shares(arrays, pairs)
    alike: Bools = (a >= SHARE) & (of_a >= LEAST) | (b >= SHARE) & (of_b >= LEAST)
    return pairs[alike]


def _shares(arrays: AlikeArrays, pairs: Ints) -> tuple[Floats, Floats]:
    """The shares of a and of b that are common."""
    a = arrays.report_characters[arrays.pair_a[pairs]]
    b = arrays.report_characters[arrays.pair_b[pairs]]
    return arrays.pair_of_a[pairs] / np.maximum(a, 1), arrays.pair_of_b[pairs] / np.maximum(b, 1)
