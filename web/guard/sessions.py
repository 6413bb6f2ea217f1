"""Sessions: a signed cookie that names a user, for as long as the password stays the same, and no longer than LAST."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from typing import NamedTuple

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from web.guard.ended import Ended
from web.public import stated

LAST = 7 * 24 * 3600
"""Seconds that a session lasts, used or not."""
_COOKIE = "gongkai-session"
_SECURE_COOKIE = "__Host-gongkai-session"
"""Browsers take a cookie of such a name over TLS alone, and from no other host of the domain."""


class Session(NamedTuple):
    """Who has it; `id` is its own; `kept` of the password, as the users' file has it."""

    id: str
    name: str
    kept: str


class Sessions:
    """The sessions of a server. What is signed is safe from change, not from being read: it holds no secret."""

    def __init__(self, key: str, ended: Ended) -> None:
        self._key = key.encode()
        self._signer = URLSafeTimedSerializer(
            self._key, salt="gongkai session", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._ended = ended

    def begin(self, answer: Response, name: str, kept: str) -> None:
        """Give the answer's reader a session; `kept` of the password as the users' file has it."""
        value = self._signer.dumps([secrets.token_urlsafe(12), name, self._mark(name, kept)])
        answer.set_cookie(
            _name(),
            value if isinstance(value, str) else value.decode(),
            max_age=LAST,
            httponly=True,
            samesite="Lax",
            secure=_is_secure(),
        )

    def now(self, users: Mapping[str, str]) -> Session | None:
        """The session of the request at hand, if it is one of these users with the password of now."""
        try:
            number, name, mark = self._signer.loads(request.cookies.get(_name(), ""), max_age=LAST)
        except (BadData, ValueError, TypeError):
            return None
        kept = users.get(name)
        if kept is None or number in self._ended:
            return None
        agrees = hmac.compare_digest(mark, self._mark(name, kept))
        return Session(number, name, kept) if agrees else None

    def end(self, answer: Response, session: Session) -> None:
        """The cookie is taken back; and whoever has a copy of it is let in no longer."""
        answer.delete_cookie(_name(), httponly=True, samesite="Lax", secure=_is_secure())
        self._ended.add(session.id, int(time.time()) + LAST)

    def _mark(self, name: str, kept: str) -> str:
        """Of what is kept of the password, that nothing of it is told."""
        return hmac.new(self._key, f"{name}\n{kept}".encode(), hashlib.sha256).hexdigest()


def _is_secure() -> bool:
    """Whether the reader comes over TLS: as a trusted proxy says, or as the published address does."""
    return request.is_secure or (stated(current_app) or "").startswith("https://")


def _name() -> str:
    return _SECURE_COOKIE if _is_secure() else _COOKIE
