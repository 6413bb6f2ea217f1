"""JSON for programs."""

from __future__ import annotations

from flask import Blueprint, Response, request

from web.api.json_shape import result_json
from web.pages import engine, json_answer
from web.params import read

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> Response:
    """The answer to a search, in the shape of `json_shape`."""
    asked = read(request.args)
    return json_answer(result_json(engine().search(asked), asked))
