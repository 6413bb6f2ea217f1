"""The request as views see it: whatever bytes were sent are text."""

from __future__ import annotations

from string import printable
from typing import Any
from urllib.parse import quote

from flask import Request


class AskedRequest(Request):
    """Bytes of the query string that are not ASCII count as if they had been escaped, as browsers do: what is no
    UTF-8 of them would else fail wherever a parameter is read. (Waitress lets none of them in.)"""

    def __init__(self, environ: Any, *given: Any, **named: Any) -> None:
        super().__init__(environ, *given, **named)
        self.query_string = quote(self.query_string, safe=printable).encode()
