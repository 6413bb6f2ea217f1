"""Reports that were asked for by an id they had before their file moved."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from indexer.model import Report
from web.urls import with_query_string


def moved_to(found: Report, asked_id: str) -> Response | None:
    """A permanent redirect to the same address with the id of today; None where it is that one."""
    if found.id == asked_id:
        return None
    path = request.path.replace(asked_id, found.id, 1)
    return redirect(with_query_string(path, request.query_string), code=301)
