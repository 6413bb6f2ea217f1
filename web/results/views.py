"""The report view: what was found, report by report."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from search.model import SearchRequest
from web.findings.held import findings_state, held_sentences
from web.http.tags import same_while
from web.pages import engine, page
from web.params import read, read_shown
from web.results import narrowing
from web.results.aside import aside
from web.results.everything import everything
from web.results.frame import frame
from web.results.listed import report_rows
from web.start.front import front
from web.urls import search_url

blueprint = Blueprint("results", __name__)


@blueprint.get("/")
@same_while(findings_state)
def search() -> Response:
    """Results, or where nothing is asked, a start page with what there is."""
    asked = read(request.args)
    if asked == SearchRequest():
        return front()
    shown = read_shown(request.args)
    result = engine().search(asked)
    every = everything(engine(), asked)
    spots = [(hit.id, p.start, p.end) for hit in result.reports for p in hit.passages]
    return page(
        "results/list.html",
        200,
        **frame(engine(), asked, result, shown, every),
        aside=aside(result, every, asked, shown),
        reports=report_rows(result.reports, asked, shown, held_sentences(engine(), spots)),
        sorts=narrowing.sorts(asked, shown),
        sizes=narrowing.sizes(result, asked, shown),
        fullness=[(full, search_url(asked, replace(shown, full=full))) for full in (False, True)],
        pager=narrowing.pager(result, asked, shown),
    )
