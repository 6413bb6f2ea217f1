"""The guard of a server with users: it stands before everything, what is kept too (see web/http/application.py)."""

from __future__ import annotations

import hmac
from collections import OrderedDict
from pathlib import Path

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from indexer.messages import Message
from web import language
from web.api.json_shape import error_json
from web.guard.ended import Ended
from web.guard.errors import NotLetInError, UsersError
from web.guard.here import EXTENSION, let_in
from web.guard.login import ENTER, LOGIN, Login, blueprint
from web.guard.passwords import agrees
from web.guard.secret_file import key_of
from web.guard.sessions import Sessions
from web.guard.tries import Tries
from web.guard.users import Users, evened
from web.pages import json_answer

FREE = ("language.switch",)
"""Endpoints that answer anybody, beside the login itself: they show nothing of the reports."""
MOST_VERIFIED = 1_000
"""Passwords of programs that are known to be right: they send one with each request."""
_DATA = ("/api/", "/static/", "/healthz", "/feed.atom")
"""What addresses begin with that are no pages, /api/ itself aside."""
_CHALLENGE = 'Basic realm="Gongkai", charset="UTF-8"'


class Guard:
    """Lets users in: readers by a session; programs (and feed readers) by HTTP Basic, to read what is for them."""

    def __init__(self, users: Users, key: str, ended: Ended) -> None:
        self._users = users
        self._key = key.encode()
        self._sessions = Sessions(key, ended)
        self._tries = Tries()
        self._verified: OrderedDict[bytes, None] = OrderedDict()
        self._login = Login(users, self._sessions, self._tries)

    def __call__(self) -> Response | None:
        """None for who may; else the way to the login, or a refusal. The login answers from here: it waits for
        no turn, and what it costs is spent by no one else."""
        if request.endpoint in FREE:
            return None
        if request.endpoint == LOGIN:
            return self._login.form()
        if request.endpoint == ENTER:
            return self._login.enter()
        session = self._sessions.now(self._users.now())
        name = session.name if session else self._of_program()
        if name is None:
            return _refused()
        let_in(name)
        return None if session is None else self._login.for_user(session)

    def _of_program(self) -> str | None:
        """The user whose name and password the request has with it."""
        given = request.authorization
        if given is None or given.type != "basic" or not _is_for_programs():
            return None
        name, password = evened(given.username or ""), given.password or ""
        kept = self._users.now().get(name)
        known = hmac.digest(
            self._key, f"{name}\n{password}\n{kept}".encode("utf-8", "replace"), "sha256"
        )
        if known in self._verified:
            return name
        if not self._tries.tried(name, lambda: agrees(kept, password)):
            return None
        self._verified[known] = None
        if len(self._verified) > MOST_VERIFIED:
            self._verified.popitem(last=False)
        return name


def install(app: Flask, path: Path) -> None:
    """Let in only the users of this file; the key of the sessions is beside it, and which have ended. UsersError
    where one cannot be used, or there is no user."""
    users = Users(path)
    if not users.now():
        raise UsersError(
            Message("users_none", path=str(path)), hint=Message("users_none_hint", path=str(path))
        )
    agrees(None, "")  # the first of these takes longer, and would tell that there is no such user
    key, ended = (path.with_name(f"{path.name}.{kind}") for kind in ("key", "ended"))
    guard = Guard(users, key_of(key), Ended(ended))
    app.extensions[EXTENSION] = guard
    app.register_blueprint(blueprint)
    app.before_request(guard)


def _is_for_programs() -> bool:
    reads = request.method in ("GET", "HEAD")
    return reads and (request.path.startswith("/api/") or request.path == "/feed.atom")


def _refused() -> Response:
    """Whoever opens a page is led to the login and back; all else gets an error that programs read."""
    target = request.headers.get("Sec-Fetch-Dest", "document")
    data = request.path != "/api/" and request.path.startswith(_DATA)
    if target == "document" and not data:
        back = language.back() if request.method in ("GET", "HEAD") else None
        return redirect(url_for(LOGIN, back=back), code=303)
    error = NotLetInError(Message("not_let_in"), hint=Message("not_let_in_hint"))
    answer = json_answer(error_json(error), 401)
    browser = "Sec-Fetch-Mode" in request.headers  # it would ask by a window of its own
    if _is_for_programs() and not browser:
        answer.headers["WWW-Authenticate"] = _CHALLENGE
    return answer
