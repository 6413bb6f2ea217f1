"""A server with users: who has not signed in is shown nothing, and who has is shown all."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest
from door import NAME, PASSWORD, SAME, guarded_app, sign_in, users_file
from fake_reports import TOWN
from flask import Flask
from flask.testing import FlaskClient
from routes import addresses

from indexer.errors import GongkaiError
from web import assets
from web.guard.guard import FREE
from web.guard.users import remove, set_password

OPEN = {"login.login", "login.enter", *FREE}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return guarded_app(tmp_path)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


def token(reader: FlaskClient) -> str:
    found = re.search(r'name="token" value="(\w+)"', reader.get("/").text)
    assert found
    return found[1]


KEPT = [
    "/",
    "/?q=三务",
    "/concordance?q=三务",
    f"/reports/{TOWN.id}?q=三务",
    "/api/search?q=三务",
    "/feed.atom?q=三务",
]


def test_nothing_is_answered_without_a_session(app: Flask) -> None:
    """Every route there is, in each of its methods; and what was kept when a user was shown it."""
    user = app.test_client()
    assert sign_in(user).status_code == 303
    tags = {url: user.get(url).headers["ETag"] for url in KEPT}
    stranger, asked = app.test_client(), 0
    for rule, method, path in addresses(app):
        if rule.endpoint in OPEN:
            continue
        refused = stranger.open(path, method=method, headers=SAME)
        assert refused.status_code in (303, 401), (method, path)
        assert TOWN.title not in refused.text
        assert "ETag" not in refused.headers
        asked += 1
    assert asked > 100
    for url, tag in tags.items():
        for headers in ({}, {"If-None-Match": tag}, {"Accept-Encoding": "gzip"}):
            refused = stranger.get(url, headers=headers)
            assert refused.status_code in (303, 401), url
            assert len(refused.data) < 1_000
    assert stranger.get("/no such page").status_code == 303


@pytest.mark.parametrize("endpoint", sorted(OPEN))
def test_what_is_open_shows_nothing_of_the_reports(app: Flask, endpoint: str) -> None:
    for rule, method, path in addresses(app):
        if rule.endpoint == endpoint:
            answer = app.test_client().open(path, method=method, headers=SAME)
            assert answer.status_code < 500
            assert not set(re.findall("三务|青山|示例|token", answer.text)), path


def test_a_user_is_shown_everything(reader: FlaskClient) -> None:
    assert (
        reader.get("/?q=三务").headers["Location"]
        == "/login?back=/?q%3D%25E4%25B8%2589%25E5%258A%25A1"
    )
    assert sign_in(reader, back="/?q=三务").headers["Location"] == "/"  # an address is ASCII
    assert sign_in(reader, back="/?q=%E4%B8%89").headers["Location"] == "/?q=%E4%B8%89"
    for url in (*KEPT, "/healthz", assets.asset_url("icon.svg"), "/findings", "/saved"):
        with reader.get(url) as answer:
            assert answer.status_code == 200, url
    assert reader.get("/login").status_code == 303


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"]
)
def test_the_way_back_leads_to_no_other_site(reader: FlaskClient, back: str) -> None:
    assert sign_in(reader, back=back).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "x"),
        (NAME, ""),
        ("韩梅梅", PASSWORD),
        ("", ""),
        (NAME, PASSWORD + "\0"),
        (NAME, PASSWORD[:-1]),
    ],
)
def test_a_wrong_password_says_no_more_than_that(
    reader: FlaskClient, name: str, password: str
) -> None:
    answer = sign_in(reader, password, name)
    assert answer.status_code == 403
    assert "用户名或密码不对" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert reader.get("/").status_code == 303


def test_an_input_method_may_write_full_width(reader: FlaskClient) -> None:
    assert sign_in(reader, PASSWORD.replace(" ", "\u3000"), f" {NAME}").status_code == 303


def test_another_site_signs_nobody_in(reader: FlaskClient) -> None:
    """As whom it likes: what is searched then would be seen by the other."""
    form = {"name": NAME, "password": PASSWORD}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = reader.post("/login", data=form, headers=headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("settings", "base", "headers", "secure"),
    [
        ({}, "http://127.0.0.1", {}, False),
        ({}, "https://127.0.0.1", {}, True),
        ({}, "http://127.0.0.1", {"X-Forwarded-Proto": "https"}, False),
        ({"behind_proxy": True}, "http://127.0.0.1", {"X-Forwarded-Proto": "https"}, True),
        ({"public_url": "https://a.example"}, "http://a.example", {}, True),
    ],
)
def test_the_cookie_is_for_this_site_alone(
    tmp_path: Path, settings: dict[str, object], base: str, headers: dict[str, str], secure: bool
) -> None:
    """Secure where the reader comes over TLS: as a proxy says that is trusted, never as anybody says."""
    app = guarded_app(tmp_path, **settings)
    form = {"name": NAME, "password": PASSWORD}
    answer = app.test_client().post("/login", base_url=base, data=form, headers={**SAME, **headers})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-gongkai-session=" if secure else "gongkai-session=")
    parts = set(cookie.split("; ")[1:])
    assert parts >= {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"}
    assert ("Secure" in parts) == secure
    assert "Domain" not in cookie


def test_signing_out_ends_the_session_and_its_copies(app: Flask, reader: FlaskClient) -> None:
    sign_in(reader)
    copy = app.test_client()
    cookie = reader.get_cookie("gongkai-session")
    assert cookie
    copy.set_cookie("gongkai-session", cookie.value)
    assert copy.get("/").status_code == 200
    assert reader.post("/logout", headers=SAME).status_code == 403  # without the token
    left = reader.post("/logout", data={"token": token(reader)}, headers=SAME)
    assert (left.status_code, left.headers["Location"]) == (303, "/login")
    assert '"cache"' in left.headers["Clear-Site-Data"]
    assert reader.get_cookie("gongkai-session") is None
    assert copy.get("/").status_code == 303


def test_another_password_ends_sessions(app: Flask, reader: FlaskClient, tmp_path: Path) -> None:
    sign_in(reader)
    assert reader.get("/").status_code == 200
    set_password(tmp_path / "users", NAME, "另外几个不相干的词 连在一起")
    assert reader.get("/").status_code == 303
    assert sign_in(reader).status_code == 403


def test_a_user_who_is_removed_is_out_at_once(reader: FlaskClient, tmp_path: Path) -> None:
    set_password(tmp_path / "users", "韩梅梅", "另外几个不相干的词 连在一起")
    sign_in(reader)
    assert reader.get("/").status_code == 200
    remove(tmp_path / "users", NAME)
    assert reader.get("/").status_code == 303


def test_a_restart_ends_no_session_but_another_key_does(app: Flask, tmp_path: Path) -> None:
    reader = app.test_client()
    sign_in(reader)
    cookie = reader.get_cookie("gongkai-session")
    assert cookie
    statuses = []
    for _ in range(2):
        again = guarded_app(tmp_path).test_client()
        again.set_cookie("gongkai-session", cookie.value)
        statuses.append(again.get("/").status_code)
        (tmp_path / "users.key").unlink()
    assert statuses == [200, 303]


def test_a_session_is_not_made_up_or_changed(reader: FlaskClient) -> None:
    sign_in(reader)
    cookie = reader.get_cookie("gongkai-session")
    assert cookie
    value = cookie.value
    for at in range(0, len(value), 7):
        changed = value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]
        reader.set_cookie("gongkai-session", changed)
        assert reader.get("/").status_code == 303, at
    reader.set_cookie("gongkai-session", value)
    assert reader.get("/").status_code == 200


def test_a_session_does_not_last_for_ever(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(reader)
    monkeypatch.setattr("web.guard.sessions.LAST", -1)
    assert reader.get("/").status_code == 303


def test_where_the_users_cannot_be_read_nobody_is_let_in(
    reader: FlaskClient, tmp_path: Path
) -> None:
    sign_in(reader)
    (tmp_path / "users").write_text("", "utf-8")
    assert reader.get("/").status_code == 303
    (tmp_path / "users").unlink()
    for url in ("/", "/login", "/api/search?q=三务"):
        refused = reader.get(url)
        assert refused.status_code == 503
        assert str(tmp_path) not in refused.text
        assert TOWN.title not in refused.text


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


def test_programs_and_feed_readers_may_send_a_password(reader: FlaskClient) -> None:
    """Where they read; everywhere else a session is needed."""
    for url in ("/api/search?q=三务", "/feed.atom?q=三务"):
        assert reader.get(url).headers["WWW-Authenticate"].startswith("Basic ")
        assert "WWW-Authenticate" not in reader.get(url, headers={"Sec-Fetch-Mode": "cors"}).headers
        assert reader.get(url, headers=basic(NAME, "x")).status_code == 401
        for _ in range(2):
            assert reader.get(url, headers=basic(NAME, PASSWORD)).status_code == 200
    assert reader.get("/", headers=basic(NAME, PASSWORD)).status_code == 303
    assert reader.post("/findings", headers=basic(NAME, PASSWORD) | SAME).status_code == 303


def test_a_password_that_a_program_had_is_no_longer_right(
    reader: FlaskClient, tmp_path: Path
) -> None:
    asked = "/api/search?q=三务"
    assert reader.get(asked, headers=basic(NAME, PASSWORD)).status_code == 200
    set_password(tmp_path / "users", NAME, "另外几个不相干的词 连在一起")
    assert reader.get(asked, headers=basic(NAME, PASSWORD)).status_code == 401


def test_too_many_guesses_are_refused(reader: FlaskClient) -> None:
    """By the form and by programs alike; whoever knows the password has to wait, too, at that address."""
    statuses = [sign_in(reader, f"{number}").status_code for number in range(8)]
    programs = [
        reader.get("/api/search", headers=basic(NAME, f"x{number}")).status_code
        for number in range(4)
    ]
    assert (statuses, programs) == ([403] * 8, [401, 401, 429, 429])
    refused = sign_in(reader)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert TOWN.title not in refused.text
    elsewhere = reader.post(
        "/login",
        data={"name": NAME, "password": PASSWORD},
        headers=SAME,
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert elsewhere.status_code == 303


def test_a_guarded_page_says_how_to_leave_and_who_shares(reader: FlaskClient) -> None:
    sign_in(reader)
    assert 'action="/logout"' in reader.get("/?q=三务").text
    for url in ("/findings", "/saved"):
        assert "共用这些内容" in reader.get(url).text


def test_without_users_there_is_no_login(client: FlaskClient) -> None:
    assert client.get("/login").status_code == 404
    assert 'action="/logout"' not in client.get("/").text


def test_a_server_without_any_user_does_not_start(tmp_path: Path) -> None:
    path = users_file(tmp_path)
    remove(path, NAME)
    with pytest.raises(GongkaiError, match="没有用户"):
        guarded_app(tmp_path)
