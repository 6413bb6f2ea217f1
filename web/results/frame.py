"""What the three views of an answer have in common: box, totals, switches, filters, tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from search.engine import Engine
from search.model import CHOICES, LookedIn, SearchRequest, SearchResult
from web import public
from web.alerts.address import feed_url, subscribe_url
from web.export.formats import ADDRESSES, FORMATS
from web.pages import box, keeps, overview
from web.results import narrowing
from web.results.choosing import shown_for
from web.results.everything import everything
from web.results.facets import LONG, facet_groups
from web.results.parted import parted
from web.results.regions import regions_in_sight
from web.results.switches import as_typed, whole_words
from web.results.years import year_chart
from web.shown import NOTHING_SHOWN, PATHS, Shown, View
from web.texts import t
from web.urls import Pairs, pairs, search_url, shown_pairs

Values = dict[str, object]

_OWN: Mapping[View, tuple[str, ...]] = {
    "trend": ("trend", "matrix"), "list": ("reports",), "lines": ("hits",)
}  # fmt: skip
"""The tables that a view is had as; the others of its answer come after them."""


class Tab(NamedTuple):
    """A view, and how much it holds, None where that is not a number."""

    view: View
    href: str
    holds: int | None


def frame(
    engine: Engine,
    asked: SearchRequest,
    result: SearchResult,
    shown: Shown,
    every: LookedIn | None = None,
    *,
    years: bool = True,
) -> Values:
    """The values of templates/results/frame.html; `result` has the totals and the facets.

    `every` is what `everything` gives, where it is known. Without `years`, the facets have no
    chart of them: the view has its own.
    """
    every = every or everything(engine, asked)
    in_force = narrowing.filters(result, asked, shown)
    here = search_url(asked, shown)
    bare = narrowing.without_filters(asked)
    found = result.total.reports > 0
    return {
        "asked": asked,
        "shown": shown,
        "box": box(asked, shown),
        "result": result,
        "everything": every,
        "understood": understood(result),
        "as_typed": as_typed(engine, asked, result, shown),
        "whole_words": whole_words(engine, asked, result, shown),
        "short_facets": facet_groups(CHOICES, result, asked, shown),
        "long_facets": facet_groups(LONG, result, asked, shown),
        "regions": regions_in_sight(result, asked, shown),
        "years": year_chart(result, every, asked, shown) if years else None,
        "range_hidden": _range_hidden(asked, shown),
        "issuers_hidden": _issuers_hidden(asked, shown),
        "issuers_all": search_url(replace(asked, page=1), replace(shown, issuer_like="")),
        "filters": in_force,
        "options": narrowing.options(asked, shown),
        "clear": search_url(bare, shown_for(bare, asked, shown)),
        "tabs": _tabs(asked, result, shown),
        "takes": _takes(asked, shown),
        "batch": _batch(asked),
        "here": here,
        "to_copy": _to_copy(here),
        "feed": feed_url(asked),
        "subscribe": subscribe_url(asked),
        "newest": _newest(),
        "to_save": pairs(replace(asked, page=1)) if keeps() else None,
        "ways_out": None if found else narrowing.ways_out(engine, asked, in_force, shown),
        "by_words": _by_words(asked, result, shown),
        "parted": None if found else parted(engine, asked, shown),
        "mended": list(_mended(engine, asked, result, shown)),
    }


def _newest() -> int:
    """When the report that came or changed last did so; 0 where that is not known, or not yet."""
    known = overview()
    return known.newest if known else 0


def _tabs(asked: SearchRequest, result: SearchResult, shown: Shown) -> list[Tab]:
    """Each view and its address."""
    first, counts = replace(asked, page=1), result.total
    held = {"list": counts.reports, "lines": counts.hits}
    return [
        Tab(view, search_url(first, replace(shown, view=view)), held.get(view)) for view in PATHS
    ]


class Take(NamedTuple):
    """A table of the answer to take away: its forms, each with its address."""

    name: str
    forms: tuple[tuple[str, str], ...]


def _takes(asked: SearchRequest, shown: Shown) -> list[Take]:
    """The tables, those of the view first. Without a query there are no hits, and nobody is silent."""
    of_query = ("hits", "silent") if asked.q else ()
    tables = dict.fromkeys((*_OWN[shown.view], *ADDRESSES))
    query = search_url(replace(asked, page=1), shown).removeprefix(shown.path)
    return [
        Take(
            table,
            tuple(
                (form.label, f"/{ADDRESSES[table]}.{ending}{query}")
                for ending, form in FORMATS.items()
            ),
        )
        for table in tables
        if table in of_query or table not in ("hits", "silent")
    ]


def _batch(asked: SearchRequest) -> str:
    """The page of lists; the query is the first line of one."""
    bare = replace(asked, sort=SearchRequest().sort, page=1)
    return "/batch" + search_url(bare, NOTHING_SHOWN)[len(NOTHING_SHOWN.path) :]


def _to_copy(here: str) -> str:
    """The whole address, and where it opens if that is on this machine only."""
    link = public.absolute(here)
    return link if public.reaches_others() else f"{link}\n{t('here_only')}"


def understood(result: SearchResult) -> str:
    """The query as it was understood, where that says more than what was typed; "" else."""
    typed = result.text.strip()
    return "" if result.canonical in ("", typed, f'"{typed}"') else result.canonical


def _by_words(asked: SearchRequest, result: SearchResult, shown: Shown) -> str | None:
    """The search for the words apart, where only that finds something."""
    if not result.by_words:
        return None
    return search_url(replace(asked, words=True, page=1), shown)


def _mended(
    engine: Engine, asked: SearchRequest, result: SearchResult, shown: Shown
) -> Iterator[tuple[str, str, int]]:
    """Queries that may have been meant, their addresses and the reports that each finds."""
    for q in result.did_you_mean:
        meant = replace(asked, q=q, page=1)
        yield q, search_url(meant, shown), engine.count(meant).reports


def _range_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form of the year range sends along: a range takes the place of years."""
    kept = replace(asked, year=(), year_from=None, year_to=None, page=1)
    return [*pairs(kept), *shown_pairs(shown)]


def _issuers_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form to look issuers up sends along."""
    return [*pairs(replace(asked, page=1)), *shown_pairs(replace(shown, issuer_like=""))]
