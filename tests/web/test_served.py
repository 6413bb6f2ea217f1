"""The server of the browser tests bears browsers that hang up."""

from __future__ import annotations

import gc
import socket
import struct
from threading import enumerate as enumerate_threads
from urllib.parse import urlsplit

import fake_reports as samples
import pytest
from chromium import served

from search.source import FixedSource
from web import assets
from web.app import create_app
from web.terminal import serving

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing resets the connection."""


def test_a_file_is_closed_though_its_reader_hangs_up() -> None:
    """What is left open is a ResourceWarning, and those are errors."""
    request = f"GET {assets.asset_url('icon.svg')} HTTP/1.1\r\nHost: local\r\n\r\n"
    with served(create_app(FixedSource(samples.engine()))) as address:
        place = urlsplit(address)
        for _ in range(20):
            with socket.create_connection((place.hostname, place.port)) as browser:
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                browser.sendall(request.encode())
                browser.recv(1)
    gc.collect()


def test_templates_are_compiled_before_a_reader_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd that comes to a server just begun would compile them all at once: each page a heavy one."""
    app = create_app(FixedSource(samples.engine()))
    compiled: list[int] = []

    def run(_: serving.Server) -> None:
        for each in enumerate_threads():
            if each.name == "gongkai-templates":
                each.join()
        cache = app.jinja_env.cache
        assert cache is not None
        compiled.append(len(cache))

    monkeypatch.setattr(serving.Server, "run", run)
    serving.run_server(app, "127.0.0.1", 0)
    assert compiled == [len(app.jinja_env.list_templates())]
