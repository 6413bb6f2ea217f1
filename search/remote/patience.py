"""What fails for a moment is asked again, of another node, for a while: how long, and what that is."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

PATIENCE = 10.0
"""Seconds for which a request is tried again: a cluster that lost its manager has a new one sooner."""
PASSING = (429, 502, 503, 504)
"""Statuses that another node, or the same a moment later, need not give."""
_FIRST = 0.05  # seconds; each pause is twice as long as the one before, up to the longest
_LONGEST = 2.0


def pauses() -> Iterator[float]:
    """Seconds to wait before each further try, without end; drawn, so that those who failed together do not
    come back together."""
    longest = _FIRST
    while True:
        yield longest * random.uniform(0.5, 1.0)
        longest = min(2 * longest, _LONGEST)


class Patient:
    """The transport of a client of opensearch-py that asks again; all else is as the client knows it."""

    def __init__(
        self,
        transport: Any,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.serializer = transport.serializer
        self._transport = transport
        self._patience = patience
        self._sleep = sleep

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: tuple[int, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """As the transport itself, whose last error is raised."""
        from opensearchpy.exceptions import ConnectionError, SSLError, TransportError

        until = time.monotonic() + self._patience
        for pause in pauses():
            last = time.monotonic() + pause > until
            try:
                # it takes what it knows out of the parameters
                answer = self._transport.perform_request(
                    *(method, url, dict(params or {}), body, timeout, ignore), headers=headers
                )
                if last or not _is_partly_passing(answer):
                    return answer
            except SSLError:
                raise
            except TransportError as error:
                if last or not (isinstance(error, ConnectionError) or error.status_code in PASSING):
                    raise
            self._sleep(pause)
        raise AssertionError("pauses never end")

    def close(self) -> None:
        self._transport.close()


def _is_partly_passing(answer: Any) -> bool:
    """Whether one of the answers to several questions is an error that may pass."""
    if not isinstance(answer, dict):
        return False
    responses = answer.get("responses")
    return isinstance(responses, list) and any(
        isinstance(each, dict) and each.get("status") in PASSING for each in responses
    )
