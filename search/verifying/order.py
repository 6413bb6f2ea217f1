"""The order of passages: which of several places a moved one has, and whether it can be that one at all.

The nearest place is the likeliest until something was put in before it; and where the passage itself was
taken out, the same words elsewhere are not it. Passages of a report mostly stay in their order: the most
that do tell by how much the text around the others has moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from search.verifying.model import Claim
from search.verifying.passage import Standing, standing_places

APART = 50
"""Code points between these two at least: what stands in the same sentence is no witness for it."""
_Pair = tuple[int, int]
"""Where a passage was, and where it is."""


def in_order(text: str, claims: Sequence[Claim], found: Sequence[Standing]) -> list[Standing]:
    """The standings of the claims of one report: a moved one at the place, of those that it has, where the
    passages beside it lead one to expect it; `confirmed` where they lead there. An exact one that they lead
    away from has all places of its words: it may have come to stand there by chance."""
    chain = _chain(
        {
            (claim.start, each.start)
            for claim, each in zip(claims, found, strict=True)
            if len(each.places) == 1
        }
    )
    return [
        _placed(claim, each, chain)
        if each.outcome == "moved"
        else _by_chance(text, claim, each, chain)
        for claim, each in zip(claims, found, strict=True)
    ]


def _placed(claim: Claim, each: Standing, chain: Sequence[_Pair]) -> Standing:
    near, far = _expected(claim, chain, 0), _expected(claim, chain, APART)
    if len(each.places) > 1 and near:
        start = min(each.places, key=lambda place: abs(place - near[0]))
    else:
        start = each.start
    kept = len(each.places) > 1 or (claim.start, start) in chain
    return each._replace(
        start=start,
        end=start + claim.end - claim.start,
        confirmed=kept and start in far,
    )


def _by_chance(text: str, claim: Claim, each: Standing, chain: Sequence[_Pair]) -> Standing:
    expected = _expected(claim, chain, APART)
    if each.outcome != "exact" or not expected or each.start in expected:
        return each
    places = standing_places(text, text[each.start : each.end], each.start)
    return each._replace(places=tuple(places))


def _expected(claim: Claim, chain: Sequence[_Pair], apart: int) -> list[int]:
    """Where the links of the chain before and after a passage lead one to expect it, so far apart from it
    at least; the nearer first."""
    first = bisect_left(chain, (claim.start - apart, 0))
    last = bisect_left(chain, (claim.end + apart, 0))
    found = [*chain[max(first - 1, 0) : first], *chain[last : last + 1]]
    nearest = sorted(found, key=lambda pair: abs(pair[0] - claim.start))
    return [claim.start + now - was for was, now in nearest]


def _chain(pairs: Iterable[_Pair]) -> list[_Pair]:
    """The longest chain of passages that are in the order in which they were (patience sorting)."""
    ends: list[int] = []
    last: list[_Pair] = []
    before: dict[_Pair, _Pair | None] = {}
    for pair in sorted(pairs):
        at = bisect_left(ends, pair[1])
        before[pair] = last[at - 1] if at else None
        ends[at : at + 1], last[at : at + 1] = [pair[1]], [pair]
    chain: list[_Pair] = []
    link = last[-1] if last else None
    while link is not None:
        chain.append(link)
        link = before[link]
    return chain[::-1]
