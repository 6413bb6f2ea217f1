"""The server of the browser tests bears browsers that hang up."""

from __future__ import annotations

import gc
import socket
import struct
from urllib.parse import urlsplit

import fake_reports as samples
from chromium import served

from search.source import FixedSource
from web import assets
from web.app import create_app

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
