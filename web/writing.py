"""Requests that change something: only from a page of ours, which has the token, and never too large.

A form has the token in a hidden field (`templates/token.html`). Another site can send a form here, but reads
no page of ours and so does not know the token; and a browser says which site a form is from. A name that was
made to lead to this machine (DNS rebinding) is no name of ours: what is a reader's own is neither changed nor shown there (`check_host`).
"""

from __future__ import annotations

import hmac
import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from indexer.errors import GongkaiError, LimitError
from indexer.messages import Message
from web import public
from web.guard.here import is_guarded

FIELD = "token"
MOST = 64
"""Most KB of a form, where its view does not say otherwise."""
_EXTENSION = "gongkai.token"


class NotFromHereError(GongkaiError):
    """A request that would change something did not come from a page of ours."""

    code = "not_from_here"


def prepare(app: Flask) -> None:
    """Make the token of this application: others know it no sooner than they have read a page of it."""
    app.extensions[_EXTENSION] = secrets.token_hex(16)


def use_token(app: Flask, token: str) -> None:
    """Take that of another application, whose pages this one makes."""
    app.extensions[_EXTENSION] = token


def token() -> str:
    """What a form has in its field FIELD."""
    made: str = current_app.extensions[_EXTENSION]
    return made


def form(most: int = MOST) -> MultiDict[str, str]:
    """The fields of the form that was sent, of at most that many KB; files are in `files`.

    Raises NotFromHereError and LimitError.
    """
    fields = same_site_form(most)
    if not hmac.compare_digest(fields.get(FIELD, "").encode(), token().encode()):
        raise _not_from_here()
    return fields


def same_site_form(most: int) -> MultiDict[str, str]:
    """The same of a form that needs no token, since it uses nothing that its sender already has.

    Raises NotFromHereError and LimitError.
    """
    request.max_content_length = request.max_form_memory_size = most << 10
    if not from_here():
        raise _not_from_here()
    try:
        return request.form
    except RequestEntityTooLarge as error:
        raise LimitError(
            Message("body_too_large", most=most), hint=Message("body_too_large_hint")
        ) from error


def files() -> MultiDict[str, FileStorage]:
    """The files of the form, once `form` was asked for."""
    return request.files


def from_here() -> bool:
    """Whether a browser says that the request came from a page of ours, at a host that can be ours."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    same = site == "same-origin" if site else origin == public.root().removesuffix("/")
    return same and is_our_host()


def is_our_host() -> bool:
    """Whether no one else can have given this machine the name that was asked: it is the published one,
    a number, or the machine's name for itself. Where users sign in, no other name has their session."""
    if is_guarded():
        return True
    stated = public.stated(current_app)
    if stated is not None and urlsplit(stated).netloc == request.host.lower():
        return True
    host = public.asked_host()
    try:
        ip_address(host)
    except (
        ValueError
    ):  # what is no host at all is not ours: browsers resolve names that are none, a_b.example say
        return bool(host) and public.is_loopback(public.asked())
    return True


def is_shared() -> bool:
    """Whether others come to the pages, too: what readers keep is one for all of them."""
    return is_guarded() or public.reaches_others()


def check_host() -> None:
    """NotFromHereError where somebody else may have given this machine the name that was asked."""
    if not is_our_host():
        raise NotFromHereError(
            Message("not_our_host", host=request.host), hint=Message("not_our_host_hint")
        )


def _not_from_here() -> NotFromHereError:
    return NotFromHereError(Message("not_from_here"), hint=Message("not_from_here_hint"))
