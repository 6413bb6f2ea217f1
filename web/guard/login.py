"""The login page, what its form sends, and the way out."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.messages import Message
from web.guard.passwords import agrees
from web.guard.sessions import Session, Sessions
from web.guard.tries import Tries
from web.guard.users import Users, evened
from web.language import local
from web.pages import page
from web.writing import form, same_site_form

blueprint = Blueprint("login", __name__)
LOGIN, ENTER, LOGOUT = "login.login", "login.enter", "login.logout"
MOST = 4
"""KB of the form."""


class Login:
    """Answers at the addresses of this blueprint; the guard asks it."""

    def __init__(self, users: Users, sessions: Sessions, tries: Tries) -> None:
        self._users = users
        self._sessions = sessions
        self._tries = tries

    def form(self) -> AnyResponse:
        """The page; who is in already goes on."""
        back = local(request.args.get("back", "/"))
        if self._sessions.now(self._users.now()):
            return redirect(back, code=303)
        return _page(back)

    def enter(self) -> AnyResponse:
        """A session for who has the right password. The form has no token: there is no session yet that
        another site could use."""
        fields = same_site_form(MOST)
        name, back = evened(fields.get("name", "")), local(fields.get("back", "/"))
        kept, password = self._users.now().get(name), fields.get("password", "")
        if not self._tries.tried(name, lambda: agrees(kept, password)) or kept is None:
            return _page(back, name, Message("wrong_password"))
        answer = redirect(back, code=303)
        self._sessions.begin(answer, name, kept)
        return answer

    def leave(self, session: Session | None) -> AnyResponse:
        """End the session, and have the browser forget what it keeps of this site."""
        form()
        answer = redirect("/login", code=303)
        self._sessions.end(answer, session)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def _page(back: str, name: str = "", wrong: Message | None = None) -> Response:
    return page("guard/login.html", 403 if wrong else 200, back=back, name=name, wrong=wrong)


def _answered_by_the_guard() -> NoReturn:
    raise AssertionError("web/guard/guard.py answers before any view")


blueprint.add_url_rule("/login", "login", _answered_by_the_guard, methods=["GET"])
blueprint.add_url_rule("/login", "enter", _answered_by_the_guard, methods=["POST"])
blueprint.add_url_rule("/logout", "logout", _answered_by_the_guard, methods=["POST"])
