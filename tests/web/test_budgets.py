"""A request that costs more than it may: what its reader is told, and what is kept of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.pipeline.build import build
from search.budget import Limits
from search.local.engine import IndexEngine
from search.source import FixedSource
from web.app import create_app
from web.http.application import Application
from web.http.budgets import HINTS, WIDE
from web.http.turns import AT_ONCE
from web.texts import TEXTS

SECOND = ("甲" * 30 + "。" + "乙丙" * 40 + "。\n") * 40
NOTHING = Limits(seconds=0.0)
"""So that the first check is one too many."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("budgets")
    for name in ("2019年三务公开报告", "2020年三务公开报告"):
        (corpus / f"{name}.txt").write_text(
            f"{name}\n一、工作情况\n三务公开取得成效。\n{SECOND}", "utf-8"
        )
    index = corpus / "index"
    build(corpus, index, jobs=1)
    return index


@pytest.fixture
def app(folder: Path) -> Application:
    return create_app(FixedSource(IndexEngine(folder)))


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return app.test_client()


PAGES = ("/?q=三务公开", "/trend?q=三务公开", "/concordance?q=三务公开")
API = tuple(
    f"/api/{name}?q=三务公开"
    for name in ("search", "trend", "regions", "concordance", "collocates", "hits", "counts")
)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_what_to_narrow(app: Application, client: FlaskClient, url: str) -> None:
    app.budgets.limits = NOTHING
    answer = client.get(url)
    assert answer.status_code == 504
    assert TEXTS["error_504"][0] in answer.text
    assert "处理时间超过 0.0 秒" in answer.text
    assert "请减少用 OR 并列的词" in answer.text
    assert 'value="三务公开"' in answer.text  # what was typed is still there
    assert "Retry-After" not in answer.headers
    assert "ETag" not in answer.headers
    client.get("/language/en?back=/")
    english = client.get(url)
    assert "Use fewer words with OR" in english.text


@pytest.mark.parametrize("url", API)
def test_the_api_says_it_in_its_one_shape(app: Application, client: FlaskClient, url: str) -> None:
    app.budgets.limits = NOTHING
    answer = client.get(url)
    assert answer.status_code == 504
    assert answer.json is not None
    assert answer.json["error"]["code"] == "budget"
    assert answer.json["error"]["key"] == "budget_time"
    assert answer.json["error"]["hint_key"] == "budget_hint"
    assert "Retry-After" not in answer.headers


@pytest.mark.parametrize("url", [*PAGES, *API])
def test_nothing_half_made_is_kept(app: Application, client: FlaskClient, url: str) -> None:
    app.budgets.limits = NOTHING
    assert client.get(url).status_code == 504
    app.budgets.limits = Limits()
    after = client.get(url)
    fresh = create_app(app.extensions["gongkai"]).test_client().get(url)
    assert after.status_code == fresh.status_code == 200
    for answer in (after, fresh):
        assert answer.content_length
    assert TEXTS["error_504"][0] not in after.text


def test_memory_has_an_end(app: Application, client: FlaskClient) -> None:
    app.budgets.limits = Limits(memory=1_000)
    answer = client.get("/api/collocates?q=甲")
    assert answer.status_code == 504
    assert answer.json is not None
    assert answer.json["error"]["key"] == "budget_memory"
    assert client.get("/api/collocates?q=三务公开").status_code == 200


def test_a_report_is_shown_without_the_marks_that_cost_too_much(
    app: Application, client: FlaskClient
) -> None:
    found = client.get("/api/search?q=三务公开").json
    assert found is not None
    url = f"/reports/{found['reports'][0]['id']}"
    for asked in ("?q=甲", "?find=甲"):
        app.budgets.limits = Limits(marks=100)
        without = client.get(url + asked)
        assert without.status_code == 200
        assert "<mark" not in without.text
        assert "这份报告里有 1,200 处，太多" in without.text
        assert "ETag" not in without.headers
        app.budgets.limits = Limits()
        with_marks = client.get(url + asked)
        assert with_marks.text.count("<mark") >= 1_200
        assert "ETag" in with_marks.headers


def test_a_comparison_says_that_another_one_may_do(app: Application, client: FlaskClient) -> None:
    found = client.get("/api/search?q=三务公开").json
    assert found is not None
    a, b = (report["id"] for report in found["reports"])
    app.budgets.limits = NOTHING
    answer = client.get(f"/api/compare?a={a}&b={b}")
    assert answer.status_code == 504
    assert answer.json is not None
    assert answer.json["error"]["hint_key"] == "budget_compare_hint"
    assert client.get(f"/compare?a={a}&b={b}").status_code == 504
    app.budgets.limits = Limits()
    assert client.get(f"/compare?a={a}&b={b}").status_code == 200


def test_files_may_cost_more(app: Application, client: FlaskClient) -> None:
    """Of no seconds ten times as many are none; of so few, they are enough."""
    app.budgets.limits = NOTHING
    assert client.get("/concordance.csv?q=三务公开").status_code == 504
    app.budgets.limits = Limits()
    assert "三务公开" in client.get("/concordance.csv?q=三务公开").text


def test_endpoints_that_are_named_exist(app: Application) -> None:
    """One that has moved would have the budget of a page."""
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {*WIDE, *HINTS} - there == set()
    assert AT_ONCE - there == {None}


def test_what_makes_no_page_costs_nothing(app: Application, client: FlaskClient) -> None:
    app.budgets.limits = NOTHING
    for url in ("/healthz", "/language/en?back=/"):
        assert client.get(url).status_code < 400


def test_who_comes_while_too_many_take_long_is_told(
    app: Application, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.http.turns.HEAVY", 0.0)
    monkeypatch.setattr("web.http.turns.MOST_HEAVY", 0)
    monkeypatch.setattr("web.http.turns.MOST_WAITING", 0)
    answer = client.get("/?q=三务公开")
    assert answer.status_code == 503
    assert TEXTS["error_busy"][0] in answer.text
    assert "请过一会儿再试" in answer.text
    told = client.get("/api/counts?q=三务公开&q=甲 NEAR 乙")
    assert told.status_code == 503
    assert told.json is not None
    assert told.json["error"]["code"] == "crowded"
    assert not app.turns.held
    assert app.turns.heavy == 0


def test_a_long_comparison_ends_while_it_is_shown(
    app: Application, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows are checked one by one, in the template too."""
    found = client.get("/api/search?q=三务公开").json
    assert found is not None
    a, b = (report["id"] for report in found["reports"])
    whole = client.get(f"/compare?a={a}&b={b}&state=copied").text

    class Clock:
        """Each look at it costs a second."""

        now = 0.0

        def __call__(self) -> float:
            self.now += 1
            return self.now

    clock = Clock()
    monkeypatch.setattr(time, "thread_time", clock)
    app.budgets.limits = Limits(seconds=1e9)
    assert client.get(f"/compare?a={a}&b={b}").status_code == 200
    looks = clock.now
    assert looks > 2 * whole.count('<li class="row')
    short = create_app(app.extensions["gongkai"], limits=Limits(seconds=looks - 5))
    assert short.test_client().get(f"/compare?a={a}&b={b}").status_code == 504
