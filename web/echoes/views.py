"""The pages of echoes: of a report, of a passage, and the reports that copy most."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple, cast

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from indexer.echoes.measure import CHANGED, COMMON, LEAST, STATES, State
from indexer.model import Report
from search.echoes import LEAST_TEXT
from search.model import SearchRequest, check_allowed
from web.echoes.addresses import echoes_url, laziest_url
from web.echoes.files import laziest_sheet
from web.echoes.shown import (
    copied_view,
    paragraphs,
    report_name,
    share_rows,
    with_twins,
)
from web.export.download import download
from web.former import moved_to
from web.http.tags import same_for_all
from web.pages import box, engine, page
from web.params import one, read
from web.show import percent
from web.urls import report_url

blueprint = Blueprint("echoes", __name__)

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_RULE = {"least": LEAST, "changed": percent(1 / CHANGED), "common": COMMON}


class About(NamedTuple):
    """A report: its place and year, its page; its province, and where the list of that is."""

    name: str
    href: str
    place: str
    laziest: str


@blueprint.get("/reports/<report_id>/echoes")
@same_for_all
def of_report(report_id: str) -> Response:
    """The sentences of a report and who said them first; with ?state= those of one state."""
    found = engine().report(report_id)
    state = one(request.args, "state") or ""
    if state:
        check_allowed("state", state, STATES)
    return moved_to(found, report_id) or _of_report(found, cast(State, state))


def _of_report(found: Report, state: State | str) -> Response:
    echoes = engine().echoes(found.id)
    shown = [
        echo
        for echo in echoes.sentences
        if (echo.state == state if state else echo.state != "alone")
    ]
    return page(
        "echoes/report.html",
        box=box(SearchRequest()),
        report=found,
        about=_about(found),
        rule=_RULE,
        echoes=echoes,
        rows=share_rows(found.id, echoes.shares, state),
        state=state,
        whole=echoes_url(found.id),
        paragraphs=tuple(paragraphs(found, shown)),
    )


@blueprint.get("/reports/<report_id>/<span>/echoes")
@same_for_all
def of_passage(report_id: str, span: str) -> Response:
    """The sentences of a passage, each with all its twins."""
    offsets = _SPAN.fullmatch(span)
    if not offsets or int(offsets[1]) >= int(offsets[2]):
        abort(404)
    found = engine().report(report_id)
    return moved_to(found, report_id) or _of_passage(found, int(offsets[1]), int(offsets[2]))


def _of_passage(found: Report, start: int, end: int) -> Response:
    echoes = engine().echoes(found.id, (start, end))
    return page(
        "echoes/passage.html",
        box=box(SearchRequest()),
        report=found,
        about=_about(found),
        rule=_RULE,
        echoes=echoes,
        whole=echoes_url(found.id),
        sentences=with_twins(found, echoes.sentences),
    )


def _about(found: Report) -> About:
    place = found.region[0] if found.region else None
    return About(
        report_name(found),
        report_url(found.id, SearchRequest()),
        place.name if place else "",
        laziest_url(SearchRequest(region=(place.code,) if place else ())),
    )


@blueprint.get("/echoes")
@same_for_all
def laziest() -> Response:
    """The reports that a search finds, those that copy most first."""
    asked = read(request.args)
    found = engine().laziest(asked)
    pages = range(1, -(-found.total // asked.size) + 1)
    return page(
        "echoes/list.html",
        box=box(asked),
        asked=asked,
        found=found,
        first=(asked.page - 1) * asked.size + 1,
        reports=tuple(map(copied_view, found.reports)),
        facets=_chosen(asked),
        least_text=LEAST_TEXT,
        rule=_RULE,
        previous=laziest_url(replace(asked, page=asked.page - 1)) if asked.page > 1 else "",
        next=laziest_url(replace(asked, page=asked.page + 1)) if asked.page + 1 in pages else "",
        file=laziest_url(replace(asked, page=1), "/echoes.csv"),
    )


def _chosen(asked: SearchRequest) -> tuple[tuple[str, str], ...]:
    """The regions with reports that the list can be narrowed to, each with its address."""
    regions = engine().search(replace(asked, page=1, size=1, passages=0)).facets.region
    return tuple(
        (facet.label, laziest_url(replace(asked, page=1, region=(facet.value,))))
        for facet in regions
        if facet.parent is None and not facet.selected
    )


@blueprint.get("/echoes.<any(csv, xlsx, jsonl, md):form>")
@same_for_all
def file(form: str) -> Response:
    """All of the list."""
    return download(laziest_sheet(engine(), read(request.args)), form)
