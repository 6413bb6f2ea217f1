"""Each answer says how long the server took for it, as browsers' developer tools and our bench read it."""

from __future__ import annotations

import time

from flask import Flask, Response, g


def register(app: Flask) -> None:
    """Add `Server-Timing: app;dur=12.3` (ms; W3C Server Timing) to what `app` answers: the time in its
    hands, the wait for its turn included."""
    app.before_request(_start)
    app.after_request(_say)


def _start() -> None:
    g.started = time.perf_counter()


def _say(response: Response) -> Response:
    if "started" in g:  # a request may fail before it starts
        taken = (time.perf_counter() - g.started) * 1_000
        response.headers["Server-Timing"] = f"app;dur={taken:.1f}"
    return response
