"""The longest increasing subsequence: of pairs in order on one side, those in order on the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The indices of one of the longest strictly increasing subsequences, ascending: n log n.

    Fredman 1975: the last value of the best subsequence of each length is kept.
    """
    last: list[int] = []
    at_length: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(last, value)
        before.append(at_length[length - 1] if length else -1)
        last[length : length + 1] = [value]
        at_length[length : length + 1] = [at]
    found: list[int] = []
    at = at_length[-1] if at_length else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
