"""Passwords: argon2id (RFC 9106), by argon2-cffi. Nothing else here knows that library.

It is no extra of the installation: a login that needs another command is one that is left out.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from indexer.messages import Message
from web.guard.errors import UsersError

SHORTEST, LONGEST = 12, 128
"""Characters of a password (OWASP ASVS 2.1.1, 2.1.2)."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""19 MiB and two passes, as the OWASP Password Storage Cheat Sheet has it: some 20 ms."""
_ONE_AT_A_TIME = Lock()
"""However many try at once: 19 MiB, and one core."""


def checked(password: str) -> str:
    """A password that may be set. UsersError says what is wrong with another."""
    length = len(_even(password))
    if not SHORTEST <= length <= LONGEST:
        raise UsersError(
            Message("password_length", least=SHORTEST, most=LONGEST),
            hint=Message("password_hint"),
        )
    return password


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(_bytes(password))


def is_hash(kept: str) -> bool:
    """Whether `hashed` can have written this."""
    return kept.startswith("$argon2id$")


def hash_of(kept: str) -> str:
    """Of what the users' file has behind a name, which may say more (see users.py)."""
    return kept.partition(":")[0]


def agrees(kept: str | None, password: str) -> bool:
    """Whether it is the password of which that is kept. None, of a user who is not there, takes as long."""
    with _ONE_AT_A_TIME:
        try:
            right = _HASHER.verify(hash_of(kept or _nobody()), _bytes(password[: 2 * LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this one")


def _even(password: str) -> str:
    """Full width and composed letters count as what they stand for, as an input method may write either."""
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _even(password).encode("utf-8", "surrogatepass")
