"""The server that shows the pages, until it is interrupted."""

from __future__ import annotations

import contextlib
import logging
import sys
import webbrowser
from threading import Thread
from typing import Any
from urllib.parse import urljoin

import click
from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.http.application import Application
from web.public import stated
from web.terminal.connections import TICK, Connection, Listener
from web.terminal.logs import log_printably
from web.terminal.say import say
from web.texts import t

THREADS = 12
"""One makes a page, others wait for their turn (see web/http/turns.py); half may send files. One more waits for
each further process that makes pages."""
WAITRESS: dict[str, Any] = {
    "ident": "Gongkai",
    "connection_limit": Connection.most + 100,  # not reached: one too many makes room itself
    "backlog": 4_096,  # more than may be open: the system drops the beginnings of those beyond
    "max_request_body_size": 33 << 20,  # bytes; what each form may have: web/writing.py
}
"""How the server is set up; what is not named here is as waitress has it."""
SWITCH = 0.0005
"""Seconds that a thread may keep the others waiting: numpy lets go of the interpreter at every step,
and with the usual 5 ms a page gets it back far too late from threads that send pages or open an index."""


class Server:
    """The server of an application, its port open."""

    def __init__(
        self, app: Flask, host: str, port: int, *, behind_proxy: bool = False, workers: int = 0
    ) -> None:
        """OSError where the port cannot be opened, ValueError where there is no such host."""
        trusting = {
            "clear_untrusted_proxy_headers": not behind_proxy,
            "threads": THREADS + workers,
        }
        settings = Adjustments(host=host, port=port, **WAITRESS | trusting)
        self._dispatcher = ThreadedTaskDispatcher()
        self._dispatcher.set_thread_count(settings.threads)
        self._sockets: dict[int, Any] = {}
        try:
            self._listeners = [
                Listener(
                    app, self._sockets, dispatcher=self._dispatcher, adj=settings, sockinfo=each
                )
                for each in settings.listen  # a name may be of several addresses
            ]
        except OSError:
            self.close()
            raise

    @property
    def port(self) -> int:
        """The one that is open, where 0 was asked for."""
        return self._listeners[0].port

    def run(self, turns: int | None = None) -> None:
        """Serve: for ever, or look so many times at what has come."""
        wasyncore.loop(TICK, use_poll=True, map=self._sockets, count=turns)

    def close(self) -> None:
        """End all of it."""
        self._dispatcher.shutdown()
        wasyncore.close_all(self._sockets)


def run_server(
    app: Application,
    host: str,
    port: int,
    *,
    opens: str | None = None,
    behind_proxy: bool = False,
    workers: int = 0,
) -> None:
    """Serve; the address is said once the port is open, and then the path `opens` in a browser.

    `behind_proxy`: X-Forwarded headers are left to the application. `workers`: processes that make pages beside
    the first, see web/workers. GongkaiError where the port cannot be
    opened.
    """
    log_printably()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no trouble
    sys.setswitchinterval(SWITCH)
    try:
        server = Server(app, host, port, behind_proxy=behind_proxy, workers=workers)
    except ValueError as error:
        raise GongkaiError(
            Message("host_unknown", host=host), hint=Message("host_unknown_hint")
        ) from error
    except OSError as error:
        raise GongkaiError(
            Message("port_closed", port=port, error=error.strerror or str(error)),
            hint=Message("port_closed_hint", other=port + 1),
        ) from error
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{server.port}/"
    click.echo(t("command_serving", address=address))
    public_url = stated(app)
    if public_url is not None:
        say("command_published", address=public_url)
    Thread(target=app.load_templates, name="gongkai-templates", daemon=True).start()
    if opens is not None:
        webbrowser.open(urljoin(address, opens))
    with contextlib.closing(server), contextlib.suppress(KeyboardInterrupt):
        server.run()
