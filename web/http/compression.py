"""Answers travel compressed.

gzip by Intel's library (PyPI isal): of a result page of 115 KB it leaves 31.1 KB in 0.3 ms, where zlib
leaves 29.7 KB in 1.7 ms, side by side.
"""

from __future__ import annotations

from flask import Response, request
from isal import igzip

from web import assets
from web.http import Proceed

LEVEL = 2
LEAST = 1_024
"""Bytes below which an answer is sent as it is: it fits into one packet either way."""

_UNTOUCHED = (204, 206, 304)
"""Statuses of answers without a body, or with a part of one."""
_TEXT = ("text/", "application/", "image/svg+xml")


def compressed(proceed: Proceed) -> Response:
    """The answer, compressed for clients that accept it.

    A stream goes out as it comes: compressed as a whole, its first byte would wait for its last.
    """
    response = proceed()
    if not _may_be_compressed(response):
        return response
    response.direct_passthrough = False  # a file of static/ is read here
    body = response.get_data()
    return response if len(body) < LEAST else _with_body(response, body)


def _may_be_compressed(response: Response) -> bool:
    accepted = request.accept_encodings["gzip"] > 0
    text = (response.mimetype or "").startswith(_TEXT)
    at_hand = not response.is_streamed or request.endpoint == assets.ENDPOINT
    done = "Content-Encoding" in response.headers
    return accepted and text and at_hand and not done and response.status_code not in _UNTOUCHED


def _with_body(response: Response, body: bytes) -> Response:
    response.set_data(igzip.compress(body, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, weak = response.get_etag()
    if tag and not weak:  # the bytes are no longer those that it names
        response.set_etag(tag, weak=True)
    return response
