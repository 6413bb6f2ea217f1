"""What browsers may keep: pages until the index, the program or the day changes, assets for a year.

The tag of an answer is known before any work is done, so a browser that has the answer is told so
at once. It asks each time (`no-cache`): an index may change at any moment.
"""

from __future__ import annotations

import hashlib
from datetime import date

from flask import Flask, Response, g, request

from web import assets, language
from web.pages import engine

PAGE = "private, no-cache"
"""Redirects too: a report that moved away and back would lead a browser round in circles."""
ERROR = "no-store"
ASSET = "public, max-age=31536000, immutable"
"""A file of static/ at the address with its digest: another content has another address."""
BARE_ASSET = "public, max-age=300"

_ASSETS = "static"
_UNTAGGED = (_ASSETS, "health.health", "language.switch")
"""Endpoints whose answers change by something else."""


def register(app: Flask) -> None:
    """Tag the answers of `app`, and say how long each may be kept."""
    app.before_request(_unchanged)
    app.after_request(_said)


def _unchanged() -> Response | None:
    """304 where the browser has this answer already; `*` stands for no answer in particular."""
    if request.method not in ("GET", "HEAD") or request.endpoint in (None, *_UNTAGGED):
        return None
    g.tag = _tag()
    known = request.if_none_match
    return None if known.star_tag or not known.contains_weak(g.tag) else Response(status=304)


def _tag() -> str:
    """Of all that an answer depends on; some pages cite themselves, with host and date of today."""
    parts = (
        engine().generation,
        assets.program_version(),
        language.current(),
        date.today().isoformat(),
        request.host_url,
        language.back(),
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]


def _said(response: Response) -> Response:
    headers = response.headers
    if response.status_code >= 400:
        headers["Cache-Control"] = ERROR
    elif request.endpoint == _ASSETS:
        versioned = request.full_path == assets.asset_url(request.path.removeprefix("/static/"))
        headers["Cache-Control"] = ASSET if versioned else BARE_ASSET
    else:
        headers["Cache-Control"] = PAGE
    response.vary.update(("Cookie", "Accept-Encoding"))
    if "tag" in g and response.status_code in (200, 304):
        response.set_etag(g.tag, weak=True)
    return response
