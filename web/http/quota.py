"""How much one reader may ask for: so many requests in a minute, and so many files at a time.

A file is sent while it is made (`stream`), and its reader's pace decides how long a thread is at it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from threading import Lock

from flask import Response, request

from indexer.messages import Message
from web import assets
from web.http import Proceed
from web.http.rates import Rate, TooManyError, is_this_machine, reader

A_MINUTE = 600
"""Requests of an address, if nothing else is said: pages, what scripts ask for while one types, programs."""
STREAMS = 6
"""Files that are sent at a time: half of the threads of the server (web/terminal/serving.py)."""
STREAMS_OF_ONE = 3
_AGAIN = 5
"""Seconds after which another try for a file makes sense."""


class Quota:
    """What the readers of an application have taken; whoever comes from this machine has no rate."""

    def __init__(self) -> None:
        self._rate: Rate | None = Rate(A_MINUTE, 60)
        self._streams: dict[object, str] = {}
        self._lock = Lock()

    def set_rate(self, a_minute: int) -> None:
        """So many requests of an address in a minute; 0: as many as it likes."""
        self._rate = Rate(a_minute, 60) if a_minute else None

    def rate(self, proceed: Proceed) -> Response:
        """A step: the answer. Raises TooManyError. Files of static/ are kept by browsers, and cost nothing."""
        free = self._rate is None or request.endpoint == assets.ENDPOINT or is_this_machine()
        wait = 0.0 if free or self._rate is None else self._rate.take(reader())
        if wait:
            raise TooManyError(
                Message("too_many_requests", seconds=math.ceil(wait)),
                hint=Message("too_many_requests_hint"),
                seconds=wait,
            )
        return proceed()

    def stream(self, proceed: Proceed) -> Response:
        """A step: the answer, counted until it is sent if it is made meanwhile. Raises TooManyError."""
        response = proceed()
        if not response.is_streamed or response.direct_passthrough:
            return response
        mark = self._begin(reader())
        if mark is None:
            response.close()
            raise TooManyError(
                Message("too_many_streams"), hint=Message("too_many_streams_hint"), seconds=_AGAIN
            )
        response.call_on_close(lambda: self._end(mark))
        response.response = self._until_sent(mark, response.iter_encoded())
        return response

    @property
    def streams(self) -> int:
        """How many are being sent."""
        return len(self._streams)

    def _begin(self, who: str) -> object | None:
        with self._lock:
            of_one = STREAMS if is_this_machine() else STREAMS_OF_ONE
            held = sum(each == who for each in self._streams.values())
            if self.streams >= STREAMS or held >= of_one:
                return None
            mark = object()
            self._streams[mark] = who
            return mark

    def _end(self, mark: object) -> None:
        with self._lock:
            self._streams.pop(mark, None)

    def _until_sent(self, mark: object, pieces: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from pieces
        finally:
            self._end(mark)
