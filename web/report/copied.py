"""Back from what was copied or cited to the passage that it quotes: any text with a passage link in it.

The link, the note under it and the quotes are as `local_note.py` and `citations.py` write them; more may
stand around, and any of it may be missing, all but the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.errors import RequestError
from indexer.messages import Message
from search.links import checksum
from search.quoted import Quoted
from web.report.citations import CUT, untex
from web.texts.report import TEXTS

MAX_TEXT = 100_000
"""Most code points that are looked at."""
MAX_QUOTES = 20
"""Most quotes that are tried as the passage."""

LINK = re.compile(r"/reports/([0-9a-f]{12})/([0-9]{1,9})-([0-9]{1,9})/([0-9a-f]{8})(?![0-9A-Za-z])")
_FILE = re.compile(
    "(?:{})(.+)".format("|".join(said.partition("{")[0] for said in TEXTS["here_file"]))
)
_FIELD_END = re.compile(r"\}+,?\s*$")
"""Of BibTeX, in which the file stands last."""


def read_copied(text: str) -> tuple[Quoted, ...]:
    """The passages whose links stand in a text, each once; RequestError where there is none."""
    text = text[:MAX_TEXT]
    links = [link for link in LINK.finditer(text) if int(link[2]) < int(link[3])]
    if not links:
        raise RequestError(Message("no_link"), parameter="link", hint=Message("no_link_hint"))
    return tuple({link[0]: _quoted(text, link) for link in links}.values())


def _quoted(text: str, link: re.Match[str]) -> Quoted:
    start, end = int(link[2]), int(link[3])
    plain = untex(text)
    files = [found[1] for each in (text, plain) for found in _FILE.finditer(each)]
    sources = [form.strip() for file in files for form in (file, _FIELD_END.sub("", file))]
    quotes = _exact(text, end - start, link[4]) or [*_quotes(text), *_quotes(plain)]
    return Quoted(
        id=link[1],
        start=start,
        end=end,
        check=link[4],
        sources=tuple(dict.fromkeys(sources)),
        quotes=tuple(dict.fromkeys(quotes))[:MAX_QUOTES],
    )


def _exact(text: str, length: int, check: str) -> list[str]:
    """What follows a quote mark and has the length and the check of the passage."""
    following = (text[at : at + length] for at in _after_marks(text))
    return next(([quote] for quote in following if checksum(quote) == check), [])


def _quotes(text: str) -> Iterator[str]:
    """What stands in quotes, up to the last mark of its line; quotes may stand in quotes."""
    for at in _after_marks(text):
        line = text[at:].partition("\n")[0]
        inside = line.rpartition("”")[0].removesuffix(CUT)
        if inside:
            yield inside


def _after_marks(text: str) -> Iterator[int]:
    return (mark.end() for mark in re.finditer("“", text))
