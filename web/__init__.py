"""A result becomes a page or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from search.model import Engine


def create_app(engine: Engine) -> Flask:
    """The web application that shows what `engine` finds."""
    from web.app import create_app as build  # here: the command line's JSON needs no Flask

    return build(engine)
