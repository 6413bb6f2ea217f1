"""What every answer says of itself: how long it may be kept, and what a browser may do with it."""

from __future__ import annotations

from flask import Response, request

from web import assets
from web.http import Proceed

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all, browsers hide where a form of ours is from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # no other site's page takes it in, as a picture say
}
POLICY = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; style-src {styles}; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

PAGE = "private, no-cache"
"""A browser asks each time, since an index may change at any moment. Redirects too: a report that moved
away and back would lead a browser round in circles."""
ERROR = "no-store"
ASSET = "public, max-age=31536000, immutable"
"""A file of static/ at the address with its digest: another content has another address."""
BARE_ASSET = "public, max-age=300"


def policy(*style_sources: str) -> str:
    """The policy of a page: its own styles, named by their digest, and nothing from elsewhere."""
    return _POLICY.format(styles=" ".join(style_sources) or "'none'")


def with_headers(proceed: Proceed) -> Response:
    """Complete the headers; a page has said which styles are its own (see web/pages.py)."""
    response = proceed()
    headers = response.headers
    headers.update(SAFE)
    if response.status_code != 304:  # it would replace the policy of the page that the browser has
        headers.setdefault(POLICY, policy())
    headers["Cache-Control"] = _how_long(response.status_code)
    response.vary.update(("Cookie", "Accept-Encoding"))
    return response


def _how_long(status: int) -> str:
    if status >= 400:
        return ERROR
    if request.endpoint != assets.ENDPOINT or request.method == "OPTIONS":
        return PAGE
    versioned = request.full_path == assets.asset_url(request.path.removeprefix("/static/"))
    return ASSET if versioned else BARE_ASSET
