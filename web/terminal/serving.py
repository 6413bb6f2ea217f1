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
from waitress.server import create_server

from indexer.errors import GongkaiError
from indexer.messages import Message
from web.public import stated
from web.terminal.say import say
from web.texts import t

WAITRESS: dict[str, Any] = {
    "ident": "Gongkai",
    "threads": 8,  # one makes a page, others wait for their turn (see web/http/turns.py) or send files
    "connection_limit": 400,  # a browser opens six; Windows can watch 512
    "max_request_body_size": 4 << 20,  # bytes; what each form may have: web/writing.py
}
"""How the server is set up; what is not named here is as waitress has it."""
SWITCH = 0.0005
"""Seconds that a thread may keep the others waiting: numpy lets go of the interpreter at every step,
and with the usual 5 ms a page gets it back far too late from threads that send pages or open an index."""


def run_server(
    app: Flask, host: str, port: int, *, opens: str | None = None, behind_proxy: bool = False
) -> None:
    """Serve; the address is said once the port is open, and then the path `opens` in a browser.

    `behind_proxy`: X-Forwarded headers are left to the application. GongkaiError where the port cannot be
    opened.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no trouble
    sys.setswitchinterval(SWITCH)
    settings = WAITRESS | {"clear_untrusted_proxy_headers": not behind_proxy}
    try:
        server = create_server(app, host=host, port=port, **settings)
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
