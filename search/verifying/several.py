"""A link with several quotes in its sentence: which of them it is judged by.

A word in quotes may be nobody's words (the “十四五” of a plan), or those of another source. So a quote that
agrees with the passage speaks for the link, and what is unlike it says nothing of it. But none that is nearly
what the report says, and is not, is passed over: that is what a falsified quote looks like.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from search.verifying.model import FOUND, Claim
from search.verifying.passage import Standing, standing
from search.verifying.quote import agrees, resembles, squeezed

TELLING = 8
"""Fewest characters of a part of the passage that speaks for the link although a nearer quote does not."""


class _Said(NamedTuple):
    """A quote, and where the passage stands if it is the one of the link."""

    quote: str
    found: Standing

    @property
    def agrees(self) -> bool:
        return self.found.outcome in FOUND


def judged(text: str, claim: Claim) -> Standing:
    """Where the passage of the claim stands, by the quote that is of it; else by the nearest that the report
    does not have."""
    if not claim.beside:
        return standing(text, claim)
    said = [
        _Said(quote, standing(text, replace(claim, quote=quote, beside=())))
        for quote in (claim.quote, *claim.beside)
    ]
    agreeing = [each for each in said if each.agrees]
    strange = [
        each for each in said if not each.agrees and not agrees(each.quote, text, 0, len(text))
    ]
    if agreeing:
        best = max(agreeing, key=lambda each: len(squeezed(each.quote)))
        against = _against(text, said[0], best, strange)
    else:
        best, against = said[0], (strange or said)[0]
    if against is None:
        beside = [each.quote for each in strange]
        return best.found._replace(compared=best.quote, beside=tuple(beside))
    beside = [each.quote for each in said if each is not against]
    return against.found._replace(compared=against.quote, beside=tuple(beside))


def _against(text: str, nearest: _Said, best: _Said, strange: list[_Said]) -> _Said | None:
    """The quote that the report does not have and that cannot be passed over; None where there is none."""
    at = best.found
    for each in strange:
        if resembles(each.quote, text, at.start, at.end):
            return each
    if nearest not in strange or squeezed(text[at.start : at.end]) in squeezed(best.quote):
        return None
    length = len(squeezed(best.quote))
    weighty = length >= TELLING and all(len(squeezed(each.quote)) < length for each in strange)
    return None if weighty else nearest
