"""One claim in the text of one report: the quote decides where there is one, else the check of the link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from search.links import resolve
from search.verifying.model import Claim, Outcome
from search.verifying.quote import agrees, verbatim, word_for_word

MAX_PLACES = 100
"""Most places of a text that are counted."""


class Standing(NamedTuple):
    """Where a passage stands in a text: `places` all of it that say the same, `misquoted` where the link
    leads to a passage and the quote says something else, `confirmed` where the order of passages leads to
    a moved one (see order.py), `loosely` where the quote has other marks or leaves something out. Of several
    quotes: the one `compared`, and those `beside` it (see several.py)."""

    outcome: Outcome
    start: int
    end: int
    places: tuple[int, ...] = ()
    misquoted: bool = False
    confirmed: bool = False
    loosely: bool = False
    compared: str = ""
    beside: tuple[str, ...] = ()


def standing(text: str, claim: Claim) -> Standing:
    """Where the claim's passage stands, the nearest place where there are several; `exact`, `moved` or
    `changed`."""
    start, length = claim.start, claim.end - claim.start
    quoted = verbatim(claim.quote, length, claim.check) if claim.quote else None
    if quoted is None:
        return _by_check(text, claim)
    if text.startswith(quoted, start):
        return Standing("exact", start, claim.end, (start,))
    places = tuple(standing_places(text, quoted, start))
    if not places:
        return _changed(text, claim)
    nearest = min(places, key=lambda at: abs(at - start))
    return Standing("moved", nearest, nearest + length, places)


def _by_check(text: str, claim: Claim) -> Standing:
    """By the link alone; a quote beside it must agree with what that finds."""
    found = resolve(text, claim.start, claim.end, claim.check)
    if found.state == "changed":
        return _changed(text, claim)
    if claim.quote and not agrees(claim.quote, text, found.start, found.end):
        return Standing("changed", found.start, found.end, misquoted=True)
    place = (found.start, found.end)
    loosely = bool(claim.quote) and not word_for_word(claim.quote, text, *place)
    if found.state == "exact":
        return Standing("exact", *place, (found.start,), loosely=loosely)
    same = tuple(standing_places(text, text[found.start : found.end], claim.start))
    return Standing("moved", *place, same, loosely=loosely)


def standing_places(text: str, quoted: str, start: int) -> Iterator[int]:
    """Where it stands: at most MAX_PLACES, among them the nearest on both sides of `start`."""
    before = text.rfind(quoted, 0, max(start, 0) + len(quoted))
    if before >= 0:
        yield before
    at = text.find(quoted)
    for _ in range(MAX_PLACES):
        if at < 0:
            return
        if at != before:
            yield at
        at = text.find(quoted, at + 1)
    after = text.find(quoted, max(start, 0))
    if after >= at >= 0:
        yield after


def _changed(text: str, claim: Claim) -> Standing:
    first = min(max(claim.start, 0), len(text))
    return Standing("changed", first, min(max(claim.end, first), len(text)))
