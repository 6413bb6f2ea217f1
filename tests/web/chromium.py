"""Debian's Chromium and the server that it asks: how both start, and when their tests are skipped."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

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
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
