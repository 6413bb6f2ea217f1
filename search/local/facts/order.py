"""The order in which reports are shown."""

from __future__ import annotations

import numpy as np

from indexer.arrays.segment import NO_YEAR, Ints
from search.local.facts.columns import Columns, Floats
from search.model import Sort

_LATE = 1 << 20  # after every year


def order_keys(columns: Columns, sort: Sort, scores: Floats, hits: Ints) -> Floats | Ints:
    """For each file of the index, a key: files are shown by ascending keys.

    `scores` and `hits` have one item a file.
    """
    if sort == "relevance":
        descending: Floats = -scores
        return descending
    if sort == "year":
        year: Ints = columns.year.astype(np.int64)
        year[year == NO_YEAR] = _LATE
        return year
    if sort == "-year":
        unknown: Ints = (columns.year == NO_YEAR).astype(np.int64)
        return unknown
    if sort == "hits":
        return -hits
    if sort == "-changed":
        return -columns.changed
    return columns.region_rank


def first_of(columns: Columns, files: Ints, keys: Floats | Ints, wanted: int) -> Ints:
    """The first so many of the files by their keys; ties go by newest, region and source."""
    if len(files) > 4 * wanted:
        last = np.partition(keys[files], wanted - 1)[wanted - 1]
        files = files[keys[files] <= last]
    order = np.lexsort((columns.tie_rank[files], keys[files]))
    first: Ints = files[order][:wanted]
    return first
