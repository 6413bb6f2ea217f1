"""The `literal` option: of the hits of a phrase, those whose very characters are the phrase's.

Characters are compared after NFKC, character by character. What stands around the first and last
kept character counts, too: “三务”公开 finds only the quoted usage.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.text.fold import fold_with_origins, literal_form


@dataclass(frozen=True, slots=True)
class LiteralPhrase:
    """A phrase cut at its first and last kept character, all in literal form."""

    lead: str
    core: str
    trail: str

    def stands_at(self, line: str, start: int, end: int) -> bool:
        """Whether the hit [start, end) of the line is spelled as the phrase."""
        return (
            literal_form(line[start:end]) == self.core
            and literal_form(line[:start][-2 * len(self.lead) - 1 :]).endswith(self.lead)
            and literal_form(line[end : end + len(self.trail)]).startswith(self.trail)
        )


def literal_phrase(text: str) -> LiteralPhrase:
    """The phrase as typed, white space at its ends aside; it must hold a kept character."""
    text = text.strip()
    _, origins = fold_with_origins(text)
    start, end = origins[0], origins[-1] + 1
    return LiteralPhrase(
        literal_form(text[:start]), literal_form(text[start:end]), literal_form(text[end:])
    )
