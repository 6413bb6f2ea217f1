"""How a cluster sees folded text: a word of its index at every character.

An ASCII word or number must not be cut (`indexer.text.fold.cuts_word`), so where a character of one
stands in it is part of the character: alone, first, inside, last, each a private-use code point, as are
space and line end. One code point each: a phrase is found exactly where its encoding stands.

Beside each character and each pair, the index holds marked ones, which say that jieba's words begin or
end there: `<中国` begins one, `中国>` ends one, `<中国>` does both, and `!<中` is a word of one character.
"""

from __future__ import annotations

import re
from itertools import product

import numpy as np
from numpy.typing import NDArray

from indexer.arrays.segment import NEWLINE, U1, Bools
from indexer.text.fold_array import CodeUnits

Codes = NDArray[np.uint32]

BEGINS, ENDS, ALONE, ABSENT = "<", ">", "!", "-"
GAP = "_"
"""Stands in a phrase of the index's words where none is asked for."""
CAPTURED = ("^..(.)", "^..(..)", "^.(<..)", "^..(..>)", "^.(<..>)", "^(!<.)")
"""The words of the index that one written by `written` becomes, as regular expressions of Java."""
_WORD = "0123456789abcdefghijklmnopqrstuvwxyz."
_RUN = re.compile(f"[{re.escape(_WORD)}]+")
_PRIVATE = 0xE000
_STATES = 64  # code points from one place in a word to the next
_SINGLE, _FIRST, _INNER, _LAST = range(4)
_SPACE, _LINE_END = _PRIVATE + 0x3F0, _PRIVATE + 0x3F1
_PLACES: Codes = np.full(128, len(_WORD), np.uint32)
_PLACES[[ord(c) for c in _WORD]] = np.arange(len(_WORD))


def encode(folded: str) -> str:
    """One code point for each of one folded line, or of a phrase."""
    return _RUN.sub(_encoded_run, folded).replace(" ", chr(_SPACE))


def _encoded_run(match: re.Match[str]) -> str:
    run = match.group()
    if len(run) == 1:
        return _placed(run, _SINGLE)
    inner = "".join(_placed(char, _INNER) for char in run[1:-1])
    return _placed(run[0], _FIRST) + inner + _placed(run[-1], _LAST)


def _placed(char: str, state: int) -> str:
    return chr(_PRIVATE + _STATES * state + _WORD.index(char))


def encodings(piece: str, *, open_left: bool, open_right: bool) -> list[str]:
    """What a piece of a wildcard may be encoded as, by what stands in the gaps beside it."""
    runs = list(_RUN.finditer(piece))
    lefts = (False, True) if open_left and runs and runs[0].start() == 0 else (False,)
    rights = (False, True) if open_right and runs and runs[-1].end() == len(piece) else (False,)
    found = set()
    for left, right in product(lefts, rights):
        coded = encode("0" * left + piece + "0" * right)
        found.add(coded[left : len(coded) - right])
    return sorted(found)


def written(folded: CodeUnits, begins: Bools) -> list[str]:
    """For each character of folded lines, each ended by a line end, what becomes the words of the index
    there. `begins`: for each code unit, whether a word begins at it."""
    low = (folded & 0xFC00) == 0xDC00
    kept = np.flatnonzero(~low)
    codes = folded[kept].astype(np.uint32)
    pairs = np.flatnonzero(low)
    highs = np.searchsorted(kept, pairs) - 1
    codes[highs] = 0x10000 + ((codes[highs] & 0x3FF) << 10) + (folded[pairs] & 0x3FF)
    starts = np.append(begins[kept], [True, True])
    coded = np.append(_encoded(codes), _LINE_END)
    ends = coded[:-1] == _LINE_END
    rows = np.empty((len(codes), 6), np.uint32)
    rows[:, 0] = np.where(starts[:-2] & starts[1:-1], ord(ALONE), ord(ABSENT))
    rows[:, 1] = np.where(starts[:-2], ord(BEGINS), ord(ABSENT))
    rows[:, 2], rows[:, 3] = coded[:-1], coded[1:]
    rows[:, 4] = np.where(starts[2:] & ~(coded[1:] == _LINE_END), ord(ENDS), ord(ABSENT))
    rows[:, 5] = ord(" ")
    words = rows.astype("<u4").tobytes().decode("utf-32-le").split(" ")[:-1]
    for at in np.flatnonzero(ends).tolist():
        words[at] = chr(_LINE_END)
    return words


def _encoded(codes: Codes) -> Codes:
    """`encode`, of many lines."""
    ascii_ = np.where(codes < len(_PLACES), codes, ord("~"))
    places = _PLACES[ascii_]
    inside = places < len(_WORD)
    before = np.append(False, inside[:-1])[: len(codes)]
    after = np.append(inside[1:], False)[: len(codes)]
    states = np.select([before & after, before, after], [_INNER, _LAST, _FIRST], _SINGLE)
    found = np.where(inside, _PRIVATE + _STATES * states + places, codes).astype(np.uint32)
    found[codes == ord(" ")] = _SPACE
    found[codes == NEWLINE] = _LINE_END
    return found


def unpacked(bits: U1 | bytes, count: int) -> Bools:
    """Bits packed as by np.packbits."""
    return np.unpackbits(np.frombuffer(bits, np.uint8), count=count).astype(bool)
