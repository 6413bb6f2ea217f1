"""JSON for programs; what each address takes and gives is written down in `openapi.py`."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from flask import Blueprint, request
from werkzeug.wrappers import Response

from indexer.errors import RequestError
from indexer.messages import Message
from search.comparing.compare import compare
from search.model import SearchRequest
from web.api import echoes_json, json_lines, json_shape, json_trend
from web.api.alike_json import likenesses_json
from web.api.compare_json import comparison_json
from web.api.counts_json import counts_json
from web.api.cursor import cursor_to, number_in
from web.compare.asked import comparing
from web.export.download import download
from web.export.views import TABLES
from web.former import moved_to
from web.http.tags import same_for_all
from web.pages import engine, json_answer
from web.params import (
    read,
    read_counts,
    read_export,
    read_part,
    read_shown,
    read_span,
    read_suggest,
    read_words_wanted,
)

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
@same_for_all
def search() -> Response:
    """The answer to a search, in the shape of `json_shape`."""
    asked = read(request.args)
    return json_answer(json_shape.result_json(engine().search(asked), asked))


@blueprint.get("/counts")
@same_for_all
def counts() -> Response:
    """What each of many queries finds."""
    queries, asked, below, crossed = read_counts(request.args)
    found = engine().counts(queries, asked, below, crossed=crossed)
    return json_answer(counts_json(found, asked, below))


@blueprint.get("/concordance")
@same_for_all
def concordance() -> Response:
    """A page of hits, one a line."""
    asked, order = read(request.args), read_shown(request.args).order
    found = engine().concordance(asked, order)
    return json_answer(json_lines.concordance_json(found, asked, order))


@blueprint.get("/hits")
@same_for_all
def all_hits() -> Response:
    """A part of all hits, and the cursor of the next part."""
    size, cursor = read_part(request.args)
    order = read_shown(request.args).order
    asked = replace(read(request.args), page=1, size=1, passages=0)
    found, generation = engine().concordance(asked, order), engine().generation
    first = number_in(cursor, generation, asked, order) if cursor else 0
    lines = tuple(islice(engine().every_line(asked, order, first), size))
    after = first + len(lines)
    following = cursor_to(after, generation, asked, order) if after < found.hits else None
    return json_answer(json_lines.part_json(found, lines, asked, order, generation, following))


@blueprint.get("/export")
@same_for_all
def export() -> Response:
    """A view as a file, in a form of the reader's choice."""
    view, form = read_export(request.args)
    return download(TABLES[view](), form)


@blueprint.get("/trend")
@same_for_all
def trend() -> Response:
    """What is found by year, and by region and year."""
    asked, below = read(request.args), read_shown(request.args).below
    return json_answer(json_trend.trend_json(engine().spread(asked, below), asked, below))


@blueprint.get("/collocates")
@same_for_all
def collocates() -> Response:
    """The words that follow the hits, or that precede them."""
    asked, side = read(request.args), read_shown(request.args).side
    found = engine().collocates(asked, side, read_words_wanted(request.args))
    return json_answer(json_lines.collocates_json(found, asked, side))


@blueprint.get("/reports/<report_id>")
@same_for_all
def report(report_id: str) -> Response:
    """A whole report."""
    found = engine().report(report_id)
    return moved_to(found, report_id) or json_answer(json_shape.placed_report_json(found))


@blueprint.get("/reports/<report_id>/hits")
@same_for_all
def hits(report_id: str) -> Response:
    """Every hit of a query in one report."""
    asked = replace(read(request.args).unfiltered(), section=())
    if not asked.q:
        raise RequestError(Message("q_missing"), parameter="q", hint=Message("q_missing_hint"))
    found = engine().report(report_id)
    return moved_to(found, report_id) or json_answer(
        json_shape.hits_json(found, engine().hits(found.id, asked), asked)
    )


@blueprint.get("/reports/<report_id>/similar")
@same_for_all
def similar(report_id: str) -> Response:
    """The reports that are like one."""
    found = engine().report(report_id)
    return moved_to(found, report_id) or json_answer(
        likenesses_json(found.id, engine().alike(found.id))
    )


@blueprint.get("/reports/<report_id>/echoes")
@same_for_all
def echoes(report_id: str) -> Response:
    """The sentences of one report and who said them first."""
    found = engine().report(report_id)
    span = read_span(request.args)
    return moved_to(found, report_id) or json_answer(
        echoes_json.echoes_json(found.id, engine().echoes(found.id, span))
    )


@blueprint.get("/echoes")
@same_for_all
def laziest() -> Response:
    """The reports that a search finds, those that copy most first."""
    asked = read(request.args)
    return json_answer(echoes_json.laziest_json(engine().laziest(asked), asked))


@blueprint.get("/compare")
@same_for_all
def compared() -> Response:
    """Two reports line by line."""
    return comparing(
        lambda asked: json_answer(
            comparison_json(asked.a, asked.b, compare(asked.a, asked.b), asked.state)
        )
    )


@blueprint.get("/suggest")
@same_for_all
def suggest() -> Response:
    """What goes on from what was typed."""
    return json_answer({"suggestions": list(engine().suggest(*read_suggest(request.args)))})


@blueprint.get("/regions")
@same_for_all
def regions() -> Response:
    """The regions that have reports."""
    found = engine().search(SearchRequest(size=1, passages=0))
    return json_answer(json_shape.regions_json(found.facets.region))
