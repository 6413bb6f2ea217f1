"""What many queries find, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from indexer.messages import Message
from search.model import Totals
from search.programs.table import Column, Table


class Count(NamedTuple):
    """What one query of many finds; where it cannot be asked, `error` says why and `total` is None."""

    query: str
    total: Totals | None
    error: str | None = None


def _total(name: str) -> Column:
    return Column(name, "number", lambda row: row.total and getattr(row.total, name))


@dataclass(frozen=True, slots=True, repr=False)
class Counts(Table[Count]):
    """What each of many queries finds; a row a query, in the order in which they were given."""

    counts: tuple[Count, ...]
    root: str

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("query", "text", lambda row: row.query),
        *map(_total, ("reports", "sections", "hits", "whole")),
        Column("error", "text", lambda row: row.error),
    )
    GLANCE: ClassVar[tuple[str, ...]] = ("query", "reports", "hits", "error")

    def rows(self) -> tuple[Count, ...]:
        return self.counts

    def says(self) -> tuple[Message, ...]:
        wrong = sum(1 for count in self.counts if count.total is None)
        return (Message("answer_counts", queries=len(self.counts), wrong=wrong),)
