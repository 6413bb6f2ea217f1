"""The application: routes, errors, what templates may call, and headers that keep pages safe."""

from __future__ import annotations

from flask import Flask, Response, g

from search.source import EngineSource
from web import (
    assets,
    caching,
    compression,
    errors,
    health,
    kept,
    language,
    pages,
    show,
    texts,
    timing,
    turns,
    urls,
)
from web.api import opensearch, reading, routes
from web.report import views as report_views
from web.results import concordance
from web.results import views as results_views
from web.texts import said

_POLICY = (
    "default-src 'none'; style-src {styles}; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ROOMS = (
    results_views, concordance, report_views, routes, reading, opensearch, health, language
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(source: EngineSource) -> Flask:
    """The web application that shows what the engines of `source` find."""
    app = Flask("web")
    app.extensions[pages.EXTENSION] = source
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    timing.register(app)  # the last to see an answer is the one that was registered first
    kept.register_keeping(app)
    errors.register(app)
    compression.register(app)
    caching.register(app)
    turns.register(app)
    kept.register_look_up(app)
    app.jinja_env.globals.update(
        t=texts.t,
        in_language=texts.in_language,
        language=language,
        styles=_styles,
        asset_url=assets.asset_url,
        genre_label=show.genre_label,
        kind_label=show.kind_label,
        report_url=urls.report_url,
        concordance_url=urls.concordance_url,
        marked_passage_url=urls.marked_passage_url,
        web_address=urls.web_address,
    )
    app.jinja_env.filters.update(
        plain=show.plain,
        number=show.number,
        date=show.date,
        said=said.said,
    )
    app.after_request(_safe)
    return app


def _styles(*names: str) -> object:
    """The page's styles, to include; its policy will allow these and no others."""
    g.style_source = assets.style_source(*names)
    return assets.styles(*names)


def _safe(response: Response) -> Response:
    response.headers.update(HEADERS)
    if (
        response.status_code != 304 and not kept.was_kept()
    ):  # it would replace the policy of the page that is kept
        policy = _POLICY.format(styles=g.get("style_source", "'none'"))
        response.headers["Content-Security-Policy"] = policy
    return response
