"""Pages of other sites that may read the API (CORS): those that --cors names, and what is the same for all.

Only GET, HEAD and the question before them; never with cookies or a login; never a page of ours, which may
hold a token, nor what a reader keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Response, request

from indexer.errors import RequestError
from indexer.messages import Message
from web.http import Proceed
from web.http.tags import is_same_for_all

ANY = "*"
_API, _FEED = "/api/", "/feed.atom"
_METHODS = ("GET", "HEAD")
_ASKED = "Access-Control-Request-Method"
_ORIGIN = "Access-Control-Allow-Origin"
_BEFORE = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "600",
}
"""What a browser is told before it asks with headers of its own; it keeps that for so many seconds."""
_SHOWN = {"Access-Control-Expose-Headers": "Content-Disposition, ETag, Server-Timing"}
_PORTS = {"http": 80, "https": 443}


def origins(named: Iterable[str]) -> frozenset[str]:
    """Origins as browsers write them, or ANY. RequestError where one is none."""
    return frozenset(map(_origin, named))


class Cors:
    """The sites whose pages may read; none to begin with."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] = frozenset()

    def step(self, proceed: Proceed) -> Response:
        """The answer, with what a browser needs to let a page of such a site read it."""
        if not self.allowed or not _is_of_api():
            return proceed()
        origin = self._granted()
        if origin and request.method == "OPTIONS" and request.headers.get(_ASKED) in _METHODS:
            response = Response(status=204)
            response.headers.update(_BEFORE)
        else:
            response = proceed()
            if request.method not in _METHODS:
                return response
            response.headers.update(_SHOWN)
        if origin:
            response.headers[_ORIGIN] = origin
        if ANY not in self.allowed:  # the answer is another one for another site
            response.vary.add("Origin")
        return response

    def _granted(self) -> str | None:
        """What the header names: the site that asks, where it may."""
        if ANY in self.allowed:
            return ANY
        asking = request.headers.get("Origin")
        return asking if asking in self.allowed else None


def _is_of_api() -> bool:
    """Whether the address is one of the API, not the page that explains it; and does not exist, or has a
    view that answers all alike."""
    below = request.path.startswith(_API) and request.path != _API
    return (below or request.path == _FEED) and (request.endpoint is None or is_same_for_all())


def _origin(named: str) -> str:
    if named == ANY:
        return ANY
    try:
        parts = urlsplit(named.strip().removesuffix("/"))
        port = parts.port
    except ValueError as error:
        raise _refused(named) from error
    host = parts.hostname
    plain = named.isascii() and named.isprintable() and not set(named) & set(" \"'<>\\^`{|},;*@")
    if parts.scheme not in _PORTS or not host or not plain or parts[2:] != ("", "", ""):
        raise _refused(named)
    shown = f"[{host}]" if ":" in host else host
    usual = port in (None, _PORTS[parts.scheme])
    return f"{parts.scheme}://{shown}" + ("" if usual else f":{port}")


def _refused(named: str) -> RequestError:
    return RequestError(
        Message("cors_bad", value=named), parameter="cors", hint=Message("cors_hint")
    )
