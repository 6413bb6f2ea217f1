"""Folding many lines at once: `fold` on arrays of UTF-16 code units.

A table tells what a unit becomes. A line that holds a unit it cannot tell of (a character that
becomes several, or one above U+FFFF) is folded by `fold_with_origins` and spliced in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.text.fold import COMMA, STOP, fold_spaced, fold_with_origins, mark_of

Units = NDArray[np.uint16]
Bits = NDArray[np.bool_]

LINE_END = 10
_IRREGULAR, _UNSEEN = 4, 5  # beside the marks of separators, below all that folding keeps
_BECOMES: Units = np.full(1 << 16, _UNSEEN, np.uint16)
_BECOMES[0xD800:0xE000] = _IRREGULAR
_BECOMES[LINE_END] = LINE_END


@dataclass(frozen=True, slots=True)
class FoldedUnits:
    """Lines folded at once; a code point above U+FFFF is two units.

    `folded`: each folded line ended by "\\n" (10). `kept`: bool over the printed code units: a folded
    unit came from here (the line's "\\n" too). `gaps`: bool over the folded code units: separators
    vanished just before this one (what `fold_spaced` marks by "\\n").

    In a regular line the i-th folded code unit came from the i-th kept one; a joint (the "." or space
    that separators leave) came from the unit after the character before it. A character that
    folds to more units than it is printed in keeps its first unit only, so a line is regular if
    and only if it has as many kept units as folded ones.
    """

    folded: Units
    kept: Bits
    gaps: Bits


def units_of(text: str) -> Units:
    """UTF-16 code units, read-only; lone surrogates pass."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


def text_of(units: Units) -> str:
    """The text of UTF-16 code units; lone surrogates pass."""
    return units.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")


def fold_units(printed: Units) -> FoldedUnits:
    """Every line folded by itself. `printed`: lines, each ended by "\\n" (10)."""
    marks = _marks(printed)
    kept = marks > _UNSEEN
    sources = np.flatnonzero(kept)
    folded = marks[sources]
    gaps = np.diff(sources, prepend=-1) > 1
    ascii_word = (folded < 128) & (folded != LINE_END)
    between = np.flatnonzero(gaps[1:] & ascii_word[1:] & ascii_word[:-1]) + 1
    joints = _joints(marks, sources[between - 1], sources[between])
    gaps[between] = False
    joined = between[joints > 0]
    kept[sources[joined - 1] + 1] = True
    lines = FoldedUnits(
        np.insert(folded, joined, joints[joints > 0]), kept, np.insert(gaps, joined, False)
    )
    irregular = np.flatnonzero(marks == _IRREGULAR)
    return _spliced(lines, printed, irregular) if len(irregular) else lines


def _marks(printed: Units) -> Units:
    """What each unit becomes: a unit, the mark of a separator, or _IRREGULAR."""
    marks = _BECOMES[printed]
    unseen = marks == _UNSEEN
    if not unseen.any():
        return marks
    for unit in np.unique(printed[unseen]).tolist():
        mark = mark_of(unit)
        _BECOMES[unit] = ord(mark) if len(mark) == 1 and mark <= "\uffff" else _IRREGULAR
    return _BECOMES[printed]


def folded_sizes(kept: Units) -> NDArray[np.intp]:
    """How many folded code units each kept printed code unit became: one, but of irregular ones.

    No surrogates: what a character above U+FFFF becomes is not told by its units.
    """
    sizes = np.ones(len(kept), np.intp)
    for at in np.flatnonzero(_marks(kept) == _IRREGULAR).tolist():
        becomes = "".join(c for c in mark_of(int(kept[at])) if ord(c) > _UNSEEN)
        sizes[at] = len(units_of(becomes))
    return sizes


def _joints(marks: Units, left: NDArray[np.intp], right: NDArray[np.intp]) -> Units:
    """What stays between the ASCII letters or digits at `left` and `right`; 0 for nothing."""
    alone = (right - left == 2) & (marks[left] <= ord("9"))
    separator = marks[left + 1]
    stop = alone & (separator == ord(STOP)) & (marks[right] <= ord("9"))
    comma = alone & (separator == ord(COMMA))
    comma[comma] = _thousands(marks, right[comma])
    joints: Units = np.full(len(left), ord(" "), np.uint16)
    joints[stop] = ord(".")
    joints[comma] = 0
    return joints


def _thousands(marks: Units, at: NDArray[np.intp]) -> Bits:
    """Whether exactly three digits, of any script, begin at each place."""
    window = marks[np.minimum(at[:, None] + np.arange(4), len(marks) - 1)]
    digits = np.char.isdecimal(window.astype(np.uint32).view("U1"))
    exact: Bits = digits[:, :3].all(axis=1) & ~digits[:, 3]
    return exact


def _spliced(lines: FoldedUnits, printed: Units, irregular: NDArray[np.intp]) -> FoldedUnits:
    """`lines` with those that hold an irregular unit folded anew."""
    ends = np.flatnonzero(printed == LINE_END)
    folded_ends = np.flatnonzero(lines.folded == LINE_END)
    pieces: list[FoldedUnits] = []
    done = folded_done = 0
    for line in np.unique(np.searchsorted(ends, irregular)).tolist():
        start, end = _line(ends, line)
        folded_start, folded_end = _line(folded_ends, line)
        pieces.append(_part(lines, done, start, folded_done, folded_start))
        pieces.append(_fold_line(text_of(printed[start : end - 1])))
        done, folded_done = end, folded_end
    pieces.append(_part(lines, done, len(printed), folded_done, len(lines.folded)))
    return FoldedUnits(
        np.concatenate([piece.folded for piece in pieces]),
        np.concatenate([piece.kept for piece in pieces]),
        np.concatenate([piece.gaps for piece in pieces]),
    )


def _line(ends: NDArray[np.intp], line: int) -> tuple[int, int]:
    """First unit of a line, and the one after its "\\n"."""
    return (int(ends[line - 1]) + 1 if line else 0), int(ends[line]) + 1


def _part(
    lines: FoldedUnits, start: int, end: int, folded_start: int, folded_end: int
) -> FoldedUnits:
    return FoldedUnits(
        lines.folded[folded_start:folded_end],
        lines.kept[start:end],
        lines.gaps[folded_start:folded_end],
    )


def _fold_line(line: str) -> FoldedUnits:
    """Any line, given without its "\\n"."""
    spaced = units_of(fold_spaced(line) + "\n")
    vanished = spaced == LINE_END
    vanished[-1] = False
    kept = np.zeros(len(units_of(line)) + 1, np.bool_)
    kept[[*_kept(line), -1]] = True
    return FoldedUnits(spaced[~vanished], kept, np.roll(vanished, 1)[~vanished])


def _kept(line: str) -> Iterator[int]:
    """The units of a line that its folded code units came from."""
    folded, origins = fold_with_origins(line)
    sizes = [2 if character > "\uffff" else 1 for character in line]
    starts = list(accumulate(sizes, initial=0))
    uses = Counter(origins)
    for character, origin in zip(folded, origins, strict=True):
        yield starts[origin]
        if character > "\uffff" and uses[origin] == 1:
            yield starts[origin] + sizes[origin] - 1
