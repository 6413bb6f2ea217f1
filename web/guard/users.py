"""The file of users: a line each, the name, ":" and what is kept of the password.

That is its hash; once its user has signed out everywhere, ":" and some letters are behind it, others each time.
Sessions and all that is known to be right go by the whole (see sessions.py): they end when it is another.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from indexer.messages import Message
from web.guard.errors import UsersError
from web.guard.passwords import checked, hash_of, hashed, is_hash
from web.guard.secret_file import alone, read_secret, stamp, write_secret

LONGEST_NAME = 64
"""Characters of a name."""


def evened(typed: str) -> str:
    """A name as it is kept, if it is one: full width and composed letters count as what they stand for."""
    return unicodedata.normalize("NFKC", typed).strip()


def name_of(typed: str) -> str:
    """A name as it is kept. UsersError for one that none can have."""
    name = evened(typed)
    odd = ":" in name or any(unicodedata.category(c)[0] in "CZ" for c in name)
    if odd or not 0 < len(name) <= LONGEST_NAME:
        raise UsersError(
            Message("user_name_bad", name=typed, most=LONGEST_NAME), hint=Message("user_name_hint")
        )
    return name


def read_users(path: Path) -> dict[str, str]:
    """What is kept of each user's password. UsersError where the file cannot be read, is another one, or may be
    read by others."""
    users = {}
    for number, line in enumerate(read_secret(path).splitlines(), 1):
        name, _, kept = line.partition(":")
        if not name or not is_hash(kept):
            raise UsersError(
                Message("users_line_bad", path=str(path), number=number),
                hint=Message("users_line_bad_hint"),
            )
        users[name] = kept
    return users


def set_password(path: Path, typed: str, password: str) -> bool:
    """Add a user, or give one another password, which ends all sessions of that user. Whether the user is new.
    UsersError."""
    name, kept = name_of(typed), hashed(checked(password))
    with alone(path):
        users = read_users(path) if path.exists() else {}
        _write(path, users | {name: kept})
    return name not in users


def change_password(path: Path, name: str, before: str, password: str) -> str | None:
    """Another password for a user of whom this was kept. What is kept now; None where it is another meanwhile, or
    the user gone. UsersError."""
    return _replace(path, name, before, hashed(checked(password)))


def sign_out_everywhere(path: Path, name: str, before: str) -> str | None:
    """End all sessions of a user, with the same password. As `change_password`."""
    return _replace(path, name, before, f"{hash_of(before)}:{secrets.token_hex(8)}")


def remove(path: Path, typed: str) -> None:
    """Let a user in no longer. UsersError where there is none of that name."""
    name = name_of(typed)
    with alone(path):
        users = read_users(path)
        if name not in users:
            raise UsersError(
                Message("user_unknown", name=name),
                hint=Message("user_unknown_hint", path=str(path)),
            )
        del users[name]
        _write(path, users)


def _replace(path: Path, name: str, before: str, after: str) -> str | None:
    with alone(path):
        users = read_users(path)
        if users.get(name) != before:
            return None
        _write(path, users | {name: after})
    return after


def _write(path: Path, users: Mapping[str, str]) -> None:
    write_secret(path, "".join(f"{name}:{kept}\n" for name, kept in sorted(users.items())))


class Users:
    """The users of a server, as the file has them at the moment: it is read again once it is another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._stamp: object = None
        self._users: dict[str, str] = {}

    def now(self) -> dict[str, str]:
        """By name, what is kept of the password. UsersError: then nobody is let in."""
        with self._lock:
            now = stamp(self.path)
            if now is None or now != self._stamp:
                self._users, self._stamp = read_users(self.path), now
            return self._users
