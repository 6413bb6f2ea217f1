"""A reader that goes page by page says when one is done, lest it be taken for one that hangs."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], object]] = []


def page_done() -> None:
    """Said by a reader of every page that it has read."""
    for listener in _listeners:
        listener()


def on_page_done(listener: Callable[[], object]) -> None:
    """Have the listener called for every page from now on, in this process."""
    _listeners.append(listener)
