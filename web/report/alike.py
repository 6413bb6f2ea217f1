"""Reports that have much of their text in common with the one on the page."""

from __future__ import annotations

from dataclasses import dataclass

from search.engine import Engine
from search.likeness import AlikePair, Likenesses
from search.model import SearchRequest
from web.compare.addresses import comparison_url
from web.texts import t
from web.urls import report_url

FIRST = 3
"""So many are shown at once; the others open."""


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A report like this one: `name` says its place and year, `of_this` the share of this report that it has,
    `of_it` the share of it that this report has. `source`: its file, where it has the title of this one."""

    name: str
    title: str
    source: str
    href: str
    compared: str
    of_this: float
    of_it: float


@dataclass(frozen=True, slots=True)
class AlikeList:
    """`found` has their likenesses as the engine tells them; `first` and `rest` show them."""

    found: Likenesses
    first: tuple[AlikeView, ...]
    rest: tuple[AlikeView, ...]


def alike(engine: Engine, report_id: str) -> AlikeList:
    """The reports that are like this one."""
    found = engine.alike(report_id)
    views = tuple(map(_view, found.pairs))
    return AlikeList(found, views[:FIRST], views[FIRST:])


def _view(pair: AlikePair) -> AlikeView:
    other = pair.b
    place = other.region[-1].name if other.region else t("region_unknown")
    year = t("year_unknown") if other.year is None else t("year_of", year=other.year)
    return AlikeView(
        name=t("alike_name", place=place, year=year),
        title=other.title,
        source=other.source if other.title == pair.a.title else "",
        href=report_url(other.id, SearchRequest()),
        compared=comparison_url(pair.a, other),
        of_this=pair.a.share,
        of_it=other.share,
    )
