"""Printed text as a phrase to search for."""

from __future__ import annotations

import re

MAX_PHRASE = 120
"""Most code points of a passage that are searched for."""

_ENOUGH = 4 * MAX_PHRASE  # with the quotes that drop out
_QUOTES = re.compile('["“”「」『』＂]')
_UNWILD = str.maketrans({"?": "!", "？": "！", "*": " ", "＊": " "})
"""Wildcards, and what folds as they do in print: a question mark ends a sentence."""
_CUT_WORD = re.compile(r"[A-Za-z0-9]+$")


def printed_phrase(text: str) -> str:
    """What stands between quotes in the query for a passage: its first line, or the beginning of that;
    "" where nothing but quotes and wildcards is there.

    Quotes and wildcards would end the phrase or widen it: what stands instead folds as they do.
    """
    first = text.lstrip("\n\t")[:_ENOUGH].partition("\n")[0]
    line = _QUOTES.sub("", first).translate(_UNWILD).strip()
    phrase, rest = line[:MAX_PHRASE], line[MAX_PHRASE:]
    if rest[:1].isascii() and rest[:1].isalnum():
        phrase = _CUT_WORD.sub("", phrase) or phrase  # a word cut short is found nowhere
    return phrase
