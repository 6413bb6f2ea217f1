"""The server that shows the pages, until it is interrupted."""

from __future__ import annotations

import contextlib
import logging
import sys
import webbrowser
from typing import Any
from urllib.parse import urljoin

import click
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.public import stated
from web.terminal.connections import Connection
from web.terminal.logs import log_printably
from web.terminal.say import say
from web.texts import t

WAITRESS: dict[str, Any] = {
    "ident": "Gongkai",
    "threads": 12,  # one makes a page, others wait for their turn (see web/http/turns.py); half may send files
    "connection_limit": Connection.most
    + 100,  # never reached: a connection too many makes room itself
    "asyncore_use_poll": True,  # select, as by default, fails at the 1,024th
    "max_request_body_size": 4 << 20,  # bytes; what each form may have: web/writing.py
}
"""How the server is set up; what is not named here is as waitress has it."""
SWITCH = 0.0005
"""Seconds that a thread may keep the others waiting: numpy lets go of the interpreter at every step,
and with the usual 5 ms a page gets it back far too late from threads that send pages or open an index."""


def opened(
    app: Flask, host: str, port: int, *, behind_proxy: bool = False
) -> BaseWSGIServer | MultiSocketServer:
    """A server, its port open; `run` of it serves. OSError where the port cannot be opened."""
    settings = WAITRESS | {"clear_untrusted_proxy_headers": not behind_proxy}
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host=host, port=port, **settings)
    for each in sockets.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = Connection
    return server


def run_server(
    app: Flask, host: str, port: int, *, opens: str | None = None, behind_proxy: bool = False
) -> None:
    """Serve; the address is said once the port is open, and then the path `opens` in a browser.

    `behind_proxy`: X-Forwarded headers are left to the application. GongkaiError where the port cannot be
    opened.
    """
    log_printably()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no trouble
    sys.setswitchinterval(SWITCH)
    try:
        server = opened(app, host, port, behind_proxy=behind_proxy)
    except OSError as error:
        raise GongkaiError(
            Message("port_closed", port=port, error=error.strerror or str(error)),
            hint=Message("port_closed_hint", other=port + 1),
        ) from error
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{getattr(server, 'effective_port', port)}/"
    click.echo(t("command_serving", address=address))
    public_url = stated(app)
    if public_url is not None:
        say("command_published", address=public_url)
    if opens is not None:
        webbrowser.open(urljoin(address, opens))
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
