"""Counts of many queries at once: a list of them against one index, without pages or passages.

Values of the contract (see `model.py`). Every number is that of a single search with the same filters.
"""

from __future__ import annotations

from typing import NamedTuple

from indexer.errors import GongkaiError
from indexer.messages import Message
from indexer.model import Region


class OfYear(NamedTuple):
    """What is found in the reports of a year, None for those that name none."""

    year: int | None
    reports: int
    hits: int


class OfRegion(NamedTuple):
    """What is found in the reports of a region, None for those in none of the regions; `years` are its
    years, where they were asked for."""

    region: Region | None
    reports: int
    hits: int
    years: tuple[OfYear, ...] = ()


class Earliest(NamedTuple):
    """The report that said it first (see search.spread.First): its id and title, the year in which it counts
    as said, and its region, on the way down."""

    report: str
    title: str
    year: int
    region: tuple[Region, ...]


class Counts(NamedTuple):
    """What one query finds. `years` and `regions`, where they were asked for, are those that have something,
    in the order of a matrix (see search.spread.Spread); of a silent request none has hits. `first` is None
    where no report that is found names a year."""

    query: str
    canonical: str
    warnings: tuple[Message, ...]
    reports: int
    hits: int
    first: Earliest | None
    years: tuple[OfYear, ...]
    regions: tuple[OfRegion, ...]


class Refused(NamedTuple):
    """A query that cannot be answered, and why: a search for it raises the same error."""

    query: str
    error: GongkaiError


Counted = Counts | Refused
