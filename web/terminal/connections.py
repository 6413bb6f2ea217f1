"""Connections that cannot keep others out: whoever is slow or idle has so much time, and makes room for who comes.

waitress reads requests in one thread, without waiting, and hands only whole ones on. What it has no limit for
is a connection that sends a byte now and then, or that does not read its answer: here it has one.

What each of a thousand such connections costs is kept small, too: their bytes are read a few times a second, all
that came together, instead of waking the server for each.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import Any, cast

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, TcpWSGIServer

HEAD = 10.0
"""Seconds in which a request's first line and headers have come."""
SLOWEST = 1_024
"""Bytes of a request's body that come in a second, at least."""
IDLE = 30.0
"""Seconds that a connection may stay without a request: browsers open some ahead, and keep them."""
STALLED = 30.0
"""Seconds that a reader may take nothing of an answer. As systems send windows of some ten KB, who takes less
than about 2 KB a second stalls, too."""
BODIES = 256 << 20
"""Bytes that all requests together may have sent, and that are not answered yet: what is large of them is on the
disk. Whose would be more ends."""
_LARGE = 1 << 20
"""Bytes of a body that are not counted: that many are sent in one go."""
TICK = 0.05
"""Seconds between two looks at requests that come in small pieces."""
_SMALL, _FEW = 1_024, 3
"""A request comes so if that many of its pieces were smaller than so many bytes. Of browsers' none does: head and
body are a piece each, or larger ones."""
_ACCEPTED = 64
"""Most connections that are accepted at one look."""
_MOST, _MOST_OF_WINDOWS = 2_000, 400  # select, all that Windows has, watches 512
_FILES = 128
"""Files that a process may need for anything else."""


def most_connections() -> int:
    """How many may be open at a time: as many as the system lets a process have, within reason."""
    if not hasattr(os, "sysconf"):
        return _MOST_OF_WINDOWS
    files = os.sysconf("SC_OPEN_MAX")
    return _MOST if files < 0 else min(_MOST, max(files - _FILES, files // 2))


class Connection(HTTPChannel):
    """A connection whose time is limited. Where there are too many, the one goes that has kept the server
    waiting longest, of the address that has most of those."""

    most = most_connections()

    def __init__(self, server: BaseWSGIServer, *given: Any, **named: Any) -> None:
        self._listener = cast(Listener, server)
        self._since = 0.0
        self._small = 0
        super().__init__(server, *given, **named)
        if len(self._listener.every) > self.most:
            self._make_room(list(self._listener.every.values()))

    def received(self, data: bytes) -> bool:
        """Of waitress: bytes have come."""
        if self.request is None:
            self._since, self._small = time.time(), 0
        self._small += len(data) < _SMALL
        taken = super().received(data)
        if self.body > _LARGE and sum(each.body for each in self._listener.every.values()) > BODIES:
            self.handle_close()
        return bool(taken)

    def handle_close(self) -> None:
        """Of waitress, which leaves the file of a body that came in part to the collector of garbage."""
        if self.request is not None:
            self.request.close()
        super().handle_close()

    @property
    def body(self) -> int:
        """Bytes of the body that comes, and of those that wait for an answer."""
        coming = [self.request] if self.request is not None else []
        return sum(each.body_bytes_received for each in (*coming, *self.requests))

    def readable(self) -> bool:
        """Of waitress: asked of each connection, once a second at least. One that is late ends here: only
        marked to be closed, it would stay until its reader takes what was not sent."""
        if self._is_late(time.time()):
            self.handle_close()
            return False
        drips = self.request is not None and self._small >= _FEW
        return bool(super().readable()) and (not drips or self._listener.ticks)

    @property
    def waits(self) -> bool:
        """Whether the server waits for a request, or for the rest of one."""
        return not self.requests and not self.total_outbufs_len

    @property
    def since(self) -> float:
        """Since when it does, in seconds since 1970."""
        return self._since if self.request is not None else float(self.last_activity)

    def _is_late(self, now: float) -> bool:
        if not self.waits:
            return bool(self.total_outbufs_len) and now > self.last_activity + STALLED
        if self.request is None:
            return now > self.since + IDLE
        body = self.request.body_bytes_received / SLOWEST if self.request.headers_finished else 0
        return now > self.since + HEAD + body

    def _make_room(self, every: list[Connection]) -> None:
        waiting = [each for each in every if each.waits]
        others = [each for each in waiting if each is not self]
        held = Counter(each.addr[0] for each in waiting)
        last = min(others, key=lambda each: (-held[each.addr[0]], each.since), default=self)
        last.handle_close()


class Listener(TcpWSGIServer):
    """A port at which connections come in, one waitress server."""

    channel_class = Connection
    ticks = False
    """Whether connections whose requests come in small pieces are looked at now."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._next_tick = 0.0
        super().__init__(*given, **named)

    @property
    def every(self) -> dict[int, Connection]:
        """All connections that are open."""
        return cast(dict[int, Connection], self.active_channels)

    @property
    def port(self) -> int:
        """The one that is open, where 0 was asked for."""
        assert self.socket is not None
        return int(self.socket.getsockname()[1])

    def readable(self) -> bool:
        """Of waitress: asked at each look, before all connections: they are younger."""
        now = time.monotonic()
        self.ticks = now >= self._next_tick
        if self.ticks:
            self._next_tick = now + TICK
        return bool(super().readable())

    def handle_accept(self) -> None:
        """Of waitress: some have come. With one at a look, many that come at once would have to wait."""
        for _ in range(_ACCEPTED):
            before = len(self.every)
            super().handle_accept()
            if len(self.every) <= before:  # no more, or one that took another's place
                break
