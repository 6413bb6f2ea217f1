"""A facet whose values are few and fixed: for each file, a column has the index of its value in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import Bools, Ints
from search.labels import FACET_LABELS
from search.model import CHOICES, Facet, SearchRequest


class Coded:
    """The facet `name`; a code that is no index in CHOICES stands for no value."""

    def __init__(self, name: str, codes: NDArray[np.unsignedinteger]) -> None:
        self._name = name
        self._codes = codes
        self._values = CHOICES[name]

    def mask(self, request: SearchRequest) -> Bools | None:
        chosen = getattr(request, self._name)
        if not chosen:
            return None
        return np.isin(self._codes, [self._values.index(value) for value in chosen])

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        count = len(self._values)
        found = np.bincount(self._codes[files], minlength=count)[:count]
        labels = FACET_LABELS[self._name]
        return fixed_values(self._values, labels, found.tolist(), getattr(request, self._name))


def fixed_values(
    values: Sequence[str],
    labels: Mapping[str, str],
    counts: Sequence[int],
    selected: Sequence[str],
) -> tuple[Facet, ...]:
    """Those of the values that have reports or are selected, in their own order."""
    return tuple(
        Facet(value, labels[value], None, count, value in selected)
        for value, count in zip(values, counts, strict=True)
        if count or value in selected
    )
