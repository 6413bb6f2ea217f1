from __future__ import annotations

import inspect
import logging
import re

import pytest
from fake_engine import BrokenEngine
from flask.testing import FlaskClient

from indexer import errors
from indexer.errors import GongkaiError
from indexer.messages import Message
from search.source import FixedSource
from web.app import create_app
from web.errors import status_of
from web.params import MAX_ALSO_LENGTH

WRONG = Message("no_such_region", name="不行<b>")
HINT = Message("allowed_values", allowed=("再试<b>",))
SHAPE = {"code", "message", "key", "values", "position", "hint", "hint_key", "hint_values"}
CLASSES = [
    cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, GongkaiError)
]
EXPECTED = {
    "QueryError": 400,
    "RequestError": 400,
    "UnknownReportError": 404,
    "OtherIndexError": 409,
    "LimitError": 413,
    "IndexUnusableError": 503,
    "MissingIndexError": 503,
    "LockedIndexError": 503,
    "OtherVersionError": 503,
    "DamagedIndexError": 503,
    "ClusterError": 503,
    "CorpusError": 503,
    "UnreadableError": 503,
    "GongkaiError": 500,
}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: str(cls.__name__))
def test_every_class_has_its_status_as_json_and_as_page(cls: type[GongkaiError]) -> None:
    client = create_app(FixedSource(BrokenEngine(cls(WRONG, hint=HINT)))).test_client()
    answer = client.get("/api/search?q=x")
    assert answer.status_code == EXPECTED[cls.__name__] == status_of(cls(WRONG))
    assert answer.json == {
        "error": {
            "code": cls.code,
            "message": "没有名为“不行<b>”的地区",
            "key": "no_such_region",
            "values": {"name": "不行<b>"},
            "hint": "可用的值：再试<b>。",
            "hint_key": "allowed_values",
            "hint_values": {"allowed": ["再试<b>"]},
        }
    }
    for url in ("/", "/?q=typed", "/reports/0123456789ab"):
        shown = client.get(url)
        assert shown.status_code == EXPECTED[cls.__name__]
        assert "不行&lt;b&gt;" in shown.text
        assert "再试&lt;b&gt;" in shown.text
        assert "<b>" not in shown.text


@pytest.mark.parametrize(
    ("method", "url", "status", "code"),
    [
        ("GET", "/api/search?q=(x", 400, "query"),
        ("GET", "/api/search?page=x", 400, "request"),
        ("GET", "/api/search?year_from=2020&year_to=2019", 400, "request"),
        ("GET", "/api/search?q=" + "x" * 1_001, 413, "limit"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api/nothing/here", 404, "not_found"),
        ("POST", "/api/search", 405, "method_not_allowed"),
        ("DELETE", "/api/search", 405, "method_not_allowed"),
    ],
)
def test_api_errors_have_one_shape(
    client: FlaskClient, method: str, url: str, status: int, code: str
) -> None:
    answer = client.open(url, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert answer.json is not None
    assert set(answer.json) == {"error"}
    assert answer.json["error"]["code"] == code
    assert set(answer.json["error"]) <= SHAPE


def test_query_errors_say_where(client: FlaskClient) -> None:
    answer = client.get("/api/search", query_string={"q": "“三务” ("})
    assert answer.json == {
        "error": {
            "code": "query",
            "message": "括号 ( 没有配对",
            "key": "bracket_unclosed",
            "values": {"bracket": "("},
            "position": 5,
            "hint": "补上右括号；如果括号是要查的文字，请给整个短语加引号。",
            "hint_key": "bracket_unclosed_hint",
            "hint_values": {},
        }
    }


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("三务 (公开", '三务 <span class="caret">(</span>公开'),
        ("三务 AND", '三务 AND<span class="caret">\u00a0</span>'),
        ("<i>(&", '&lt;i&gt;<span class="caret">(</span>&amp;'),
    ],
)
def test_a_page_puts_the_caret_under_the_query_and_keeps_it(
    client: FlaskClient, q: str, expected: str
) -> None:
    answer = client.get("/", query_string={"q": q, "year": "2020", "literal": "1"})
    assert answer.status_code == 400
    assert expected in answer.text
    assert '<input type="hidden" name="year" value="2020">' in answer.text
    assert 'name="literal" value="1" form="box" checked' in answer.text


def test_a_wrong_parameter_is_not_sent_along(client: FlaskClient) -> None:
    answer = client.get("/?q=typed&size=x&year=2020")
    assert answer.status_code == 400
    assert 'value="typed"' in answer.text
    assert 'name="size"' not in answer.text
    assert 'name="year" value="2020"' in answer.text


def test_what_nobody_expected_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(FixedSource(BrokenEngine(ZeroDivisionError("secret")))).test_client()
    with caplog.at_level(logging.ERROR):
        answers = [client.get("/api/search?q=x"), client.get("/?q=x")]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert answers[0].json is not None
    assert answers[0].json["error"]["code"] == "internal_server_error"
    assert not any("secret" in answer.text or "Traceback" in answer.text for answer in answers)
    assert caplog.text.count("ZeroDivisionError: secret") == 2


@pytest.mark.parametrize("url", ["/nothing", "/reports/", "/reports/000000000000"])
def test_unknown_pages(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert "没有" in answer.text


def test_a_wrong_method_says_what_is_allowed(client: FlaskClient) -> None:
    answer = client.post("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "<h1>" in answer.text


def test_an_empty_query_before_the_wrong_one_is_not_shown(client: FlaskClient) -> None:
    html = client.get("/?q=&q=(三务").text
    assert 'value="(三务"' in html
    assert '<p class="caret-line"' in html
    assert "三务</p>" in html.replace("\n", "")


def test_a_redirect_keeps_a_query_that_was_not_encoded(client: FlaskClient) -> None:
    town = client.get("/?q=三务").text.partition('href="/reports/')[2][:12]
    answer = client.get(
        f"/reports/{town}/0-3",
        environ_overrides={"QUERY_STRING": "q=政".encode().decode("latin-1")},
    )
    assert answer.location.endswith("?q=%E6%94%BF")


def test_a_wrong_query_is_mended_in_its_view(client: FlaskClient) -> None:
    """The box leads back to the view that was asked for, and sends along how it was shown."""
    answer = client.get("/trend?q=(公开&also=三务&measure=hits&year=2020")
    assert answer.status_code == 400
    form = re.search(r'<form[^>]*id="box".*?</form>', answer.text, re.S)
    assert form
    assert 'action="/trend"' in form[0]
    for name, value in (("also", "三务"), ("measure", "hits"), ("year", "2020")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form[0]


def test_queries_to_compare_with_are_short_in_all(client: FlaskClient) -> None:
    """Each link of the page carries them."""
    fits, long = "公" * (MAX_ALSO_LENGTH - 1), "开" * 2
    assert client.get(f"/trend?q=公开&also={fits}").status_code == 200
    answer = client.get(f"/trend?q=公开&also={fits}&also={long}")
    assert answer.status_code == 413
    assert str(MAX_ALSO_LENGTH) in answer.text
