"""The page of two reports side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import Blueprint
from werkzeug.wrappers import Response

from indexer.likeness.measure import RUN
from indexer.model import Report
from search.comparing.compare import compare
from search.comparing.model import STATES, Carried, State
from search.model import ReportHit, SearchRequest
from web.compare.addresses import compare_url
from web.compare.asked import Asked, comparing
from web.compare.rows import parts
from web.http.tags import same_for_all
from web.pages import box, engine, page
from web.report.others import others
from web.texts import t
from web.urls import report_url

blueprint = Blueprint("compare", __name__)


class Mark(NamedTuple):
    """How a state is told beside its colour: a sign, and the texts that name and explain it."""

    sign: str
    word: str
    more: str


MARKS: Mapping[State, Mark] = {
    "changed": Mark("≠", "compare_changed", "compare_changed_more"),
    "new": Mark("＋", "compare_new", "compare_new_more"),
    "dropped": Mark("－", "compare_dropped", "compare_dropped_more"),
    "moved": Mark("⇅", "compare_moved", "compare_moved_more"),
    "copied": Mark("＝", "compare_copied", "compare_copied_more"),
}
_ALL = Mark("", "compare_all", "compare_all_more")


@dataclass(frozen=True, slots=True)
class Choice:
    """Another report for one of the sides: its year or place, and where the comparison is."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two reports; `label` tells it from the other, `carried` is how much the other has.

    `years` and `places` could stand in its stead.
    """

    report: Report
    label: str
    href: str
    carried: Carried
    years: tuple[Choice, ...]
    places: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A state of the legend, which shows its lines alone; "" shows all."""

    state: str
    mark: Mark
    count: int
    href: str
    chosen: bool


@blueprint.get("/compare")
@same_for_all
def compared() -> Response:
    """Two reports, ?a= and ?b=, line by line; with ?state= the lines of that state only."""
    return comparing(_page)


def _page(asked: Asked) -> Response:
    a, b = asked.a, asked.b
    found = compare(a, b)
    labels = _labels(a, b)
    return page(
        "compare/page.html",
        box=box(SearchRequest()),
        a=_side(a, b, labels[0], found.a, left=True),
        b=_side(b, a, labels[1], found.b, left=False),
        parts=parts(a, b, found, asked.state),
        filters=tuple(_filters(asked, found.counts())),
        state=asked.state,
        marks=MARKS,
        run=RUN,
        swap=compare_url(b.id, a.id, _exchanged(asked.state)),
    )


def _labels(a: Report, b: Report) -> tuple[str, str]:
    """What tells them apart: their years, else their places, else the sides they stand on."""
    if a.year != b.year and None not in (a.year, b.year):
        return str(a.year), str(b.year)
    if a.region and b.region and a.region[-1].name != b.region[-1].name:
        return a.region[-1].name, b.region[-1].name
    return t("compare_left"), t("compare_right")


def _exchanged(state: str) -> str:
    """The state that the lines of a state have with the sides exchanged."""
    return {"new": "dropped", "dropped": "new"}.get(state, state)


def _filters(asked: Asked, counts: Mapping[State, int]) -> Iterable[Filter]:
    def filter_of(state: str, mark: Mark, count: int) -> Filter:
        href = compare_url(asked.a.id, asked.b.id, state)
        return Filter(state, mark, count, href, state == asked.state)

    yield filter_of("", _ALL, sum(counts.values()))
    for state in STATES:
        yield filter_of(state, MARKS[state], counts[state])


def _side(report: Report, other: Report, label: str, carried: Carried, *, left: bool) -> SideView:
    """`report` on its side; what could stand in its stead is what is beside the other one."""
    found = others(engine(), other)

    def choices(labelled: Iterable[tuple[str, ReportHit]]) -> tuple[Choice, ...]:
        return tuple(
            Choice(label, compare_url(hit.id, other.id) if left else compare_url(other.id, hit.id))
            for label, hit in labelled
            if hit.id not in (report.id, other.id)
        )

    return SideView(
        report,
        label,
        report_url(report.id, SearchRequest()),
        carried,
        choices(found.years),
        choices((hit.region[-1].name, hit) for hit in found.neighbours),
    )
