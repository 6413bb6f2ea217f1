"""Rules in one spelling: a text with its Traditional characters simplified, offsets unchanged."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.fold import fold, traditional

_FIRST_IDEOGRAPH = "\u3400"


class _Simple(dict[int, int | str]):
    """Code point -> its simplified form where that is one character; filled on demand."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        simple = fold(character) if character >= _FIRST_IDEOGRAPH else ""
        self[code] = simple if len(simple) == 1 and simple >= _FIRST_IDEOGRAPH else code
        return self[code]


_SIMPLE = _Simple()


def simplified(text: str) -> str:
    """The text character by character in Simplified Chinese: same length, same offsets."""
    return text.translate(_SIMPLE) if _may_change().search(text) else text


@lru_cache(maxsize=1)
def _may_change() -> re.Pattern[str]:
    """Finds a character that another may stand for: most texts have none, and are left as they are."""
    return re.compile(f"[{traditional()}\ua000-\ufeff\U00010000-\U0010ffff]")
