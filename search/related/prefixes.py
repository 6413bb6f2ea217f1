"""Texts found by how they, or one of their words, begin: a sorted array of word starts.

The texts stand in one array in the order in which they are to be suggested, so that the smallest
positions are the best ones. Word starts are sorted by their first four codes only; what a longer
beginning asks for is compared, all at once, at the places that are left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

END = "\r"
"""Ends every text; no folded text holds it."""
LONGEST = 64
"""Longest beginning that is looked for, in codes."""
_SORTED = 4
"""Codes by which the starts are sorted: as many as 64 bits hold."""
_NO_CODE = 0xFFFD

Codes = NDArray[np.uint16]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """`codes`: all texts, ended by END each; `starts`: where words begin, sorted; `ends`: the ENDs.

    A code is a UTF-16 code unit; all characters that would need two have one and the same.
    """

    codes: Codes
    starts: Places
    ends: Places

    @classmethod
    def of(cls, tokens: Sequence[str]) -> Prefixes:
        """`tokens`: the words of all texts, END after each text's last one."""
        codes = np.concatenate([codes_of("".join(tokens)), np.zeros(LONGEST, dtype=np.uint16)])
        sizes = np.fromiter(map(len, tokens), dtype=np.int32, count=len(tokens))
        firsts = np.cumsum(sizes, dtype=np.int32) - sizes
        words = firsts[(codes[firsts] != ord(END)) & (sizes > 0)]
        order = np.argsort(_keys(codes, words), kind="stable")
        return cls(codes, words[order], np.flatnonzero(codes == ord(END)).astype(np.int32))

    def begun(self, typed: str, limit: int) -> list[int]:
        """Numbers of the texts that begin with `typed`, in their order, at most `limit`."""
        places = self._places(typed)
        return self._texts(places[(places == 0) | (self.codes[places - 1] == ord(END))], limit)

    def within(self, typed: str, limit: int) -> list[int]:
        """Numbers of the texts that hold `typed` where a word begins, in their order."""
        return self._texts(self._places(typed), limit)

    def tokens(self) -> list[str]:
        """The words of all texts, END after each text's last one."""
        text = self.codes[:-LONGEST].tobytes().decode("utf-16-le", "replace")
        cuts = np.sort(np.concatenate([self.starts, self.ends])).tolist()
        return [text[at:end] for at, end in pairwise([*cuts, len(text)])]

    def _places(self, typed: str) -> Places:
        """Word starts where `typed` stands."""
        codes = codes_of(typed)
        if not 0 < len(codes) <= LONGEST:
            return self.starts[:0]
        head, spare = codes[:_SORTED], [0] * _SORTED
        least = _key([*head.tolist(), *spare][:_SORTED])
        most = _key([*head.tolist(), *([0xFFFF] * _SORTED)][:_SORTED])
        first = bisect_left(self.starts, least, key=self._key_at)
        places = self.starts[first : bisect_right(self.starts, most, lo=first, key=self._key_at)]
        for offset in range(_SORTED, len(codes)):
            places = places[self.codes[places + offset] == codes[offset]]
        return places

    def _key_at(self, place: np.int32) -> int:
        return _key(self.codes[place : place + _SORTED].tolist())

    def _texts(self, places: Places, limit: int) -> list[int]:
        size = limit
        while True:
            few = np.partition(places, size)[:size] if size < len(places) else places
            numbers = np.unique(np.searchsorted(self.ends, few))
            if len(numbers) >= limit or len(few) == len(places):
                return [int(number) for number in numbers[:limit]]
            size *= 8  # some texts hold it more than once


def codes_of(text: str) -> Codes:
    """One code for each code point."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    return np.where(points > 0xFFFF, _NO_CODE, points).astype(np.uint16)


def _keys(codes: Codes, starts: Places) -> NDArray[np.uint64]:
    keys = np.zeros(len(starts), dtype=np.uint64)
    for offset in range(_SORTED):
        keys = (keys << np.uint64(16)) | codes[starts + offset]
    return keys


def _key(codes: list[int]) -> int:
    key = 0
    for code in codes:
        key = key << 16 | code
    return key
