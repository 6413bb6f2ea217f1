"""What differs between two lines is told in tokens: a Han character, or an ASCII word or number as a whole.

8.5 and 9.1 then have nothing in common, nor do 2020 and 2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.text.fold import fold_with_origins
from search.comparing.model import Span

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]+|.", re.DOTALL)
_SURROGATES = range(0xD800, 0xE000)


class Alphabet(dict[str, str]):
    """A character for each token: equal tokens have the same one. One alphabet a comparison."""

    def __missing__(self, token: str) -> str:
        code = len(self) + 1
        self[token] = chr(code if code < _SURROGATES.start else code + len(_SURROGATES))
        return self[token]

    def spelled(self, folded: str) -> str:
        """The tokens of a folded line, a character each."""
        return "".join([self[token] for token in _TOKEN.findall(folded)])


def token_spans(text: str) -> list[Span]:
    """Where the tokens of a line stand in it, in code points."""
    folded, origins = fold_with_origins(text)
    return [
        (origins[token.start()], origins[token.end() - 1] + 1) for token in _TOKEN.finditer(folded)
    ]


def fold_spans(text: str) -> list[Span]:
    """Where the characters of a line's fold stand in it, in code points."""
    return [(origin, origin + 1) for origin in fold_with_origins(text)[1]]


def marked_spans(spans: Sequence[Span], ranges: Sequence[Span], start: int) -> tuple[Span, ...]:
    """What ranges of tokens, or of characters, cover in a line that begins at `start`; ends are exclusive."""
    return tuple((start + spans[first][0], start + spans[last - 1][1]) for first, last in ranges)
