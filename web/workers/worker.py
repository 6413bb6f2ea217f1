"""A worker: answers requests of the front, one thread a lane, until the front is gone."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
from threading import Thread

from flask import Response

from web.guard.here import let_in
from web.http.application import Application
from web.http.tags import is_whole
from web.http.turns import TooHeavyError
from web.pages import engine
from web.terminal.serving import SWITCH
from web.workers.wire import Head, LostError, receive, send, told

DECLINED: Head = {"declined": True}
"""What the front has to make itself: what is sent while it is made, and what is said of a damaged index."""
HEAVY: Head = {"declined": True, "heavy": True}
"""What the worker for such pages is to make, so that light ones need not wait for it."""


def work(app: Application, state: str, control: socket.socket) -> None:
    """Take lanes that come along `control`; never returns. `state`: that of the engine, while it is sound."""
    sys.setswitchinterval(SWITCH)
    try:
        while True:
            _, lanes = told(control, 1)
            for lane in lanes:
                Thread(target=_serve, args=(app, state, lane), daemon=True).start()
    except LostError:
        pass
    finally:
        os._exit(0)  # other threads may be at pages that nobody waits for


def _serve(app: Application, state: str, lane: socket.socket) -> None:
    with contextlib.suppress(LostError), contextlib.closing(lane):
        while True:
            asked, _ = receive(lane)
            send(lane, *answer(app, state, asked))


def answer(app: Application, state: str, asked: Head) -> tuple[Head, bytes]:
    """The answer to a request: its status and headers, and its body."""
    surroundings = {"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    with app.request_context(asked["environ"] | surroundings):
        if asked["reader"] is not None:
            let_in(asked["reader"])
        try:
            response = app.full_dispatch_request()
        except TooHeavyError:
            return HEAVY, b""
        if response.is_streamed or engine().state != state:
            response.close()
            return DECLINED, b""
        return _head(response), response.get_data()


def _head(response: Response) -> Head:
    return {
        "status": response.status,
        "headers": list(response.headers),
        "whole": is_whole(),
    }
