"""What a list is asked with: the form of its page."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from indexer.errors import RequestError, UnreadableError
from search.model import SearchRequest, check_allowed
from search.spread import Below
from web import writing
from web.batch.listed import MAX_KB, read_list, read_pasted
from web.batch.noted import Listing
from web.params import Arguments, read, read_shown

_BESIDE = 64
"""KB of a form beside its list."""


def sent() -> Arguments:
    """The fields of the form. Raises NotFromHereError, and LimitError where it is too large to be read."""
    return writing.form(MAX_KB + _BESIDE)


def read_form(fields: Arguments) -> Listing:
    """The list that was sent with these fields, in a file or typed. Raises LimitError, RequestError."""
    file = writing.files().get("file")
    if file is not None and file.filename:
        queries = _read(file.read(), file.filename)
    else:
        queries = read_pasted(fields.get("queries", ""))
    below: Below = read_shown(fields).below
    check_allowed("below", below, get_args(Below))
    return Listing(queries, of_list(read(fields)), below, crossed=bool(fields.get("crossed")))


def _read(data: bytes, name: str) -> tuple[str, ...]:
    """The queries of a file that was sent: what is wrong with it is the reader's to mend."""
    try:
        return read_list(data, name)
    except UnreadableError as error:
        raise RequestError(error.message, parameter="file", hint=error.hint) from error


def of_list(asked: SearchRequest) -> SearchRequest:
    """The request without what is a single search's own."""
    none = SearchRequest()
    return replace(asked, q="", sort=none.sort, page=1, size=none.size, passages=none.passages)
