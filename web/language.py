"""The reader's language: Chinese, or English where a cookie says so. Addresses are the same in both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import quote

from flask import Blueprint, abort, g, has_request_context, redirect, request
from werkzeug.wrappers import Response

from indexer.messages import LANGUAGES, Language
from web.urls import with_query_string

COOKIE = "gongkai-language"

blueprint = Blueprint("language", __name__)

_YEAR = 365 * 24 * 3600  # seconds
_OUTSIDE: ContextVar[Language] = ContextVar("language outside requests", default="zh")


def current() -> Language:
    """The language of the request at hand; where there is none, the terminal's (see `outside`)."""
    if not has_request_context():
        return _OUTSIDE.get()
    if "language" not in g:  # asked some hundred times a page
        chosen = request.cookies.get(COOKIE)
        g.language = next((known for known in LANGUAGES if known == chosen), "zh")
    found: Language = g.language
    return found


@contextmanager
def outside(chosen: Language) -> Iterator[None]:
    """The language of what is said inside `with`, requests aside."""
    before = _OUTSIDE.set(chosen)
    try:
        yield
    finally:
        _OUTSIDE.reset(before)


def other() -> Language:
    """The one that the switch leads to."""
    return "en" if current() == "zh" else "zh"


def back() -> str:
    """The page to come back to: the address of the request at hand, in ASCII."""
    return with_query_string(quote(request.path), request.query_string)


@blueprint.get("/language/<chosen>")
def switch(chosen: str) -> Response:
    """Remember the language and go back to the page whose address is in ?back=."""
    if chosen not in LANGUAGES:
        abort(404)
    answer = redirect(local(request.args.get("back", "/")), code=303)
    answer.set_cookie(COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax")
    return answer


def local(address: str) -> str:
    """The address, where it is one of our own pages.

    What begins like another host's is not, "\\" being as good as "/" to browsers; nor what has
    characters that they drop before they look.
    """
    ours = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if ours and address.isascii() and address.isprintable() else "/"
