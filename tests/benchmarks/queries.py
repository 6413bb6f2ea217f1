"""One query of the bench: what is asked, in a form that every engine's adapter can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Join = Literal["all", "any", "not", "near", "*", "?"]

ANY_PHRASE = "any phrase"
"""Drawn for recall only, never timed."""
CLASSES = (
    "rare phrase",
    "common phrase",
    "rare word",
    "common word",
    "AND of four",
    "OR of four",
    "NEAR",
    "wildcard",
    "NOT",
    "filtered phrase",
)
MARKER = "marker phrase"
"""A phrase whose sentences the generated copies of a corpus leave out."""
DISTANCE = 20
"""Characters that NEAR and "*" allow between the parts."""
_BARE = ("rare word", "common word", "AND of four", "OR of four")


@dataclass(frozen=True, slots=True)
class Query:
    """`parts` are phrases or words; how they belong together says `join`.

    "not" is the first without the second; "*" and "?" are wildcards between the two.
    `years` is an inclusive range, `region` a code.
    """

    kind: str
    parts: tuple[str, ...]
    join: Join = "all"
    years: tuple[int, int] | None = None
    region: str | None = None

    @property
    def text(self) -> str:
        """The query in Gongkai's language, without its filters."""
        if self.join in ("*", "?"):
            return f'"{self.join.join(self.parts)}"'
        parts = self.parts if self.kind in _BARE else tuple(f'"{part}"' for part in self.parts)
        between = {"all": " ", "any": " OR ", "not": " NOT ", "near": f" NEAR/{DISTANCE} "}
        return between[self.join].join(parts)

    @property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """One of these must be in a folded line, for the joins that look within one; else none."""
        if self.join not in ("near", "*", "?"):
            return ()
        gap = "." if self.join == "?" else f".{{0,{DISTANCE}}}"
        left, right = map(re.escape, self.parts)
        there, back = re.compile(left + gap + right), re.compile(right + gap + left)
        return (there, back) if self.join == "near" else (there,)
