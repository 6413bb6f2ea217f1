"""Who may not see the pages sees nothing: no page made now, none that is kept, no word that it is unchanged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import count, product

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask import Flask, abort, redirect, request, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from search.model import SearchRequest, SearchResult
from search.source import FixedSource
from web import assets
from web.app import create_app
from web.http import tags

PAGES = ["/", "/?q=三务", "/concordance?q=三务", f"/reports/{TOWN.id}?q=三务", "/api/search?q=三务"]
REST = ["/healthz", assets.asset_url("icon.svg"), "/nothing", "/language/en", "/api/openapi.json"]
Shown = Callable[[str], tuple[FlaskClient, TestResponse]]
KNOWN = {"Authorization": "Bearer known"}


class Counting(FakeEngine):
    """Counts the searches for words that it answers: of all reports pages ask, too."""

    searches = 0

    def search(self, request: SearchRequest) -> SearchResult:
        self.searches += bool(request.q)
        return super().search(request)


def _guard() -> Response | None:
    """Lets those pass who bring the right word."""
    known = request.headers.get("Authorization") == KNOWN["Authorization"]
    return None if known else Response("no", 401)


@pytest.fixture
def engine() -> Counting:
    return Counting((TOWN,))


@pytest.fixture(params=["from the start", "once pages are kept"])
def shown(request: pytest.FixtureRequest, engine: Counting) -> Shown:
    """A client of an application with a guard, and a page as that has shown it to another client."""

    def show(url: str) -> tuple[FlaskClient, TestResponse]:
        late = request.param == "once pages are kept"
        app = create_app(FixedSource(engine)) if late else create_app(FixedSource(engine), _guard)
        answers = [_known(app.test_client(), url, way) for way in ("gzip", "identity")]
        if late:
            app.before_request(_guard)
        return app.test_client(), answers[1]

    return show


def _known(client: FlaskClient, url: str, accepted: str = "identity", **more: str) -> TestResponse:
    return client.get(url, headers={**KNOWN, "Accept-Encoding": accepted, **more})


@pytest.mark.parametrize("url", PAGES)
def test_a_refused_reader_gets_no_page_that_another_was_shown(
    shown: Shown, engine: Counting, url: str
) -> None:
    client, page = shown(url)
    asked = engine.searches
    for accepted, known_tag, method in product(
        ("gzip", "identity"), ("", page.headers["ETag"]), ("GET", "HEAD")
    ):
        headers = {"Accept-Encoding": accepted, "If-None-Match": known_tag}
        refused = client.open(url, method=method, headers=headers)
        assert refused.status_code == 401
        assert refused.data == (b"no" if method == "GET" else b"")
        assert "ETag" not in refused.headers
        assert refused.headers["Cache-Control"] == "no-store"
    assert engine.searches == asked


@pytest.mark.parametrize("url", [url for url in PAGES if not url.startswith("/api/")])
def test_who_may_is_still_sent_what_is_kept(shown: Shown, engine: Counting, url: str) -> None:
    client, page = shown(url)
    asked = engine.searches
    again = _known(client, url)
    unchanged = _known(client, url, **{"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, unchanged.status_code) == (200, 304)
    assert again.data == page.data
    assert engine.searches == asked


def test_nothing_is_beside_the_guard(shown: Shown) -> None:
    client, _ = shown("/")
    for url in REST:
        assert client.get(url).data == b"no"
        assert client.post(url).data == b"no"
        with _known(client, url) as answer:
            assert answer.status_code != 401


def _forbids() -> Response | None:
    abort(403)


def _fails() -> Response | None:
    raise ZeroDivisionError


def _sends_away() -> Response | None:
    return redirect("/login", code=303)


@pytest.mark.parametrize(
    ("guard", "status"), [(_guard, 401), (_forbids, 403), (_fails, 500), (_sends_away, 303)]
)
def test_a_refusal_is_an_answer_like_others(
    engine: Counting, monkeypatch: pytest.MonkeyPatch, guard: Callable[[], Response], status: int
) -> None:
    """Whatever way a guard refuses: it has the headers of all answers, and waits for no turn."""
    app = create_app(FixedSource(engine), guard)
    monkeypatch.setattr(app.turns, "take", _fails)
    for url in ("/?q=三务", "/api/search?q=三务"):
        refused = app.test_client().get(url)
        assert refused.status_code == status
        assert refused.headers["X-Content-Type-Options"] == "nosniff"
        assert "style-src" in refused.headers["Content-Security-Policy"]
        assert refused.headers["Server-Timing"].startswith("app;dur=")
        assert set(refused.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    assert engine.searches == 0


def test_a_guard_with_sessions_keeps_readers_apart(engine: Counting) -> None:
    """The usual login: a form that everybody may see, a session, and a page that differs by reader."""
    app = create_app(FixedSource(engine))
    app.secret_key = "made up"
    app.add_url_rule("/login/<name>", "login", lambda name: session.update(name=name) or "come in")
    app.add_url_rule("/mine", "mine", lambda: f"<p>{session['name']}")

    @app.before_request
    def guard() -> Response | None:
        passes = "name" in session or request.endpoint == "login"
        return None if passes else redirect("/login/nobody", code=303)

    readers = {name: app.test_client() for name in ("甲", "乙")}
    for name, reader in readers.items():
        assert reader.get("/?q=三务").status_code == 303
        assert reader.get(f"/login/{name}").text == "come in"
    for name, reader in readers.items():
        assert reader.get("/?q=三务").status_code == 200
        answer = reader.get("/mine")
        assert answer.text == f"<p>{name}"
        assert "ETag" not in answer.headers
    assert app.test_client().get("/?q=三务").status_code == 303
    assert engine.searches == 1


def _numbered(app: Flask) -> Callable[[Response], Response]:
    numbers = count()

    def after(response: Response) -> Response:
        response.set_cookie("reader", str(next(numbers)))
        return response

    return after


def test_no_cookie_is_kept_with_a_page(engine: Counting) -> None:
    """Neither one that is set beside the view, nor one that the view sets."""
    app = create_app(FixedSource(engine))
    app.after_request(_numbered(app))
    cookies = [app.test_client().get("/?q=三务").headers.getlist("Set-Cookie") for _ in range(2)]
    assert cookies == [["reader=0; Path=/"], ["reader=1; Path=/"]]
    assert engine.searches == 1

    view, mark = app.view_functions["results.search"], _numbered(app)
    app.view_functions["results.search"] = tags.same_for_all(lambda: mark(view()))
    cookies = [app.test_client().get("/?q=公开").headers.getlist("Set-Cookie") for _ in range(2)]
    assert [both[0] for both in cookies] == ["reader=0; Path=/", "reader=1; Path=/"]


def test_a_login_around_a_view_is_asked_each_time(engine: Counting) -> None:
    """As decorators of login libraries do it; such a view is no longer the one that was marked."""
    app = create_app(FixedSource(engine))
    view = app.view_functions["results.search"]

    @wraps(view)
    def login_required() -> Response:
        return _guard() or view()

    app.view_functions["results.search"] = login_required
    tag = create_app(FixedSource(engine)).test_client().get("/?q=三务").headers["ETag"]
    for _ in range(2):
        assert _known(app.test_client(), "/?q=三务").status_code == 200
    for headers in ({}, {"If-None-Match": tag}):
        assert app.test_client().get("/?q=三务", headers=headers).status_code == 401
