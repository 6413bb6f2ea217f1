"""Another password by a user's own hand, and the ways out: which sessions end, and that they stay ended."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Thread

import pytest
from door import NAME, PASSWORD, SAME, guarded_app, sign_in
from flask import Flask
from flask.testing import FlaskClient
from test_login import basic, token
from werkzeug.test import TestResponse

from indexer.errors import GongkaiError
from indexer.messages import Message, word
from web.guard.passwords import agrees
from web.guard.users import change_password, read_users, set_password, sign_out_everywhere

NEW = "另外几个不相干的词 连在一起"
COOKIE = "gongkai-session"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return guarded_app(tmp_path)


def signed_in(app: Flask, password: str = PASSWORD) -> FlaskClient:
    reader = app.test_client()
    assert sign_in(reader, password).status_code == 303
    return reader


def change(
    reader: FlaskClient, old: str = PASSWORD, new: str = NEW, again: str = NEW
) -> TestResponse:
    data = {"token": token(reader), "old": old, "new": new, "again": again}
    return reader.post("/password", data=data, headers=SAME)


def copy_of(reader: FlaskClient, app: Flask) -> FlaskClient:
    """Somebody else who has the cookie."""
    cookie, copy = reader.get_cookie(COOKIE), app.test_client()
    assert cookie
    copy.set_cookie(COOKIE, cookie.value)
    return copy


def test_another_password(app: Flask, tmp_path: Path) -> None:
    """Whoever sets it stays; all other sessions of the user end, and stay so after a restart."""
    reader, other = signed_in(app), signed_in(app)
    before = copy_of(reader, app)
    set_password(tmp_path / "users", "韩梅梅", "四个不相干的词 又连在一起")
    colleague = app.test_client()
    assert sign_in(colleague, "四个不相干的词 又连在一起", "韩梅梅").status_code == 303
    done = change(reader)
    assert (done.status_code, done.headers["Location"]) == (303, "/password?done=1")
    assert "密码已修改" in reader.get(done.headers["Location"]).text
    assert [each.get("/").status_code for each in (reader, other, before)] == [200, 303, 303]
    assert colleague.get("/").status_code == 200
    for each in (app, guarded_app(tmp_path)):
        assert copy_of(reader, each).get("/").status_code == 200
        assert copy_of(before, each).get("/").status_code == 303
        assert sign_in(each.test_client()).status_code == 403
        assert sign_in(each.test_client(), NEW).status_code == 303
    assert agrees(read_users(tmp_path / "users")[NAME], NEW)


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("不是现在的密码呀不是", NEW, NEW, Message("wrong_old_password")),
        ("", NEW, NEW, Message("wrong_old_password")),
        (PASSWORD, NEW, f"{NEW}。", Message("passwords_differ")),
        (PASSWORD, "太短", "太短", Message("password_length", least=12, most=128)),
        (PASSWORD, "长" * 129, "长" * 129, Message("password_length", least=12, most=128)),
        (PASSWORD, "", "", Message("password_length", least=12, most=128)),
    ],
)
def test_what_is_no_change(
    app: Flask, tmp_path: Path, old: str, new: str, again: str, why: Message
) -> None:
    kept = read_users(tmp_path / "users")
    reader = signed_in(app)
    answer = change(reader, old, new, again)
    assert answer.status_code == 403
    assert word(why, "zh") in answer.text
    assert "Set-Cookie" not in answer.headers
    assert read_users(tmp_path / "users") == kept
    assert reader.get("/").status_code == 200


def test_it_needs_a_session_the_token_and_this_site(app: Flask, tmp_path: Path) -> None:
    kept = read_users(tmp_path / "users")
    reader = signed_in(app)
    good = {"token": token(reader), "old": PASSWORD, "new": NEW, "again": NEW}
    for path in ("/password", "/logout/everywhere"):
        assert app.test_client().post(path, data=good, headers=SAME).status_code == 303
        assert reader.post(path, data={**good, "token": "0"}, headers=SAME).status_code == 403
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert reader.post(path, data=good, headers=elsewhere).status_code == 403
        asked = app.test_client().post(path, data=good, headers=SAME | basic(NAME, PASSWORD))
        assert asked.headers["Location"].startswith("/login")
    assert read_users(tmp_path / "users") == kept


def test_who_found_a_browser_open_cannot_guess(app: Flask) -> None:
    """The password of now is throttled like the login, with its tries."""
    reader = signed_in(app)
    statuses = [change(reader, f"{number}").status_code for number in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert sign_in(app.test_client()).status_code == 429


def test_the_page_has_the_name_for_password_managers(app: Flask) -> None:
    reader = signed_in(app)
    page = reader.get("/password")
    assert page.status_code == 200
    assert f'value="{NAME}" autocomplete="username"' in page.text
    assert len(re.findall('autocomplete="(?:current|new)-password"', page.text)) == 3
    assert 'href="/password"' in reader.get("/?q=三务").text


def test_without_users_there_is_none(client: FlaskClient) -> None:
    assert client.get("/password").status_code == 404
    assert 'href="/password"' not in client.get("/").text


def test_a_copy_is_of_no_use_after_a_restart_either(app: Flask, tmp_path: Path) -> None:
    """Nor to another process that serves the same users; only the session that was ended has."""
    reader, other = signed_in(app), signed_in(app)
    beside = guarded_app(tmp_path)
    copies = [copy_of(reader, beside), copy_of(reader, app)]
    assert [copy.get("/").status_code for copy in copies] == [200, 200]
    reader.post("/logout", data={"token": token(reader)}, headers=SAME)
    copies.append(copy_of(copies[0], guarded_app(tmp_path)))
    assert [copy.get("/").status_code for copy in copies] == [303, 303, 303]
    for each in (app, beside, guarded_app(tmp_path)):
        assert copy_of(other, each).get("/").status_code == 200


def test_signing_out_everywhere(app: Flask, tmp_path: Path) -> None:
    readers = [signed_in(app), signed_in(app)]
    left = readers[0].post("/logout/everywhere", data={"token": token(readers[0])}, headers=SAME)
    assert (left.status_code, left.headers["Location"]) == (303, "/login")
    assert [reader.get("/").status_code for reader in readers] == [303, 303]
    again = signed_in(guarded_app(tmp_path))
    assert again.get("/").status_code == 200
    assert change(again).status_code == 303
    feed = app.test_client().get("/feed.atom?q=三务", headers=basic(NAME, NEW))
    assert feed.status_code == 200


def test_what_is_past_is_not_kept_for_ever(app: Flask, tmp_path: Path) -> None:
    reader, ended = signed_in(app), tmp_path / "users.ended"
    reader.post("/logout", data={"token": token(reader)}, headers=SAME)
    of_now = ended.read_text("utf-8")
    assert len(of_now.splitlines()) == 1
    ended.write_text(f"old 1\n{of_now}", "utf-8")
    guarded_app(tmp_path)
    assert ended.read_text("utf-8") == of_now


def test_where_it_is_not_known_what_has_ended_nobody_is_let_in(app: Flask, tmp_path: Path) -> None:
    reader = signed_in(app)
    (tmp_path / "users.ended").write_bytes(b"\xff")
    assert reader.get("/").status_code == 503


def test_of_two_who_change_it_one_does(app: Flask, tmp_path: Path) -> None:
    """What another has set meanwhile stays; a removed user is not made anew."""
    path = tmp_path / "users"
    before = read_users(path)[NAME]
    assert change_password(path, NAME, before, NEW)
    now = read_users(path)[NAME]
    assert change_password(path, NAME, before, PASSWORD) is None
    assert sign_out_everywhere(path, NAME, before) is None
    assert sign_out_everywhere(path, "韩梅梅", before) is None
    assert read_users(path) == {NAME: now}


def test_changes_at_once_are_all_kept(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "users"
    names = [f"user{number}" for number in range(8)]
    threads = [Thread(target=set_password, args=(path, name, NEW)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(read_users(path)) == {NAME, *names}


def test_a_file_that_cannot_be_written_is_said(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it is, is not."""
    reader = signed_in(app)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("web.guard.secret_file._write_new", fail)
    answer = change(reader)
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    monkeypatch.undo()
    assert reader.get("/").status_code == 200
    with pytest.raises(GongkaiError, match="不能读写"):
        set_password(tmp_path / "no such folder" / "users", NAME, NEW)
