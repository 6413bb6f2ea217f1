"""RTF cut into what it is made of: groups, control words, bytes, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """A control word with its number (None: it has none), a brace, or bytes of text."""

    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; what \\bin says is binary is passed over."""
    source = data.decode("latin-1")
    at = 0
    while found := _TOKEN.match(source, at):
        at = found.end()
        kind = found.lastgroup
        if kind in ("word", "number"):
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                at += max(number or 0, 0)
            yield Token(found["word"], number)
        elif kind == "hex":
            yield Token(text=bytes.fromhex(found["hex"]))
        elif kind == "text" or found["sign"] in ("{", "}", "\\"):
            yield Token(text=found[str(kind)].encode("latin-1"))
        elif kind is not None:
            yield Token(found[kind])
