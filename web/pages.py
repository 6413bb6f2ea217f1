"""What every answer needs: the engine, templates, the search box, JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import cast

from flask import Response, current_app, g, render_template, request

from indexer.errors import GongkaiError, QueryError, RequestError
from indexer.messages import Message
from indexer.pipeline.guarded import BusyError
from search.budget import CrowdedError
from search.engine import Engine
from search.model import SearchRequest
from search.saved.database import Database, NothingKeptError
from search.source import EngineSource
from search.spread import Overview
from web import assets, language
from web.api.json_shape import Shape
from web.guard.here import is_let_in
from web.http.headers import POLICY, policy
from web.shown import NOTHING_SHOWN, PATHS, Shown
from web.texts import in_language, t
from web.urls import Pairs, pairs, shown_pairs
from web.writing import check_host

EXTENSION = "gongkai"
"""Where the application keeps the source of its engine."""
SAVED = "gongkai.saved"
"""Where it keeps the file of what readers keep, or None."""

_HEADINGS = {code: f"error_{code}" for code in (400, 403, 404, 413, 429, 500, 503, 504)}
_HEADINGS_OF: dict[type[GongkaiError], str] = {
    QueryError: "error_query",
    CrowdedError: "error_busy",
    BusyError: "error_busy",
}
_IN_SIGHT = ("q", "literal", "scope", "page")


@dataclass(frozen=True, slots=True)
class Box:
    """The search box: what was typed and ticked, and the rest of the state, sent along hidden to the
    page `action`. `example` is a query that finds something, "" where none is known."""

    q: str
    literal: bool
    same_section: bool
    hidden: Pairs
    action: str = NOTHING_SHOWN.path
    example: str = ""


@dataclass(frozen=True, slots=True)
class Caret:
    """A query cut at the character that an error is about."""

    before: str
    at: str
    after: str
    number: int


def source() -> EngineSource:
    """Where the current application takes its engine from."""
    return cast(EngineSource, current_app.extensions[EXTENSION])


def engine() -> Engine:
    """The engine of the current request: one generation of the index until it is answered."""
    if EXTENSION not in g:
        setattr(g, EXTENSION, source().now())
    return cast(Engine, g.get(EXTENSION))


def keeps() -> bool:
    """Whether readers can keep searches and findings here."""
    return current_app.extensions[SAVED] is not None


def saved() -> Database:
    """The file of what readers keep; NothingKeptError where this site keeps nothing, NotFromHereError where
    the request may be of another site's making."""
    check_host()
    found: Database | None = current_app.extensions[SAVED]
    if found is None:
        raise NothingKeptError(Message("nothing_is_kept"), hint=Message("nothing_is_kept_hint"))
    return found


def overview() -> Overview | None:
    """The corpus at a glance; None while the source makes it: that takes seconds, and no page waits."""
    return None if source().status().warming else engine().overview()


def page(template: str, status: int = 200, **values: object) -> Response:
    """A page, allowed the styles that it takes; what is no text, lone surrogates, becomes "?"."""
    allowed: list[str] = []

    def styles(*names: str) -> object:
        allowed.append(assets.style_source(*names))
        return assets.styles(*names)

    html = render_template(template, t=in_language(language.current()), styles=styles, **values)
    answer = Response(
        html.encode("utf-8", "replace"), status, content_type="text/html; charset=utf-8"
    )
    answer.headers[POLICY] = policy(*allowed)
    return answer


def json_answer(body: Shape | list[object], status: int = 200) -> Response:
    """JSON in UTF-8, keys in the order given."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, content_type="application/json")


def box(asked: SearchRequest, shown: Shown = NOTHING_SHOWN) -> Box:
    """The search box of a request. Another text is asked for what says it: `silent` stays behind."""
    hidden = [pair for pair in pairs(asked) if pair[0] not in (*_IN_SIGHT, "silent")]
    return Box(
        asked.q,
        asked.literal,
        asked.scope == "section",
        [*hidden, *shown_pairs(shown)],
        shown.path,
        _example(),
    )


def _example() -> str:
    """A phrase that some of the reports say; "" where the index is damaged, as the page tells."""
    known = None if source().status().damaged else overview()
    return next((e.query for e in known.examples if e.kind == "phrase"), "") if known else ""


def error_page(error: GongkaiError, status: int) -> Response:
    """An error as a page that keeps what was typed; who has not signed in gets the error alone."""
    if not is_let_in():
        return page("guard/error.html", status, heading=t(_heading(error, status)), error=error)
    caret = None
    if isinstance(error, QueryError) and error.position is not None:
        caret = _caret(_typed_query(), error.position)
    heading = t(_heading(error, status))
    return page("error.html", status, heading=heading, error=error, caret=caret, box=_typed(error))


def _heading(error: GongkaiError, status: int) -> str:
    return _HEADINGS_OF.get(type(error)) or _HEADINGS.get(status, "error_title")


def _typed(error: GongkaiError) -> Box:
    """The search box from the bare query string, without the parameter that is wrong; its page is the
    view that was asked for."""
    wrong = error.parameter if isinstance(error, RequestError) else ""
    names = {field.name for field in (*fields(SearchRequest), *fields(Shown))} - {*_IN_SIGHT, wrong}
    args = request.args
    return Box(
        _typed_query(),
        args.get("literal", "") not in ("", "0"),
        args.get("scope") == "section",
        [(name, value) for name, value in args.items(multi=True) if name in names and value],
        request.path if request.path in PATHS.values() else NOTHING_SHOWN.path,
    )


def _typed_query() -> str:
    """The query as `params.read` takes it: an empty value counts as absent."""
    return next((q for q in request.args.getlist("q") if q.strip()), "")


def _caret(query: str, position: int) -> Caret:
    at = min(max(position, 0), len(query))
    return Caret(query[:at], query[at : at + 1], query[at + 1 :], at + 1)
