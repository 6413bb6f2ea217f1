"""How often: each key has so many at once, and as many again in a time. Memory is bounded."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

from flask import request

from indexer.errors import GongkaiError
from indexer.messages import Message

MOST_KEYS = 10_000
"""Keys that are known: some 2 MB. Of more, those seen longest ago are forgotten."""
_ROUNDING = 1e-6  # seconds
_NETWORK = 64
"""Bits of an IPv6 address that a provider gives to one customer: the rest is chosen anew at will."""


class TooManyError(GongkaiError):
    """More than one reader has at a time; `seconds` until there is more."""

    code = "too_many_requests"

    def __init__(self, message: Message, *, hint: Message, seconds: float) -> None:
        super().__init__(message, hint=hint)
        self.seconds = seconds


class Rate:
    """At most `count` at once, and `count` again in `seconds`, evenly: the generic cell rate algorithm (ITU-T
    I.371), which keeps of each key one number, the time at which all that it has taken is made up for."""

    def __init__(
        self, count: int, seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._cost = seconds / count
        self._most = seconds
        self._now = now
        self._paid: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Seconds until this key may take one; 0 where it may now."""
        with self._lock:
            return self._wait(key, self._now())

    def take(self, key: str) -> float:
        """Take one, if there is one: seconds until there is, 0 where it was taken."""
        with self._lock:
            now = self._now()
            wait = self._wait(key, now)
            if not wait:
                self._paid[key] = max(self._paid.get(key, now), now) + self._cost
                self._paid.move_to_end(key)
                if len(self._paid) > MOST_KEYS:
                    self._paid.popitem(last=False)
            return wait

    def give_back(self, key: str) -> None:
        """What was taken was not needed."""
        with self._lock:
            if key in self._paid:
                self._paid[key] -= self._cost

    def __len__(self) -> int:
        return len(self._paid)

    def _wait(self, key: str, now: float) -> float:
        wait = self._paid.get(key, now) + self._cost - self._most - now
        return wait if wait > _ROUNDING else 0.0


def reader() -> str:
    """Who sent the request at hand, as far as an address tells."""
    address = request.remote_addr or ""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(int(parsed) >> (128 - _NETWORK))


def is_this_machine() -> bool:
    """Whether the request at hand was sent from here, if its address can be believed."""
    try:
        parsed = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return bool(mapped.is_loopback)
