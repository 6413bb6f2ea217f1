"""The words beside the hits: how often each stands there, and the search for hit and word in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from search.engine import Engine
from search.model import MAX_QUERY, SearchRequest
from search.spread import Collocates, Side
from web.shown import Shown
from web.texts import t
from web.urls import Varying, search_url

FEW = 20
"""Words in view; the others wait behind "more"."""
MOST = 60
"""Words that are on the page at all."""

_ONE_PHRASE = re.compile(r'"([^"?*]+)"')
_ASCII_WORD = re.compile(r"[0-9a-z]", re.ASCII)


class Words(NamedTuple):
    """What is said of a side: the keys of its name, of hits that have no word there, and of links."""

    name: str
    bare: str
    joined: str


SIDES: dict[Side, Words] = {
    "right": Words("side_right", "bare_right", "joined_right"),
    "left": Words("side_left", "bare_left", "joined_left"),
}


class WordRow(NamedTuple):
    """A word and what it was counted in; `href` finds hit and word as one phrase, which `said` tells:
    both "" where the query is no single phrase."""

    word: str
    counts: str
    href: str
    said: str


@dataclass(frozen=True, slots=True)
class WordsBeside:
    """The words of one side. `phrase` is the query where it is a single one, "" else; `words` are told
    by their keys in the texts, `left_out` is how many words are not on the page."""

    sides: tuple[tuple[str, str, bool], ...]
    words: Words
    phrase: str
    shown: tuple[WordRow, ...]
    more: tuple[WordRow, ...]
    left_out: int
    bare: int


def words_beside(engine: Engine, asked: SearchRequest, shown: Shown) -> WordsBeside | None:
    """Those of the side that is shown; None where there is no hit."""
    found = engine.collocates(asked, shown.side, MOST)
    if not found.hits:
        return None
    phrase = _phrase(found, asked)
    rows = _rows(found, phrase, asked, shown)
    return WordsBeside(
        sides=tuple(
            (words.name, search_url(asked, replace(shown, side=side)), side == shown.side)
            for side, words in SIDES.items()
        ),
        words=SIDES[shown.side],
        phrase=phrase,
        shown=rows[:FEW],
        more=rows[FEW:],
        left_out=found.words - len(rows),
        bare=found.bare,
    )


def _phrase(found: Collocates, asked: SearchRequest) -> str:
    """The query as it folds, where it is one phrase; "" where it is not, or where its characters count
    as they are typed: the words are told as they fold."""
    match = None if asked.literal else _ONE_PHRASE.fullmatch(found.canonical)
    return match[1] if match else ""


def _rows(
    found: Collocates, phrase: str, asked: SearchRequest, shown: Shown
) -> tuple[WordRow, ...]:
    addresses = Varying.of(asked, ("q",), shown)
    rows = []
    for word, hits, reports in found.found:
        joined = _joined(phrase, word, shown.side) if phrase else ""
        linked = bool(joined) and len(joined) <= MAX_QUERY
        rows.append(
            WordRow(
                word,
                t("collocate_counts", hits=f"{hits:,}", reports=f"{reports:,}"),
                addresses.url([("q", joined)]) if linked else "",
                t("collocate_search", phrase=joined) if linked else "",
            )
        )
    return tuple(rows)


def _joined(phrase: str, word: str, side: Side) -> str:
    """Both as one phrase in quotes; a space keeps two ASCII words apart."""
    first, second = (phrase, word) if side == "right" else (word, phrase)
    apart = _ASCII_WORD.match(first[-1]) and _ASCII_WORD.match(second[0])
    return f"“{first}{' ' if apart else ''}{second}”"
