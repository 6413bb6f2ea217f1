"""A query -> tokens: operators, brackets, fields and texts.

Items are tried at each place in this order:

- Operator. Words in capitals (full-width too) that stand alone or before a quote: AND OR NOT
  NEAR NEAR/20. Signs anywhere outside quotes: & && | || and their full-width twins, but & between
  two ASCII letters or digits is text (R&D). A hyphen (－ too) means NOT where an item could begin
  and something follows directly; else it is text (2017-2018), alone or doubled it is ignored.
- Bracket. ( ) （ ） group. A plain pair (see `layout`) is text where it is glued to text: in or
  after a chunk, 第（五）项, or before one, （一）主动公开, but there not where an operator or field
  begins in it or follows it. A closing bracket that closes nothing is text inside a chunk,
  1）主动公开; else it is an error.
- Field. See `fields`; spaces may follow the colon. An operator or another field is no value.
- Text. A quote that starts an item and closes at its end encloses an exact phrase. Any other run up
  to white space, operator sign or group bracket is a chunk: an exact phrase too, but a bare one, with
  no quote in it, may be taken by its words.
  A chunk of punctuation alone is ignored with a warning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indexer.errors import QueryError
from indexer.messages import Message
from search.query.fields import empty_field, field_name, read_field
from search.query.layout import (
    AND_SIGNS,
    CLOSING,
    OPENING,
    OR_SIGNS,
    QUOTES,
    Layout,
    ends_item,
    lay_out,
)
from search.query.leaf import bare_words, exact
from search.query.tree import And, InTitle, Node, Phrase, Wildcard, Words

MAX_DEPTH = 50
"""Most brackets around an item."""
MAX_DISTANCE = 200
DEFAULT_DISTANCE = 20

_HYPHENS = "-－"
_KINDS = {"AND": "_AND", "OR": "_OR", "NOT": "NOT", "NEAR": "NEAR"}
_SIGNS = {**dict.fromkeys(AND_SIGNS, "_AND"), **dict.fromkeys(OR_SIGNS, "_OR")}
_WORD = re.compile(rf"([A-ZＡ-Ｚ]{{2,4}})(?:[/／]([^\s()（）&＆|｜{QUOTES}]*))?")
_FIELD = re.compile(r"([^\W\d_]{2,7})[:：﹕]\s*")
_LOST_OPERATOR = re.compile(
    rf"(?:^|(?<=[一-鿿{QUOTES}]))(?:AND|OR|NOT|NEAR/\d+)(?=[一-鿿{QUOTES}])|^(?:and|or|not)$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A token: `kind` is a terminal of grammar.lark; `value` a node, or the distance of NEAR."""

    kind: str
    start: int
    end: int
    value: Node | int | None = None


def scan(text: str, warnings: list[Message], *, words: bool) -> list[Item]:
    """The tokens of a query, none for white space only. QueryError where something is wrong.

    `words`: the words of a bare chunk may stand apart.
    """
    layout = lay_out(text)
    items: list[Item] = []
    depth = at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        item = _operator(text, at) or _bracket(layout, at) or _field(layout, at, warnings, words)
        item = item or _text(layout, at, warnings, words)
        depth += (item.kind == "_OPEN") - (item.kind == "_CLOSE")
        if depth > MAX_DEPTH:
            raise QueryError(
                Message("brackets_too_deep", most=MAX_DEPTH),
                position=at,
                hint=Message("brackets_too_deep_hint"),
            )
        if item.kind != "TEXT" or item.value is not None:
            items.append(item)
        at = item.end
    if not items and text.strip():
        raise QueryError(
            Message("only_punctuation"),
            position=len(text) - len(text.lstrip()),
            hint=Message("only_punctuation_hint"),
        )
    return items


def _operator(text: str, at: int) -> Item | None:
    if kind := _SIGNS.get(text[at]):
        doubled = text[at : at + 1] == text[at + 1 : at + 2]
        return Item(kind, at, at + 1 + doubled)
    if text[at] in _HYPHENS:
        after = text[at + 1 : at + 2]
        follows = after in OPENING or not ends_item(text, at + 1)
        return Item("NOT", at, at + 1) if after and follows and after not in _HYPHENS else None
    return _operator_word(text, at)


def _operator_word(text: str, at: int) -> Item | None:
    word = _WORD.match(text, at)
    if word is None or not (ends_item(text, word.end()) or text[word.end()] in QUOTES):
        return None
    name = unicodedata.normalize("NFKC", word[1])
    if name == "NEAR":
        return Item("NEAR", at, word.end(), _distance(word[2], at))
    return Item(_KINDS[name], at, word.end()) if name in _KINDS and word[2] is None else None


def _distance(typed: str | None, position: int) -> int:
    if typed is None:
        return DEFAULT_DISTANCE
    if not re.fullmatch(r"\d{1,9}", typed) or int(typed) > MAX_DISTANCE:
        raise QueryError(
            Message("near_distance", typed=typed),
            position=position,
            hint=Message("near_distance_hint", most=MAX_DISTANCE, example="“三务” NEAR/20 公示"),
        )
    return int(typed)


def _bracket(layout: Layout, at: int) -> Item | None:
    text = layout.text
    if at in layout.strays:
        raise QueryError(
            Message("bracket_stray", bracket=text[at]),
            position=at,
            hint=Message("bracket_stray_hint"),
        )
    if text[at] in CLOSING:
        return Item("_CLOSE", at, at + 1)
    return Item("_OPEN", at, at + 1) if text[at] in OPENING and not _glued(layout, at) else None


def _glued(layout: Layout, at: int) -> bool:
    """Whether a pair of brackets that starts an item is text."""
    text, after = layout.text, layout.brackets[at] + 1
    if not layout.plain(at) or ends_item(text, after):
        return False
    return not any(_operator(text, place) or _field_at(text, place) for place in (at + 1, after))


def _field_at(text: str, at: int) -> tuple[str, int] | None:
    """A field's name and where its value begins."""
    found = _FIELD.match(text, at)
    name = field_name(found[1]) if found else None
    return (name, found.end()) if found and name else None


def _field(layout: Layout, at: int, warnings: list[Message], words: bool) -> Item | None:
    text = layout.text
    if not (found := _field_at(text, at)):
        return None
    name, start = found
    missing = ends_item(text, start) and not (start in layout.brackets and layout.plain(start))
    if missing or _operator(text, start) or _field_at(text, start):
        raise empty_field(name, start)
    end = _chunk_end(layout, start)
    if name != "title":
        return Item("FIELD", at, end, read_field(name, text[start:end], start))
    leaf = _leaf(layout, start, end, warnings, words)
    if leaf is None:
        raise empty_field(name, start)
    if isinstance(leaf, Words):
        return Item("FIELD", at, end, And(tuple(InTitle(word) for word in leaf.words)))
    return Item("FIELD", at, end, InTitle(leaf))


def _text(layout: Layout, at: int, warnings: list[Message], words: bool) -> Item:
    end = _chunk_end(layout, at)
    leaf, typed = _leaf(layout, at, end, warnings, words), layout.text[at:end]
    enclosed = layout.quotes.get(at) == end - 1
    if leaf is None and enclosed:
        raise QueryError(Message("quotes_empty"), position=at, hint=Message("quotes_empty_hint"))
    if leaf is None and typed in _HYPHENS:
        warnings.append(Message("hyphen_alone", typed=typed))
    elif leaf is None:
        warnings.append(Message("punctuation_ignored", typed=typed))
    elif not enclosed and (lost := _LOST_OPERATOR.search(typed)):
        warnings.append(Message("operator_as_text", typed=lost[0]))
    return Item("TEXT", at, end, leaf)


def _leaf(
    layout: Layout, start: int, end: int, warnings: list[Message], words: bool
) -> Phrase | Words | Wildcard | None:
    if layout.quotes.get(start) == end - 1:
        return exact(layout.text[start + 1 : end - 1], warnings)
    quoted = any(at in layout.quotes for at in range(start, end))
    return (bare_words if words and not quoted else exact)(layout.text[start:end], warnings)


def _chunk_end(layout: Layout, start: int) -> int:
    """Where the text that starts here ends."""
    text, quotes = layout.text, layout.quotes
    closed = quotes.get(start, -1) + 1
    if closed and (ends_item(text, closed) or _operator_word(text, closed)):
        return closed
    at = start
    while at < len(text):
        inside = text[at] in OPENING and (at == start or layout.plain(at))
        stray = at in layout.strays and at > start and not ends_item(text, at + 1)
        if at in quotes:
            at = quotes[at] + 1
        elif inside:
            at = layout.brackets[at] + 1
        elif stray or not ends_item(text, at):
            at += 1
        else:
            break
    return at
