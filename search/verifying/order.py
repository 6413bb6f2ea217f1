"""Words that stand in several places of a report: which place a moved passage has.

The nearest is the likeliest until something was put in before it. Passages of the same report that stand
in one place only tell by how much the text around them has moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from search.verifying.model import Claim
from search.verifying.passage import Standing


def in_order(claims: Sequence[Claim], found: Sequence[Standing]) -> list[Standing]:
    """The standings of the claims of one report; of a moved one with several places, the place nearest to
    where the passages before and after it lead one to expect it."""
    sure = sorted(
        {
            (claim.start, each.start)
            for claim, each in zip(claims, found, strict=True)
            if each.outcome in ("exact", "moved") and len(each.places) == 1
        }
    )
    return [
        _placed(claim, each, sure) if each.outcome == "moved" and len(each.places) > 1 else each
        for claim, each in zip(claims, found, strict=True)
    ]


def _placed(claim: Claim, each: Standing, sure: Sequence[tuple[int, int]]) -> Standing:
    at = bisect_left(sure, (claim.start, 0))
    beside = [*sure[max(at - 1, 0) : at], *sure[at : at + 1]]
    if not beside:
        return each
    was, now = min(beside, key=lambda pair: abs(pair[0] - claim.start))
    expected = claim.start + now - was
    start = min(each.places, key=lambda place: abs(place - expected))
    return each._replace(start=start, end=start + claim.end - claim.start)
