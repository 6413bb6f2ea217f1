"""Where a program goes on that takes all hits, part after part: a cursor.

It names the number of the next hit, the index it was numbered in and the request. Under another index or
request the same number is another hit: such a cursor is refused, so that nobody has hits twice, or misses
some, without being told.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from indexer.errors import OtherIndexError, RequestError
from indexer.messages import Message
from search.model import ConcordanceOrder, SearchRequest

_CURSOR = re.compile(r"([0-9]{1,15})-([0-9a-f]{12})-([0-9a-f]{12})", re.ASCII)


def cursor_to(number: int, generation: str, asked: SearchRequest, order: ConcordanceOrder) -> str:
    """The cursor of hit `number`, counted from 0."""
    return f"{number}-{_digest(generation)}-{_digest(_kept(asked, order))}"


def number_in(cursor: str, generation: str, asked: SearchRequest, order: ConcordanceOrder) -> int:
    """The number in a cursor. OtherIndexError where the index has changed since; RequestError where it
    is of another request, or none."""
    parts = _CURSOR.fullmatch(cursor)
    if parts is None:
        raise RequestError(
            Message("bad_value", name="cursor", value=cursor[:40]),
            parameter="cursor",
            hint=Message("cursor_hint"),
        )
    if parts[3] != _digest(_kept(asked, order)):
        raise RequestError(
            Message("cursor_of_another"), parameter="cursor", hint=Message("cursor_of_another_hint")
        )
    if parts[2] != _digest(generation):
        raise OtherIndexError(Message("cursor_outdated"), hint=Message("cursor_outdated_hint"))
    return int(parts[1])


def _kept(asked: SearchRequest, order: ConcordanceOrder) -> str:
    """All that decides which hit has which number."""
    return repr((replace(asked, page=1, size=1, passages=0), order))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
