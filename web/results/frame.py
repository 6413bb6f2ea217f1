"""What the three views of an answer have in common: box, totals, switches, filters, tabs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.engine import Engine
from search.model import CHOICES, SearchRequest, SearchResult
from web.pages import box
from web.results import narrowing
from web.results.facets import LONG, facet_groups
from web.results.regions import region_choices
from web.results.years import year_chart
from web.shown import PATHS, Shown, View
from web.urls import Pairs, file_url, pairs, search_url, shown_pairs

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Switch:
    """One way to take the query, with what it finds; `text` is the key of its name."""

    text: str
    href: str
    current: bool
    reports: int


def frame(engine: Engine, asked: SearchRequest, result: SearchResult, shown: Shown) -> Values:
    """The values of templates/results/frame.html; `result` has the totals and the facets."""
    in_force = narrowing.filters(result, asked, shown)
    found = result.total.reports > 0
    return {
        "asked": asked,
        "shown": shown,
        "box": box(asked, shown),
        "result": result,
        "understood": understood(result),
        "switches": _switches(engine, asked, result, shown),
        "short_facets": facet_groups(CHOICES, result, asked, shown),
        "long_facets": facet_groups(LONG, result, asked, shown),
        "regions": region_choices(result, asked, shown),
        "years": year_chart(result, asked, shown),
        "range_hidden": _range_hidden(asked, shown),
        "issuers_hidden": _issuers_hidden(asked, shown),
        "issuers_all": search_url(replace(asked, page=1), replace(shown, issuer_like="")),
        "filters": in_force,
        "clear": search_url(narrowing.without_filters(asked), shown),
        "tabs": _tabs(asked, shown),
        "file": file_url(asked, shown),
        "ways_out": None if found else narrowing.ways_out(engine, asked, in_force),
        "by_words": _by_words(asked, result, shown),
        "mended": [
            (q, search_url(replace(asked, q=q, page=1), shown)) for q in result.did_you_mean
        ],
    }


def _tabs(asked: SearchRequest, shown: Shown) -> list[tuple[View, str]]:
    """Each view and its address."""
    first = replace(asked, page=1)
    return [(view, search_url(first, replace(shown, view=view))) for view in PATHS]


def _switches(
    engine: Engine, asked: SearchRequest, result: SearchResult, shown: Shown
) -> tuple[tuple[Switch, ...], ...]:
    """Phrases or their words apart; every hit or whole words only: each pair with its counts."""
    if not asked.q:
        return ()
    return tuple(
        tuple(
            Switch(
                text,
                search_url(other, shown),
                other == replace(asked, page=1),
                result.total.reports
                if other == replace(asked, page=1)
                else engine.count(other).reports,
            )
            for text, other in ways
        )
        for ways in (
            (
                ("as_typed", replace(asked, words=False, page=1)),
                ("by_words", replace(asked, words=True, page=1)),
            ),
            (
                ("every_hit", replace(asked, whole=False, page=1)),
                ("whole_words", replace(asked, whole=True, page=1)),
            ),
        )
    )


def understood(result: SearchResult) -> str:
    """The query as it was understood, where that says more than what was typed; "" else."""
    typed = result.text.strip()
    return "" if result.canonical in ("", typed, f'"{typed}"') else result.canonical


def _by_words(asked: SearchRequest, result: SearchResult, shown: Shown) -> str | None:
    """The search for the words apart, where only that finds something."""
    if not result.by_words:
        return None
    return search_url(replace(asked, words=True, page=1), shown)


def _range_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form of the year range sends along: a range takes the place of years."""
    kept = replace(asked, year=(), year_from=None, year_to=None, page=1)
    return [*pairs(kept), *shown_pairs(shown)]


def _issuers_hidden(asked: SearchRequest, shown: Shown) -> Pairs:
    """The state that the form to look issuers up sends along."""
    return [*pairs(replace(asked, page=1)), *shown_pairs(replace(shown, issuer_like=""))]
