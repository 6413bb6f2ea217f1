"""A table as a file that a browser saves, sent while it is made."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import cast
from urllib.parse import quote

from flask import Response, current_app, stream_with_context

from web.export.formats import FORMATS
from web.export.sheet import Sheet
from web.http.application import Application

LONGEST_NAME = 80
"""Code points of a file's name, without what stands after its dot."""
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def download(sheet: Sheet, form: str) -> Response:
    """A file to download. Rows are asked for one by one, in the context of the request; between them
    those who wait for a page go first.

    An error in between ends the connection before the file has its end: browsers say that the download
    failed.
    """
    turns = cast(Application, current_app).turns
    pieces = FORMATS[form].write(replace(sheet, rows=turns.giving_way(sheet.rows)))
    response = Response(stream_with_context(pieces), content_type=FORMATS[form].media)
    response.headers["Content-Disposition"] = attachment(sheet.name, form)
    return response


def attachment(name: str, ending: str) -> str:
    """The header of a file to download under this name, in ASCII and in full (RFC 6266, RFC 5987)."""
    encoded = quote(f"{file_name(name)}.{ending}", safe="", errors="replace")
    return f"attachment; filename=\"gongkai.{ending}\"; filename*=UTF-8''{encoded}"


def file_name(name: str) -> str:
    """The name without what file systems refuse, or what changes the direction of writing."""
    kept = "".join(
        " " if c in _NOT_IN_NAMES or unicodedata.category(c)[0] in "CZ" else c for c in name
    )
    return "-".join(kept.split())[:LONGEST_NAME].strip(".-") or "gongkai"
