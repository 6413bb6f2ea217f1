"""The file of users, and the commands that keep it and ask for it."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from gongkai import main
from indexer.errors import RequestError
from web.commands.serve import check_who
from web.guard import passwords
from web.guard.errors import UsersError
from web.guard.passwords import agrees, checked, hashed
from web.guard.secret_file import key_of
from web.guard.users import LONGEST_NAME, Users, name_of, read_users, set_password

LONG = "四个不相干的词 连在一起"


def gongkai(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), **more)


def test_users_are_added_changed_listed_and_removed(tmp_path: Path) -> None:
    path = str(tmp_path / "users")
    for said in ("已添加", "已为"):
        done = gongkai("users", "add", path, "李雷", input=f"{LONG}\n")
        assert (done.exit_code, said in done.stdout) == (0, True)
    assert gongkai("users", "add", path, " Han\u3000", input=f"{LONG}\r\n").exit_code == 0
    assert gongkai("users", "list", path).stdout.split() == ["Han", "李雷"]
    assert json.loads(gongkai("users", "list", path, "--json").stdout) == {"users": ["Han", "李雷"]}
    assert agrees(read_users(tmp_path / "users")["Han"], LONG)
    assert gongkai("users", "remove", path, "李雷").exit_code == 0
    assert list(read_users(tmp_path / "users")) == ["Han"]
    assert gongkai("users", "remove", path, "李雷").exit_code == 1
    assert {file.name for file in tmp_path.iterdir()} == {"users", "users.lock"}


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
def test_what_is_secret_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "users"
    set_password(path, "李雷", LONG)
    key = key_of(tmp_path / "users.key")
    assert key == key_of(tmp_path / "users.key")
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o640)
    for read in (lambda: read_users(path), lambda: key_of(tmp_path / "users.key"), Users(path).now):
        with pytest.raises(UsersError, match="chmod 600"):
            read()
    with pytest.raises(UsersError, match="chmod 600"):
        set_password(path, "韩梅梅", LONG)


@pytest.mark.parametrize(
    "name", ["", " ", "a:b", "a b", "a\nb", "a\u202eb", "x" * (LONGEST_NAME + 1)]
)
def test_names_that_none_can_have(name: str) -> None:
    with pytest.raises(UsersError):
        name_of(name)


@pytest.mark.parametrize(("length", "right"), [(11, False), (12, True), (128, True), (129, False)])
def test_how_long_a_password_is(length: int, right: bool) -> None:
    if right:
        assert checked("字" * length)
    else:
        with pytest.raises(UsersError):
            checked("字" * length)


def test_a_hash_tells_no_password_and_fits_no_other() -> None:
    kept, again = hashed(LONG), hashed(LONG)
    assert kept != again
    assert kept.startswith("$argon2id$")
    assert LONG not in kept
    assert agrees(kept, LONG)
    assert not agrees(kept, LONG + "x")
    assert not agrees(None, LONG)
    assert not agrees("$argon2id$broken", LONG)


def test_a_name_that_nobody_has_costs_a_verification_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the time that an answer takes tells no names."""
    asked = []

    class Counting:
        def verify(self, kept: str, _: bytes) -> bool:
            asked.append(kept)
            return True

    nobody = passwords._nobody()
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    assert agrees(nobody, LONG)
    assert not agrees(None, LONG)
    assert asked == [nobody, nobody]


@pytest.mark.parametrize(
    "line", ["x", "李雷:", ":$argon2id$x", "李雷:$2y$10$x", "a:$argon2id$x\nb"]
)
def test_another_file_is_no_file_of_users(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    set_password(path, "李雷", LONG)
    path.write_text(line, "utf-8")
    with pytest.raises(UsersError, match="行不是用户"):
        read_users(path)
    before = path.read_bytes()
    with pytest.raises(UsersError):
        set_password(path, "韩梅梅", LONG)
    assert path.read_bytes() == before


def test_a_changed_file_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "users"
    set_password(path, "李雷", LONG)
    users = Users(path)
    assert list(users.now()) == ["李雷"]
    set_password(path, "Han", LONG)
    assert list(users.now()) == ["Han", "李雷"]
    path.unlink()
    with pytest.raises(UsersError):
        users.now()


def test_a_key_that_was_cut_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "users.key"
    key_of(path)
    path.write_text("abc", "utf-8")
    with pytest.raises(UsersError, match="密钥"):
        key_of(path)


FILE = Path("users")


@pytest.mark.parametrize(
    ("host", "users", "is_public", "right"),
    [
        ("127.0.0.1", None, False, True),
        ("127.1.2.3", None, False, True),
        ("::1", None, False, True),
        ("localhost", None, False, True),
        ("0.0.0.0", None, False, False),
        ("::", None, False, False),
        ("192.0.2.1", None, False, False),
        ("reports.example.org", None, False, False),
        ("localhost.example.org", None, False, False),
        ("0.0.0.0", FILE, False, True),
        ("0.0.0.0", None, True, True),
        ("127.0.0.1", FILE, False, True),
        ("127.0.0.1", FILE, True, False),
    ],
)
def test_who_may_see_pages_that_others_can_open_is_said(
    host: str, users: Path | None, is_public: bool, right: bool
) -> None:
    if right:
        check_who(host, users, is_public)
    else:
        with pytest.raises(RequestError, match="--users"):
            check_who(host, users, is_public)


def test_serve_refuses_another_address(tmp_path: Path) -> None:
    """Before anything is opened: exit code 2, and both ways out."""
    refused = gongkai("serve", "--index", str(tmp_path), "--host", "0.0.0.0")
    assert refused.exit_code == 2
    assert "--users" in refused.stderr
    assert "--public" in refused.stderr


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, samples_index: Path) -> Callable[..., Flask]:
    """The application that `serve` would serve, with these arguments."""

    def start(*arguments: str) -> Flask:
        apps: list[Flask] = []
        monkeypatch.setattr("web.commands.serve.run_server", lambda app, *_, **__: apps.append(app))
        done = gongkai("serve", "--index", str(samples_index), *arguments)
        assert done.exit_code == 0, done.output
        return apps[0]

    return start


def test_serve_lets_users_in(served: Callable[..., Flask], tmp_path: Path) -> None:
    set_password(tmp_path / "users", "李雷", LONG)
    app = served("--host", "0.0.0.0", "--users", str(tmp_path / "users"), "--rate", "2")
    reader = app.test_client()
    assert reader.get("/").headers["Location"].startswith("/login")
    away = {"REMOTE_ADDR": "192.0.2.1"}
    assert [reader.get("/", environ_base=away).status_code for _ in range(3)] == [303, 303, 429]


def test_to_everybody_nothing_is_kept(served: Callable[..., Flask]) -> None:
    reader = served("--host", "0.0.0.0", "--public").test_client()
    assert reader.get("/?q=公开").status_code == 200
    assert reader.get("/findings").status_code == 404
    assert served().test_client().get("/findings").status_code == 200


def test_users_behind_a_proxy_that_is_not_trusted_are_warned_of(tmp_path: Path) -> None:
    """All readers would be one address: ten failed guesses of anybody would keep all of them out."""
    path = str(tmp_path / "users")
    url = "https://reports.example.org"
    refused = gongkai("serve", "--index", path, "--users", path, "--public-url", url)
    assert "--proxy" in refused.stderr
    trusted = gongkai("serve", "--index", path, "--users", path, "--public-url", url, "--proxy")
    assert "--proxy" not in trusted.stderr
    arguments = ("--index", path, "--host", "0.0.0.0", "--users", path, "--proxy")
    assert "防火墙" in gongkai("serve", *arguments).stderr
