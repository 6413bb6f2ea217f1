"""Folding many lines at once: `fold` on arrays of UTF-16 code units.

A table tells what a code unit becomes. Where it cannot tell (a character that becomes several, or one
above U+FFFF), the stretch around it is folded by `fold_with_origins` and spliced in.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.text.fold import (
    COMMA,
    END,
    SENTENCE_END,
    STOP,
    fold_spaced,
    fold_with_origins,
    mark_of,
)

CodeUnits = NDArray[np.uint16]
Bits = NDArray[np.bool_]

Places = NDArray[np.intp]

LINE_END, GAP = 10, 9
_IRREGULAR, _UNSEEN = 5, 6  # beside the marks of separators, below all that folding keeps
_BECOMES: CodeUnits = np.full(1 << 16, _UNSEEN, np.uint16)
_BECOMES[0xD800:0xE000] = _IRREGULAR
_BECOMES[LINE_END] = LINE_END
_HAN = np.array([0x4E00, 0xA000], np.uint16)
_decode = codecs.getdecoder("utf-16-le")  # a fourth of the time that bytes.decode takes
_CLOSE = 64  # code units between stretches: to fold these is cheaper than to begin anew


@dataclass(frozen=True, slots=True)
class FoldedLines:
    """Lines folded at once; a code point above U+FFFF is two code units.

    `folded`: each folded line ended by "\\n" (10). `kept`: bool over the printed code units: a folded
    code unit came from here (the line's "\\n" too). `spaced`: `folded` with a GAP wherever separators
    vanished (what `fold_spaced` marks by "\\n").

    In a regular line the i-th folded code unit came from the i-th kept one; a joint (the ".", space or
    "。" that separators leave) came from the code unit after the character before it. A character that
    folds to more code units than it is printed in keeps its first one only, so a line is regular if
    and only if it has as many kept code units as folded ones.
    """

    folded: CodeUnits
    kept: Bits
    spaced: CodeUnits


def code_units(text: str) -> CodeUnits:
    """UTF-16 code units, read-only; lone surrogates pass."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


def text_of(encoded: CodeUnits) -> str:
    """The text of UTF-16 code units, one after the other in memory; lone surrogates pass."""
    text, _ = _decode(encoded.astype("<u2", copy=False).data, "surrogatepass")
    return text


def fold_code_units(printed: CodeUnits) -> FoldedLines:
    """Every line folded by itself. `printed`: lines, each ended by "\\n" (10)."""
    marks = _marks(printed)
    irregular = np.flatnonzero(marks == _IRREGULAR)
    kept = marks > _UNSEEN
    gap = np.zeros(len(marks), np.bool_)
    gap[:-1] = kept[1:] > kept[:-1]  # the last separator of a run stands for all of it
    ascii_gaps = _between_ascii(marks, kept, gap)
    sentences = _between_sentences(marks, kept)
    _join(marks, kept, gap, ascii_gaps, _joints(marks, *ascii_gaps))
    _join(marks, kept, gap, sentences, np.full(len(sentences[0]), ord(SENTENCE_END), np.uint16))
    folded = np.compress(kept, marks)
    np.putmask(marks, gap, GAP)
    told = kept | gap
    lines = FoldedLines(folded, kept, np.compress(told, marks))
    return _spliced(lines, marks, told, printed, irregular) if len(irregular) else lines


def _between_ascii(marks: CodeUnits, kept: Bits, gap: Bits) -> tuple[Places, Places]:
    """The ASCII letters or digits to the left and to the right of each gap between such."""
    right = np.flatnonzero(gap[:-1] & _ascii_word(marks[1:])) + 1
    left = _kept_before(kept, right - 1)
    both = _ascii_word(marks[left])
    return left[both], right[both]


def _between_sentences(marks: CodeUnits, kept: Bits) -> tuple[Places, Places]:
    """The kept code units to the left and to the right of each gap that ends a sentence of its line,
    those between two ASCII letters or digits aside."""
    ends = np.flatnonzero(marks == ord(END))
    left, right = _kept_before(kept, ends), _kept_after(kept, ends)
    before, after = marks[left], marks[right]
    inside = (before != LINE_END) & (after != LINE_END)
    inside &= ~(_ascii_word(before) & _ascii_word(after))
    return left[inside], right[inside]


def _kept_before(kept: Bits, separators: Places) -> Places:
    """The last kept code unit before each separator, which ascend; where there is none, the last one
    of the text (a "\\n")."""
    found = separators - 1
    far = ~kept[found]  # a run of separators
    if far.any():
        places = np.flatnonzero(kept)
        found[far] = places[np.searchsorted(places, separators[far]) - 1]
    return found


def _kept_after(kept: Bits, separators: Places) -> Places:
    """The first kept code unit after each separator; there is one, since the text ends with "\\n"."""
    found = separators + 1
    far = ~kept[found]
    if far.any():
        places = np.flatnonzero(kept)
        found[far] = places[np.searchsorted(places, separators[far])]
    return found


def _join(
    marks: CodeUnits, kept: Bits, gap: Bits, between: tuple[Places, Places], joints: CodeUnits
) -> None:
    """Put what stays of some gaps, 0 for nothing, behind the kept code units to their left."""
    left, right = between
    gap[right - 1] = False
    joined = left[joints > 0] + 1
    marks[joined] = joints[joints > 0]
    kept[joined] = True


def _ascii_word(marks: CodeUnits) -> Bits:
    """Whether a code unit is an ASCII letter or digit, in marks where only such are kept of ASCII."""
    return (marks < 128) & (marks > LINE_END)


def _marks(printed: CodeUnits) -> CodeUnits:
    """What each code unit becomes: a code unit, the mark of a separator, or _IRREGULAR."""
    marks = _BECOMES.take(printed)  # twice as fast as an index
    unseen = marks == _UNSEEN
    if not unseen.any():
        return marks
    for code_unit in set(printed[unseen].tolist()):
        mark = mark_of(code_unit)
        _BECOMES[code_unit] = ord(mark) if len(mark) == 1 and mark <= "\uffff" else _IRREGULAR
    return _BECOMES.take(printed)


def folded_sizes(kept: CodeUnits) -> NDArray[np.intp]:
    """How many folded code units each kept printed code unit became: one, but of irregular ones.

    No surrogates: what a character above U+FFFF becomes is not told by its code units.
    """
    sizes = np.ones(len(kept), np.intp)
    for at in np.flatnonzero(_marks(kept) == _IRREGULAR).tolist():
        becomes = "".join(c for c in mark_of(int(kept[at])) if ord(c) > _UNSEEN)
        sizes[at] = len(code_units(becomes))
    return sizes


def _joints(marks: CodeUnits, left: Places, right: Places) -> CodeUnits:
    """What stays between the ASCII letters or digits at `left` and `right`; 0 for nothing."""
    alone = (right - left == 2) & (marks[left] <= ord("9"))
    separator = marks[left + 1]
    stop = alone & (separator == ord(STOP)) & (marks[right] <= ord("9"))
    comma = alone & (separator == ord(COMMA))
    comma[comma] = _thousands(marks, right[comma])
    joints: CodeUnits = np.full(len(left), ord(" "), np.uint16)
    joints[stop] = ord(".")
    joints[comma] = 0
    return joints


def _thousands(marks: CodeUnits, at: Places) -> Bits:
    """Whether exactly three digits, of any script, begin at each place."""
    window = marks[np.minimum(at[:, None] + np.arange(4), len(marks) - 1)]
    digits = np.char.isdecimal(window.astype(np.uint32).view("U1"))
    exact: Bits = digits[:, :3].all(axis=1) & ~digits[:, 3]
    return exact


def _spliced(
    lines: FoldedLines, marks: CodeUnits, told: Bits, printed: CodeUnits, irregular: Places
) -> FoldedLines:
    """`lines` with the stretches that hold an irregular code unit folded anew.

    `marks` and `told`: over `printed`, what each code unit becomes and whether `spaced` has it.
    """
    pieces: list[FoldedLines] = []
    done = (0, 0, 0)
    for first, end in _stretches(marks, irregular):
        start = _moved(done, first, lines.kept, told)
        pieces.append(_part(lines, done, start))
        pieces.append(_fold_stretch(text_of(printed[first:end])))
        done = _moved(start, end, lines.kept, told)
    pieces.append(_part(lines, done, (len(printed), len(lines.folded), len(lines.spaced))))
    return FoldedLines(
        np.concatenate([piece.folded for piece in pieces]),
        np.concatenate([piece.kept for piece in pieces]),
        np.concatenate([piece.spaced for piece in pieces]),
    )


def _stretches(marks: CodeUnits, irregular: Places) -> Iterator[tuple[int, int]]:
    """First and end of the stretches around irregular code units: from one Han character, or from
    after a line's end, to the next. What separators leave beyond that character does not depend on what
    stands within. Close ones of a line become one.
    """
    line_ends = marks == LINE_END
    walls = np.flatnonzero((marks - _HAN[0] < _HAN[1] - _HAN[0]) | line_ends)
    nexts = np.searchsorted(walls, irregular)
    firsts = np.where(nexts > 0, walls[nexts - 1] + line_ends[walls[nexts - 1]], 0)
    ends = walls[nexts] + ~line_ends[walls[nexts]]
    lines = np.searchsorted(np.flatnonzero(line_ends), irregular)
    first, end, line = 0, 0, -1
    found = zip(firsts.tolist(), ends.tolist(), lines.tolist(), strict=True)
    for next_first, next_end, next_line in found:
        if next_line > line or next_first > end + _CLOSE:
            if line >= 0:
                yield first, end
            first, line = next_first, next_line
        end = next_end
    yield first, end


def _moved(place: tuple[int, int, int], to: int, kept: Bits, told: Bits) -> tuple[int, int, int]:
    """A place in `kept`, `folded` and `spaced`, moved on to a code unit of `kept`."""
    between = slice(place[0], to)
    return (
        to,
        place[1] + int(np.count_nonzero(kept[between])),
        place[2] + int(np.count_nonzero(told[between])),
    )


def _part(lines: FoldedLines, start: Sequence[int], end: Sequence[int]) -> FoldedLines:
    """Some lines: where they begin and end in `kept`, `folded` and `spaced`."""
    kept, folded, spaced = map(slice, start, end)
    return FoldedLines(lines.folded[folded], lines.kept[kept], lines.spaced[spaced])


def _fold_stretch(text: str) -> FoldedLines:
    """Any text in which no line ends; nor is one ended here."""
    folded, sources = fold_with_origins(text)
    origins = np.array(sources, np.intp)
    spaced = code_units(fold_spaced(text).replace("\n", chr(GAP)))
    sizes = _sizes(text)
    starts = np.cumsum(sizes) - sizes
    whole = (_sizes(folded) == 2) & (np.bincount(origins, minlength=1)[origins] == 1)
    kept = np.zeros(int(sizes.sum()), np.bool_)
    kept[starts[origins]] = True
    kept[(starts + sizes - 1)[origins][whole]] = True
    return FoldedLines(code_units(folded), kept, spaced)


def _sizes(text: str) -> Places:
    """How many code units each code point is."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return 1 + (points > 0xFFFF).astype(np.intp)
