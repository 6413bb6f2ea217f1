"""The application: routes, errors, what templates may call, and headers that keep pages safe."""

from __future__ import annotations

from flask import Flask, Response

from search.labels import GENRE_LABELS, KIND_LABELS
from search.model import Engine
from web import api, errors, pages, show, texts, urls, views

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(engine: Engine) -> Flask:
    """The web application that shows what `engine` finds."""
    app = Flask("web")
    app.extensions[pages.EXTENSION] = engine
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
    errors.register(app)
    app.jinja_env.globals.update(
        t=texts.t,
        sort_texts=texts.SORT_TEXTS,
        genre_labels=GENRE_LABELS,
        kind_labels=KIND_LABELS,
        report_url=urls.report_url,
        marked_passage_url=urls.marked_passage_url,
        web_address=urls.web_address,
    )
    app.jinja_env.filters.update(
        plain=show.plain, number=show.number, date=show.date, place=show.place
    )
    app.after_request(_safe)
    return app


def _safe(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
