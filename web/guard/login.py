"""The login page, what its form sends, the ways out, and another password."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.messages import Message
from web.guard.errors import UsersError
from web.guard.passwords import LONGEST, SHORTEST, agrees, checked
from web.guard.sessions import Session, Sessions
from web.guard.tries import Tries
from web.guard.users import Users, change_password, evened, sign_out_everywhere
from web.language import local
from web.pages import page
from web.writing import form, same_site_form

blueprint = Blueprint("login", __name__)
LOGIN, ENTER, LOGOUT = "login.login", "login.enter", "login.logout"
PASSWORD, CHANGE, EVERYWHERE = "login.password", "login.change", "login.everywhere"
MOST, MOST_OF_THREE = 4, 8
"""KB of a form, and of the one with three passwords."""


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

    def for_user(self, session: Session) -> AnyResponse | None:
        """The answer to who is in, where the request is for one of these addresses."""
        views = {
            LOGOUT: self._leave,
            PASSWORD: self._password,
            CHANGE: self._change,
            EVERYWHERE: self._leave_everywhere,
        }
        view = views.get(request.endpoint or "")
        return None if view is None else view(session)

    def _leave(self, session: Session) -> AnyResponse:
        """End the session, and have the browser forget what it keeps of this site."""
        form()
        return self._left(session)

    def _leave_everywhere(self, session: Session) -> AnyResponse:
        """The same of all sessions of the user."""
        form()
        sign_out_everywhere(self._users.path, session.name, session.kept)
        return self._left(session)

    def _left(self, session: Session) -> AnyResponse:
        answer = redirect("/login", code=303)
        self._sessions.end(answer, session)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    def _password(self, session: Session) -> AnyResponse:
        """The page on which a user sets another password; once it is set, that says so."""
        return _password_page(session, done="done" in request.args)

    def _change(self, session: Session) -> AnyResponse:
        """Another password, for who knows the one of now: the other sessions of the user end."""
        fields = form(MOST_OF_THREE)
        old, new = fields.get("old", ""), fields.get("new", "")
        if not self._tries.tried(session.name, lambda: agrees(session.kept, old)):
            return _password_page(session, Message("wrong_old_password"))
        if new != fields.get("again", ""):
            return _password_page(session, Message("passwords_differ"))
        try:
            checked(new)
        except UsersError as error:
            return _password_page(session, error.message)
        kept = change_password(self._users.path, session.name, session.kept, new)
        answer = redirect(url_for(PASSWORD, done=1), code=303)
        if kept is not None:  # else somebody has set another one meanwhile: all sessions have ended
            self._sessions.begin(answer, session.name, kept)
        return answer


def _page(back: str, name: str = "", wrong: Message | None = None) -> Response:
    return page("guard/login.html", 403 if wrong else 200, back=back, name=name, wrong=wrong)


def _password_page(
    session: Session, wrong: Message | None = None, *, done: bool = False
) -> Response:
    return page(
        "guard/password.html",
        403 if wrong else 200,
        name=session.name,
        wrong=wrong,
        done=done,
        least=SHORTEST,
        most=LONGEST,
    )


def _answered_by_the_guard() -> NoReturn:
    raise AssertionError("web/guard/guard.py answers before any view")


blueprint.add_url_rule("/login", "login", _answered_by_the_guard, methods=["GET"])
blueprint.add_url_rule("/login", "enter", _answered_by_the_guard, methods=["POST"])
blueprint.add_url_rule("/logout", "logout", _answered_by_the_guard, methods=["POST"])
blueprint.add_url_rule("/logout/everywhere", "everywhere", _answered_by_the_guard, methods=["POST"])
blueprint.add_url_rule("/password", "password", _answered_by_the_guard, methods=["GET"])
blueprint.add_url_rule("/password", "change", _answered_by_the_guard, methods=["POST"])
