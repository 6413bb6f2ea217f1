"""The definition of a hit, written once more in plain steps, to hold the engine against.

Where the shared reference is present, `tests/property/test_reference_real.py` proves that the two
agree; the tests that ship with the project need only this one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_T2S = opencc.OpenCC("t2s")
_SENTENCE_ENDS = "。｡！？；!?;…⋯"
_PAIRS = (
    "“”",
    "‘’",
    "「」",
    "『』",
    "《》",
    "〈〉",
    "（）",
    "()",
    "【】",
    "［］",
    "[]",
    "〔〕",
    "{}",
)
_CLOSING = dict(_PAIRS)
_OPENING = {closing: opening for opening, closing in _PAIRS}


@cache
def _kept(character: str) -> str:
    simplified = "".join(_T2S.convert(c) for c in unicodedata.normalize("NFKC", character)).lower()
    return "".join(c for c in simplified if unicodedata.category(c).startswith(("L", "M", "N")))


def _ascii(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _joint(before: str, gap: str, kept: str, after: str) -> str:
    if not (_ascii(before) and _ascii(kept[0])):
        return "。" if any(c in _SENTENCE_ENDS for c in gap) else ""
    gap, after = unicodedata.normalize("NFKC", gap), unicodedata.normalize("NFKC", after)
    if before.isdigit() and gap == "." and after[:1].isdigit():
        return "."
    if before.isdigit() and gap == "," and re.match(r"\d\d\d(?!\d)", after):
        return ""
    return " "


@lru_cache(maxsize=20_000)
def fold(line: str) -> list[tuple[str, int]]:
    """(kept character, offset of the character it came from) for each character of the fold."""
    pairs: list[tuple[str, int]] = []
    since = 0
    for offset, character in enumerate(line):
        kept = _kept(character)
        if not kept:
            continue
        if pairs and since < offset:
            gap, after = line[since:offset], line[offset : offset + 4]
            pairs += [(c, since) for c in _joint(pairs[-1][0], gap, kept, after)]
        pairs += [(c, offset) for c in kept]
        since = offset + 1
    return pairs


@lru_cache(maxsize=20_000)
def folded(line: str) -> str:
    """The fold alone."""
    return "".join(c for c, _ in fold(line))


def occurrences(phrase: str, line: str) -> list[tuple[int, int]]:
    """(start, end) of every occurrence of the phrase in the line, in code points of the line, each with
    the other half of a quote or bracket that it holds one half of."""
    needle, text = folded(phrase), folded(line)
    if not needle or needle not in text:
        return []
    pairs = fold(line)

    def inside_word(cut: int) -> bool:
        if not 0 < cut < len(text):
            return False
        left, right = text[cut - 1], text[cut]
        return (_ascii(left) and _ascii(right)) or "." in left + right

    return [
        balanced(line, pairs[at][1], pairs[at + len(needle) - 1][1] + 1)
        for at in range(len(text) - len(needle) + 1)
        if text.startswith(needle, at) and not inside_word(at) and not inside_word(at + len(needle))
    ]


def balanced(line: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks that its own lack, where these stand beside it, white space apart."""
    opened: list[str] = []
    lacking = ""
    for mark in line[start:end]:
        if mark in _CLOSING:
            opened.append(mark)
        elif mark in _OPENING and opened and opened[-1] == _OPENING[mark]:
            opened.pop()
        elif mark in _OPENING and not opened:
            lacking = lacking or _OPENING[mark]
    before, after = line[:start].rstrip(), line[end:].lstrip()
    if lacking and before.endswith(lacking):
        start = len(before) - 1
    if opened and after.startswith(_CLOSING[opened[0]]):
        end = len(line) - len(after) + 1
    return start, end
