"""Inline Markdown: a paragraph's text without its markup, and which of it is bold.

Emphasis is laxer than CommonMark beside Chinese punctuation, where that misses most of it, and
stricter between ASCII letters and digits, where `*` and `_` stand for themselves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from indexer.reading.lines import Piece

_SPECIAL = re.compile(r"[\\`*_\[!<&~]")
_TOKEN = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    | (?<!`)(?P<tick>`+)(?P<code>[^`]+)(?P=tick)(?!`)
    | <(?P<auto>https?://[^<>\s]*)>
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<note>^\[\^[^\[\]\s]{1,20}\]:|\[\^[^\[\]\s]{1,20}\])
    | (?P<open>!?\[)
    | (?P<close>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+["'][^"']*["'])?\s*\))
    | (?P<run>\*+|_+|~~)
    """,
    re.VERBOSE,
)
_NOT_BOLD = ("*", "_", "~~")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class _Run:
    """A token of the line; `mark` is the run of `*` or `_`, or the bracket, that may be markup."""

    text: str
    mark: str = ""
    opens: bool = False
    closes: bool = False
    edge: bool = False  # it begins or ends a line
    bold: int = 0  # what it adds to the depth of bold


def read_inline(text: str) -> list[Piece] | None:
    """The pieces of a paragraph; its markup, images and the numbers of footnotes are gone.

    None where there is no markup in it; no piece where it was nothing else.
    """
    if not _SPECIAL.search(text):
        return None
    runs = _tokens(text)
    _link(runs)
    _emphasize(runs)
    pieces: list[Piece] = []
    depth = 0
    for run in runs:
        depth += run.bold
        if run.text:
            pieces.append((run.text, depth > 0))
    return pieces


def split_breaks(text: str) -> list[str]:
    """The parts of a line between its `<br>` tags."""
    return _BREAK.split(text) if "<" in text else [text]


def _tokens(text: str) -> list[_Run]:
    runs: list[_Run] = []
    done = 0
    for token in _TOKEN.finditer(text):
        if done < token.start():
            runs.append(_Run(text[done : token.start()]))
        runs.append(_token(token))
        done = token.end()
    runs.append(_Run(text[done:]))
    return runs


def _token(token: re.Match[str]) -> _Run:
    kind, found = token.lastgroup, token[0]
    if kind == "escaped" or kind == "auto":
        return _Run(token[kind])
    if kind == "code":
        return _Run(token["code"].strip() or token["code"])
    if kind == "entity":
        return _Run(unescape(found))
    if kind == "tag":
        bold = _BOLD_TAG.fullmatch(found)
        return _Run("", bold=0 if bold is None else -1 if bold[1] else 1)
    if kind == "open" or kind == "close":
        return _Run(found, mark=kind)
    return _delimiter(token) if kind == "run" else _Run("")


def _delimiter(token: re.Match[str]) -> _Run:
    """A run of `*`, `_` or `~~`, with what its neighbours let it do: open, close or neither."""
    text, mark = token.string, token[0]
    before = text[token.start() - 1] if token.start() else " "
    after = text[token.end()] if token.end() < len(text) else " "
    opens = not after.isspace() and (_parts(before) or _parts(after) in ("", "Ps", "Pi"))
    closes = not before.isspace() and (_parts(after) or _parts(before) not in ("Ps", "Pi"))
    if mark[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    elif mark == "*":
        opens = opens and not (before.isascii() and before.isalnum())
        closes = closes and not (after.isascii() and after.isalnum())
    edge = not token.start() or before == "\n" or token.end() == len(text) or after == "\n"
    return _Run(mark, mark if len(mark) <= 3 else "", bool(opens), bool(closes), edge)


def _parts(char: str) -> str:
    """The Unicode category of a white, punctuation or symbol character, "" of any other."""
    category = unicodedata.category(char)
    return category if category[0] in "PSZ" or char.isspace() else ""


def _link(runs: list[_Run]) -> None:
    """Take away the brackets and addresses of links, and images whole."""
    opened: list[int] = []
    images: list[tuple[int, int]] = []
    for at, run in enumerate(runs):
        if run.mark == "open":
            opened.append(at)
        elif run.mark == "close" and opened:
            start = opened.pop()
            if runs[start].text == "![":
                images.append((start, at))
            runs[start].text = run.text = ""
    done = len(runs)
    for start, end in reversed(images):  # an image around another comes first, and does for both
        for run in runs[start : min(end, done)]:
            run.text, run.mark, run.bold = "", "", 0
        done = min(start, done)


def _emphasize(runs: list[_Run]) -> None:
    """Take away the runs of `*` and `_` that pair, and note where bold begins and ends.

    A `**` whose twin is in another paragraph is gone too, where it begins or ends a line.
    """
    opened: dict[str, _Run] = {}
    for run in runs:
        mark = run.mark
        if mark in ("open", "close", ""):
            continue
        if run.closes and mark in opened:
            start = opened.pop(mark)
            start.text = run.text = ""
            if mark not in _NOT_BOLD:
                start.bold, run.bold = 1, -1
        elif run.opens:
            opened[mark] = run
    for run in runs:
        if run.edge and run.mark == "**":
            run.text = ""
