"""A page that many ask for at once is made once: the others wait a while, and find it among those kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from flask import Response, request

from web.http import Proceed
from web.http.tags import tag

PATIENCE = 0.2
"""Seconds that one waits for another's page: what takes longer is heavy, and may come to nothing."""

_Key = tuple[str, bool]


class Once:
    """What is being made, by its tag and by whether it goes out compressed."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = Lock()
        self._making: dict[_Key, tuple[Lock, int]] = {}

    def step(self, proceed: Proceed) -> Response:
        """The answer, once whoever asked for the same before has got it."""
        known_as = tag()
        if known_as is None:
            return proceed()
        with self._alone((known_as, request.accept_encodings["gzip"] > 0)):
            return proceed()

    @contextmanager
    def _alone(self, key: _Key) -> Iterator[None]:
        making = self._enter(key)
        mine = making.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if mine:
                making.release()
            self._leave(key)

    def _enter(self, key: _Key) -> Lock:
        with self._lock:
            making, count = self._making.get(key) or (Lock(), 0)
            self._making[key] = making, count + 1
            return making

    def _leave(self, key: _Key) -> None:
        with self._lock:
            making, count = self._making.pop(key)
            if count > 1:
                self._making[key] = making, count - 1
