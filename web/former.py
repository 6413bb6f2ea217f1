"""Reports that were asked for by an id they had before their file moved."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from indexer.model import Report


def moved_to(found: Report, asked_id: str) -> Response | None:
    """A permanent redirect to the same address with the id of today; None where it is that one."""
    if found.id == asked_id:
        return None
    path = request.path.replace(asked_id, found.id, 1)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{path}?{query}" if query else path, code=301)
