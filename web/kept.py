"""Pages as they were sent, kept for the next reader: a link that goes round is asked for by many.

An answer depends on nothing but what its tag is made of (see caching) and on whether it goes out
compressed. A newer index, another language or another day is another tag.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request

from search.cache import Cache

MOST = 16 << 20
"""Bytes of all pages that are kept, those asked for longest ago leave first."""
LARGEST = 1 << 20
"""Bytes of a page worth keeping."""

_EXTENSION = "gongkai-kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page: its headers and its bytes, as sent."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


def register_look_up(app: Flask) -> None:
    """Answer from what is kept; to be registered after what tags requests."""
    app.extensions[_EXTENSION] = Cache[Kept](MOST, lambda page: page.bytes)
    app.before_request(_find)


def register_keeping(app: Flask) -> None:
    """Keep pages as they leave; to be registered before all that changes answers still."""
    app.after_request(_keep)


def was_kept() -> bool:
    """Whether the answer at hand has been sent before, and is complete."""
    return "kept" in g


def _pages() -> Cache[Kept]:
    pages: Cache[Kept] = current_app.extensions[_EXTENSION]
    return pages


def _key() -> tuple[str, bool]:
    return g.tag, request.accept_encodings["gzip"] > 0


def _find() -> Response | None:
    if request.method != "GET" or "tag" not in g:
        return None
    page = _pages().peek(_key())
    if page is None:
        return None
    g.kept = True
    return Response(page.body, headers=list(page.headers))


def _keep(response: Response) -> Response:
    wanted = request.method == "GET" and "tag" in g and response.status_code == 200
    if wanted and not was_kept() and response.mimetype == "text/html":
        page = Kept(tuple(response.headers), response.get_data())
        if page.bytes <= LARGEST:
            _pages().keep(_key(), page)
    return response
