"""Debian's Chromium and the server that it asks: how both start, and when their tests are skipped."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NEEDED = bool(os.environ.get("GONGKAI_NEED_BROWSER"))
"""Set in CI: there a missing browser is a failure."""
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not NEEDED and not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, _closing(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _closing(app: Flask) -> WSGIApplication:
    """Answers that close themselves: werkzeug's server forgets one whose reader hangs up (3.1.9)."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as pieces:
            yield from pieces

    return answer
