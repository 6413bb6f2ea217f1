"""What it means that a report is counted: it says something, it matches, it does not, or it is there."""

from __future__ import annotations

from typing import Literal

from search.model import SearchRequest
from search.spread import Group, Spread
from web.results.choosing import in_range
from web.shown import Measure

Asking = Literal["said", "matched", "unsaid", "all"]
"""`said`: the query finds text. `matched`: it has only fields and NOT. `unsaid`: the complement is asked
for. `all`: nothing is asked. Keys of texts end so."""

MEASURES: dict[Asking, tuple[Measure, ...]] = {
    "said": ("share", "reports", "hits", "rate"),
    "matched": ("share", "reports"),
    "unsaid": ("share", "reports"),
    "all": ("reports",),
}
"""What can be drawn; the first is drawn in place of one that cannot."""


def asking(asked: SearchRequest, spread: Spread) -> Asking:
    """Which of them a request is."""
    if not spread.canonical:
        return "all"
    if asked.silent:
        return "unsaid"
    return "said" if spread.finds_text else "matched"


def measured(kind: Asking, wanted: Measure) -> Measure:
    """The measure that is drawn where this one is wanted."""
    return wanted if wanted in MEASURES[kind] else MEASURES[kind][0]


def left_silent(group: Group, asked: SearchRequest) -> int:
    """Reports of a group that the query does not find, whichever half is asked for."""
    return group.matching if asked.silent else group.reports - group.matching


def narrows_years(asked: SearchRequest) -> bool:
    """Whether some years are chosen."""
    return bool(asked.year) or asked.year_from is not None or asked.year_to is not None


def is_chosen(year: int, asked: SearchRequest) -> bool:
    """Whether the year passes the filters of years."""
    return not narrows_years(asked) or year in asked.year or in_range(year, asked)
