"""What a browser has is not sent again, and a page that was sent is not made again: a link that goes
round is asked for by many.

A page is kept by its tag (see tags) and by whether it goes out compressed. A newer index, another
language or another day is another tag.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from search.cache import Cache
from web.http import Proceed
from web.http.tags import is_whole, tag

MOST = 16 << 20
"""Bytes of all pages that are kept, those asked for longest ago leave first."""
LARGEST = 1 << 20
"""Bytes of a page worth keeping."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its headers and its bytes, as sent."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class KeptPages:
    """The pages that an application has sent."""

    def __init__(self) -> None:
        self._pages = Cache[Page](MOST, lambda page: page.bytes)

    def step(self, proceed: Proceed) -> Response:
        """304 where the browser has the answer already, a kept page, or an answer made now."""
        known_as = tag()
        if known_as is None:
            return proceed()
        if _browser_has(known_as):
            return _tagged(Response(status=304), known_as)
        if request.method != "GET":
            return _tagged(proceed(), known_as)
        return self._page(known_as, proceed)

    def _page(self, known_as: str, proceed: Proceed) -> Response:
        key = known_as, request.accept_encodings["gzip"] > 0
        page = self._pages.peek(key)
        if page is not None:
            return Response(page.body, headers=list(page.headers))
        response = _tagged(proceed(), known_as)
        if _worth_keeping(response):
            self._keep(key, Page(tuple(response.headers), response.get_data()))
        return response

    def _keep(self, key: tuple[str, bool], page: Page) -> None:
        if page.bytes <= LARGEST:
            self._pages.keep(key, page)


def _browser_has(known_as: str) -> bool:
    """`*` stands for no answer in particular."""
    known = request.if_none_match
    return not known.star_tag and known.contains_weak(known_as)


def _tagged(response: Response, known_as: str) -> Response:
    if response.status_code in (200, 304) and is_whole():
        response.set_etag(known_as, weak=True)
    return response


def _worth_keeping(response: Response) -> bool:
    """Whether it is a complete page for everybody; a stream is made while it is sent."""
    page = response.status_code == 200 and response.mimetype == "text/html" and is_whole()
    return page and not response.is_streamed and "Set-Cookie" not in response.headers
