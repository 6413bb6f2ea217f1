"""The tag of an answer (its ETag): of all that the answer depends on, known before any work is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import current_app, g, request

from web import assets, language, public, writing
from web.pages import engine, source

_View = TypeVar("_View", bound=Callable[..., object])
_same_for_all: dict[Callable[..., object], tuple[Callable[[], str], ...]] = {}


def same_for_all(view: _View) -> _View:
    """Marks a view whose answers depend on nothing but what `tag` is made of, never on who asks.

    Whoever asks next is sent the same page without a call of the view. A view without the mark is called
    each time; so is one with a login wrapped around it, which is another function.
    """
    _same_for_all[view] = ()
    return view


def same_while(*states: Callable[[], str]) -> Callable[[_View], _View]:
    """Marks a view whose answers depend on a few things more, of which `states` tell at a request."""

    def mark(view: _View) -> _View:
        _same_for_all[view] = states
        return view

    return mark


def partly() -> None:
    """The answer to the request at hand lacks what cost too much this time: the next one may have it."""
    g.partly = True


def is_whole() -> bool:
    """Whether the answer lacks nothing of that kind."""
    return not g.get("partly", False)


def is_same_for_all() -> bool:
    """Whether the view of the request at hand is marked: it answers all readers alike."""
    return current_app.view_functions.get(request.endpoint or "") in _same_for_all


def tag() -> str | None:
    """The tag of what the request at hand will be answered; None where that may depend on more.

    Some pages cite themselves, with host and date of today.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in ("GET", "HEAD") or view is None or view not in _same_for_all:
        return None
    parts = (
        engine().state,
        assets.program_version(),
        language.current(),
        date.today().isoformat(),
        public.root(),
        language.back(),
        writing.token(),  # of this process: forms have it
        str(source().status().warming),  # until then pages are without examples
        *(state() for state in _same_for_all[view]),
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]
