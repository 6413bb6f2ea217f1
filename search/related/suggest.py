"""Suggestions while typing, from titles, headings and frequent phrases.

In this order: texts that begin with what is typed; those of which a word does, and goes on as
typed; and where letters are typed, the same once more by pinyin, in full or by initials
(san wu, sanwu, sw). Each of these by weight.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from threading import Lock
from typing import Literal

from indexer.text.fold import SENTENCE_END, fold, fold_spaced
from indexer.text.segment import cut
from search.related.pinyin import spell
from search.related.prefixes import END, Prefixes

_LETTERS = re.compile(r"[a-zü ]+")
_TYPED_LETTERS = str.maketrans({"ü": "v", " ": ""})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text as it is shown; the greater the weight, the earlier."""

    text: str
    weight: float
    kind: Literal["title", "heading", "phrase"]


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The texts by the initials of their pinyin, and by all its letters."""

    initials: Prefixes
    letters: Prefixes


class Suggester:
    """Built once for a generation of the index. Threads may share it.

    What pinyin needs is built when letters are typed for the first time (about a second for
    100,000 texts).
    """

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        """Of texts that fold alike, the one of most weight is kept."""
        kept: dict[str, tuple[str, Suggestion]] = {}
        for suggestion in sorted(suggestions, key=lambda suggestion: -suggestion.weight):
            spaced = fold_spaced(suggestion.text).strip("\n")
            if spaced:
                kept.setdefault(spaced.replace("\n", ""), (spaced, suggestion))
        self._suggestions = tuple(suggestion for _, suggestion in kept.values())
        spaced_texts = "".join(spaced + END for spaced, _ in kept.values())
        # separators part words, but are not in what is typed once it is folded
        self._folded = Prefixes.of([token for token in cut(spaced_texts) if token != "\n"])
        self._spelled: _Spelled | None = None
        self._lock = Lock()

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """At most `limit` suggestions, the best first; () for nothing but punctuation."""
        matches = chain.from_iterable(self._matches(fold(typed), limit))
        numbers = islice(dict.fromkeys(islice(matches, 6 * limit)), limit)
        return tuple(self._suggestions[number] for number in numbers)

    def phrases(self) -> Iterator[str]:
        """The frequent phrases, the most frequent first."""
        return (found.text for found in self._suggestions if found.kind == "phrase")

    def _matches(self, folded: str, limit: int) -> Iterator[Iterable[int]]:
        """Numbers of the suggestions that fit, the best first; some of them again."""
        yield self._folded.begun(folded, limit)
        yield self._folded.within(folded, limit)
        if _LETTERS.fullmatch(folded):
            letters, spelled = folded.translate(_TYPED_LETTERS), self._spell()
            for find in (Prefixes.begun, Prefixes.within):
                initials = find(spelled.initials, letters, limit)
                # one letter is an initial
                full = find(spelled.letters, letters, limit) if len(letters) > 1 else []
                yield heapq.merge(initials, full)

    def _spell(self) -> _Spelled:
        with self._lock:
            if self._spelled is None:
                tokens = [
                    token for token in self._folded.tokens() if token not in (" ", SENTENCE_END)
                ]
                spelled = {token: spell(token) for token in set(tokens)}
                self._spelled = _Spelled(
                    Prefixes.of([spelled[token][0] for token in tokens]),
                    Prefixes.of([spelled[token][1] for token in tokens]),
                )
            return self._spelled
