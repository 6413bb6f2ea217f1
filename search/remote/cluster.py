"""A cluster as we ask it: what fails for a moment is asked again, of another node, for a while."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from search.remote.address import Address
from search.remote.patience import PASSING, PATIENCE, pauses
from search.remote.wire import HttpWire, NoAnswerError, RefusedError, Wire


class Cluster:
    """Asks the cluster at an address. Threads may share it.

    Every request must be one that does no harm when it is done twice: it may be, where an answer was lost.
    """

    def __init__(
        self,
        address: Address,
        wire: Wire | None = None,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = PATIENCE,
    ) -> None:
        self.address = address
        self._wire = wire or HttpWire(address)
        self._sleep = sleep
        self._patience = patience

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        *,
        params: Mapping[str, str] | None = None,
        seconds: float = 30.0,
        patience: float | None = None,
    ) -> Any:
        """The answer to a request, which one try may take `seconds` to get, and all together
        `patience` more. Raises NoAnswerError,
        RefusedError (404 too) or ClusterError."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        until = time.monotonic() + (self._patience if patience is None else patience)
        for pause in pauses():
            try:
                return self._wire.send(method, path, data, params, seconds)
            except (NoAnswerError, RefusedError) as error:
                if not passes(error) or time.monotonic() + pause > until:
                    raise
            self._sleep(pause)
        raise AssertionError("pauses never end")

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, as between two tries."""
        self._sleep(seconds)

    def find(self, path: str, *, params: Mapping[str, str] | None = None) -> Any | None:
        """What GET gives, None where the cluster knows no such thing."""
        try:
            return self.ask("GET", path, params=params)
        except RefusedError as error:
            if error.status == 404:
                return None
            raise


def passes(error: Exception) -> bool:
    """Whether what failed may succeed a moment later."""
    return isinstance(error, NoAnswerError) or (
        isinstance(error, RefusedError) and error.status in PASSING
    )
