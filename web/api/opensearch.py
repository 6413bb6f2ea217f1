"""What a browser needs to add this site to its search engines."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from web import public
from web.http.tags import same_for_all
from web.pages import engine, json_answer
from web.params import read_suggest

DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"

blueprint = Blueprint("opensearch", __name__)


@blueprint.get("/opensearch.xml")
@same_for_all
def description() -> Response:
    """The OpenSearch description, with our address as others reach it."""
    xml = render_template("api/opensearch.xml", root=public.root(), suggestions=SUGGESTIONS)
    return Response(xml, content_type=f"{DESCRIPTION}; charset=utf-8")


@blueprint.get("/api/suggest/opensearch")
@same_for_all
def suggest() -> Response:
    """Suggestions as browsers take them: what was typed, then how it may go on."""
    typed, limit = read_suggest(request.args)
    answer = json_answer([typed, list(engine().suggest(typed, limit))])
    answer.content_type = SUGGESTIONS
    return answer
