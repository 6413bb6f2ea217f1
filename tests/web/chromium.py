"""Debian's Chromium and the server that it asks: how both start, and when their tests are skipped."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
UNWANTED = (
    "PreloadTopChromeWebUI",  # a process of a second of CPU beside each window, for tabs that none sees
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""Features switched off. The last such argument counts: all but the first are those of Playwright."""
ARGUMENTS = [
    f"--disable-features={','.join(UNWANTED)}",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTICED = 0.02  # seconds until a server of ours notices that it is to end; else half a second
VIOLATIONS = {"resultTypes": ["violations"]}
"""What axe reports in full: a quarter of its time goes into what it finds right."""
NO_CONTRAST = {**VIOLATIONS, "rules": {"color-contrast": {"enabled": False}}}
"""Contrast is three quarters of the rest: without depth not every page is measured in every way."""
NEEDED = bool(os.environ.get("GONGKAI_NEED_BROWSER"))
"""Set in CI: there a missing browser is a failure."""
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not NEEDED and not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


_EMPTY: dict[tuple[Browser, str], list[BrowserContext]] = {}
"""Contexts that tests have left as if new, by what they were opened with."""


@contextmanager
def fresh(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser without memory: no page but a blank one, no cookie, storage or permission of others.

    What it has kept of files (the HTTP cache) and scripts of all its pages (`add_init_script`) stay: tests of
    these open a context of their own. A new one, or one without any page, costs twice what a page costs.
    """
    empty = _EMPTY.setdefault((browser, repr(sorted(options.items()))), [])
    context = empty.pop() if empty else browser.new_context(**options)
    if not context.pages:
        context.new_page()
    yield context
    _clear(context, options["base_url"])
    empty.append(context)


@contextmanager
def fresh_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of a browser without memory."""
    with fresh(browser, **options) as context:
        yield context.new_page()


@contextmanager
def page_without_scripts(browser: Browser, address: str) -> Iterator[Page]:
    """The same on a wide screen, scripts off."""
    size = {"width": 1280, "height": 800}
    with fresh_page(browser, base_url=address, viewport=size, java_script_enabled=False) as page:
        yield page


def _clear(context: BrowserContext, origin: str) -> None:
    blank, *others = context.pages
    for page in others:
        page.close()
    everything = {"origin": origin, "storageTypes": "all"}
    context.new_cdp_session(blank).send("Storage.clearDataForOrigin", everything)
    context.clear_cookies()
    context.clear_permissions()


def forget(browser: Browser) -> None:
    """Close what is left open."""
    _EMPTY.clear()
    for context in browser.contexts:
        context.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, _closing(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(NOTICED,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def in_pieces(app: Flask, cut: Callable[[bytes], Iterable[bytes]], pause: float) -> Flask:
    """The application as a slow connection has it: `pause` seconds after each piece of an answer."""
    whole = app.wsgi_app

    def pieces(environ: WSGIEnvironment, start: Callable[..., Any]) -> Iterator[bytes]:
        def without_length(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [h for h in headers if h[0] != "Content-Length"], *more)

        environ.pop("HTTP_ACCEPT_ENCODING", None)
        with closing(whole(environ, without_length)) as answer:  # type: ignore[type-var]
            body = b"".join(answer)
        for piece in cut(body):
            yield piece
            time.sleep(pause)

    app.wsgi_app = pieces  # type: ignore[method-assign]
    return app


def _closing(app: Flask) -> WSGIApplication:
    """Answers that close themselves: werkzeug's server forgets one whose reader hangs up (3.1.9)."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as pieces:
            yield from pieces

    return answer
