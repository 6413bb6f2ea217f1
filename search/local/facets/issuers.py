"""The facet of issuers: the bodies that published the reports, by their full names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np

from indexer.arrays.segment import Bools, Ints
from search.local.facts.columns import Columns
from search.model import Facet, SearchRequest


class Issuers:
    """The issuer of each report."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._by_name = np.argsort(np.array(columns.issuers, object), kind="stable")

    def mask(self, request: SearchRequest) -> Bools | None:
        if not request.issuer:
            return None
        wanted = frozenset(request.issuer)
        return by_issuer(self._columns, [issuer in wanted for issuer in self._columns.issuers])

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        return issuer_values(request, *self._counts(files))

    def _counts(self, files: Ints) -> tuple[list[str], list[int]]:
        """The issuers of the files and their reports: most reports first, then by name."""
        codes = self._columns.issuer[files]
        counts = np.bincount(codes[codes >= 0], minlength=len(self._columns.issuers))
        ordered = self._by_name
        ordered = ordered[counts[ordered] > 0]
        ordered = ordered[np.argsort(-counts[ordered], kind="stable")]
        names = self._columns.issuers
        return [names[issuer] for issuer in ordered.tolist()], counts[ordered].tolist()


def issuer_values(
    request: SearchRequest, names: Sequence[str], counts: Sequence[int]
) -> tuple[Facet, ...]:
    """The issuers that have reports, in this order, and those chosen."""
    chosen = request.issuer
    unseen = sorted(set(chosen) - set(names)) if chosen else []
    every, reports = [*names, *unseen], [*counts, *([0] * len(unseen))]
    selected = [name in chosen for name in every] if chosen else repeat(False)
    return tuple(map(Facet._make, zip(every, every, repeat(None), reports, selected)))


def by_issuer(columns: Columns, chosen: Sequence[bool]) -> Bools:
    """The files whose issuer is chosen; for each issuer of the index, `chosen` says whether it is."""
    found: Bools = np.array([*chosen, False], bool)[columns.issuer]  # -1, none, is the last
    return found
