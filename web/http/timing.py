"""Each answer says how long the server took for it, as browsers' developer tools and our bench read it."""

from __future__ import annotations

import time

from flask import Response

from web.http import Proceed


def timed(proceed: Proceed) -> Response:
    """Add `Server-Timing: app;dur=12.3` (ms; W3C Server Timing): the time until the first byte can be
    sent, the wait for a turn included."""
    started = time.perf_counter()
    response = proceed()
    taken = (time.perf_counter() - started) * 1_000
    response.headers["Server-Timing"] = f"app;dur={taken:.1f}"
    return response
