"""How often a password may be tried: by address, and by name. Only what failed counts."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

from indexer.messages import Message
from web.guard.users import LONGEST_NAME
from web.http.rates import Rate, TooManyError, reader

BY_ADDRESS = (10, 600)
"""Tries of an address at once, and seconds in which it has as many again."""
BY_NAME = (50, 3_600)
"""The same of a name, from wherever it is tried (OWASP ASVS 2.2.1: a hundred an hour at most)."""
MOST_KNOWN = 1_000
"""Pairs of name and address that have signed in, and are counted apart: strangers who guess do not keep a user
out at the usual place."""


class Tries:
    """The tries of a server; memory is bounded by MOST_KEYS of `Rate`."""

    def __init__(self) -> None:
        self._by_address = Rate(*BY_ADDRESS)
        self._by_name = Rate(*BY_NAME)
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def tried(self, name: str, succeeds: Callable[[], bool]) -> bool:
        """Whether the try succeeds. TooManyError, before it is made, where there were too many."""
        address, named = reader(), self._key(name)
        _check(self._by_address.take(address))
        wait = self._by_name.take(named)
        if wait:
            self._by_address.give_back(address)
            _check(wait)
        if not succeeds():
            return False
        self._by_address.give_back(address)
        self._by_name.give_back(named)
        self._known[name, address] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return True

    def _key(self, name: str) -> str:
        short = name[:LONGEST_NAME]
        return f"{short}\n{reader()}" if (name, reader()) in self._known else short


def _check(wait: float) -> None:
    if wait:
        raise TooManyError(
            Message("too_many_guesses", seconds=math.ceil(wait)),
            hint=Message("too_many_guesses_hint"),
            seconds=wait,
        )
