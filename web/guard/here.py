"""Whether this server has a guard, and whom it has let in; without one, everybody is."""

from __future__ import annotations

from flask import current_app, g

EXTENSION = "gongkai.guard"
"""Where an application keeps its guard."""
_READER = "gongkai_reader"


def is_guarded() -> bool:
    return EXTENSION in current_app.extensions


def let_in(name: str) -> None:
    """Note that the request at hand is from this user."""
    setattr(g, _READER, name)


def reader() -> str | None:
    """The user whom the request at hand is from; None where there are none."""
    found: str | None = g.get(_READER)
    return found


def is_let_in() -> bool:
    """Whether the request at hand may be told of what is kept here."""
    return not is_guarded() or _READER in g
