"""Words that a mistyped word may have meant: jieba's dictionary and the corpus' own, by edit.

Chinese words of two to five characters are rows of arrays, compared at once (a look-up takes about
a millisecond); words of letters go by their possible edits. All words are folded.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.text.fold import fold, fold_spaced
from indexer.text.segment import dictionary
from search.budget import uncharged
from search.related.pinyin import Homophones

_LENGTHS = range(2, 6)
_LONGEST = 24
"""Longer words are not looked up: no word of letters is longer."""
_LEAST_FREQUENCY = 5
"""Rarer words of jieba's dictionary are mostly names that no report has."""
_COMMON_CHARACTERS = 5_000
_CHINESE = re.compile(r"[一-鿿]+")

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Words:
    """`counts` of all words; `rows[n]` are those of n characters, the commonest first."""

    counts: Counter[str]
    rows: dict[int, Codes]
    homophones: Homophones


class Vocabulary:
    """Loaded when it is first asked: about a second; 40 MB. Threads may share it."""

    def __init__(
        self,
        corpus: Callable[[], Iterable[tuple[str, int]]] = tuple,
        words: Callable[[], Iterable[tuple[str, int]]] = dictionary,
    ) -> None:
        """`corpus`: gives words of the reports with how often they occur; asked once, when loading.

        `words`: a dictionary; asked once a process, whatever the number of vocabularies.
        """
        self._corpus = corpus
        self._dictionary = words
        self._lock = Lock()
        self._loaded: _Words | None = None

    def count(self, word: str) -> int:
        """How common a word is; 0 for an unknown one."""
        return self._words().counts.get(word, 0)

    def homophones(self) -> Homophones:
        """The common characters by their sound."""
        return self._words().homophones

    def near(self, word: str, limit: int) -> list[str]:
        """Words one edit away (a character replaced, missing, too much; two swapped).

        The commonest first, at most `limit`. Of one Chinese character, the words that hold it.
        """
        loaded = self._words()
        if len(word) > _LONGEST:
            return []
        found = dict.fromkeys(w for w in _shorter_or_swapped(word) if w in loaded.counts)
        if word.isascii():
            found |= dict.fromkeys(w for w in _letter_edits(word) if w in loaded.counts)
        else:
            found |= dict.fromkeys(_near_rows(loaded.rows, word, limit))
        found.pop(word, None)
        return sorted(found, key=loaded.counts.__getitem__, reverse=True)[:limit]

    def _words(self) -> _Words:
        with self._lock:
            if self._loaded is None:
                with uncharged():
                    self._loaded = _load(self._dictionary, self._corpus())
            return self._loaded


def _load(
    words: Callable[[], Iterable[tuple[str, int]]], corpus: Iterable[tuple[str, int]]
) -> _Words:
    counts, homophones = _learnt(words)
    counts = counts.copy()
    for word, count in _folded(list(corpus)):
        if _kept(word):
            counts[word] += count
    return _Words(counts, _rows(counts), homophones)


@lru_cache(maxsize=1)
def _learnt(words: Callable[[], Iterable[tuple[str, int]]]) -> tuple[Counter[str], Homophones]:
    """What a dictionary tells, whatever the corpus: learnt once, for all generations of an index."""
    counts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for word, count in _folded(_usual(words())):
        for character in word:
            characters[character] += count
        if _kept(word):
            counts[word] += count
    common = [c for c, _ in characters.most_common(_COMMON_CHARACTERS) if not c.isascii()]
    return counts, Homophones.of(common)


def _usual(words: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    longest = _LENGTHS[-1]
    return [item for item in words if item[1] >= _LEAST_FREQUENCY and len(item[0]) <= longest]


def _folded(words: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The words folded: the Chinese ones in one go, which takes a fifth of the time."""
    chinese = [item for item in words if _CHINESE.fullmatch(item[0])]
    texts = fold_spaced("\n".join(word for word, _ in chinese)).split("\n")
    yield from zip(texts, (count for _, count in chinese), strict=bool(chinese))
    yield from ((fold(word), count) for word, count in words if not _CHINESE.fullmatch(word))


def _kept(word: str) -> bool:
    """Words of letters only, or of two to five Chinese characters."""
    if word.isascii():
        return len(word) > 1 and word.isalpha()
    return len(word) in _LENGTHS and not any(c.isascii() for c in word)


def _rows(counts: dict[str, int]) -> dict[int, Codes]:
    by_length: dict[int, list[str]] = {length: [] for length in _LENGTHS}
    for word in sorted(counts, key=counts.__getitem__, reverse=True):
        if not word.isascii():
            by_length[len(word)].append(word)
    return {
        length: np.ascontiguousarray(_codes("".join(words)).reshape(-1, length).T)
        for length, words in by_length.items()
    }


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)


def _near_rows(rows: dict[int, Codes], word: str, limit: int) -> Iterator[str]:
    """Words with one character replaced, and words with one more."""
    codes, length = _codes(word), len(word)
    if length in rows:
        same = (rows[length] == codes[:, None]).sum(axis=0, dtype=np.uint8)
        yield from _texts(rows[length], same == length - 1, limit)
    if length + 1 in rows:
        longer = rows[length + 1]
        before, after = longer[:-1] == codes[:, None], longer[1:] == codes[:, None]
        chosen = np.zeros(longer.shape[1], dtype=np.bool_)
        for place in range(length + 1):
            chosen |= before[:place].all(axis=0) & after[place:].all(axis=0)
        yield from _texts(longer, chosen, limit)


def _texts(rows: Codes, chosen: NDArray[np.bool_], limit: int) -> Iterator[str]:
    for at in np.flatnonzero(chosen)[:limit]:
        yield "".join(map(chr, rows[:, at].tolist()))


def _shorter_or_swapped(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _letter_edits(word: str) -> tuple[str, ...]:
    """A letter replaced or put in."""
    return tuple(
        word[:at] + letter + word[after:]
        for at in range(len(word) + 1)
        for after in (at, at + 1)
        for letter in string.ascii_lowercase
    )
