"""Is the server well: for whoever watches over it."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app

from indexer.errors import GongkaiError
from indexer.messages import unplaced
from search.model import SearchRequest
from web.api.json_shape import Shape, error_json
from web.errors import unplace
from web.http.application import Application
from web.pages import engine, json_answer, source
from web.said import told

blueprint = Blueprint("health", __name__)


def _app() -> Application:
    return cast(Application, current_app)


@blueprint.get("/healthz")
def health() -> Response:
    """What the index holds; 503 where it cannot be searched.

    The status is "stale" where a newer index is there that cannot be opened; `refused` says why.
    `warming` is there while answers may take longer than later.
    """
    try:
        found = engine().search(SearchRequest(size=1, passages=0))
    except GongkaiError as error:
        unplace(error)
        return json_answer(error_json(error), 503)
    generation, reports = engine().generation, found.total.reports
    status = source().status()
    why = " ".join(told(unplaced(each)) for each in status.refused)
    body: Shape = {"status": "stale" if why else "ok", "generation": generation, "reports": reports}
    body |= {"warming": True} if status.warming or _app().forwarding.coming else {}
    return json_answer(body | ({"refused": why} if why else {}))
