"""From folded text back to the text as printed, for many positions at once.

A segment keeps one bit a printed code unit: a folded one came from here. In all but a few lines the
i-th folded code unit came from the i-th of these; the others (a character that folds to several,
like ㎡) are folded anew.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.find import bits_at
from indexer.arrays.locate import holding
from indexer.arrays.segment import U4, Ints, SegmentArrays
from indexer.text.fold import fold_with_origins
from indexer.text.fold_array import code_units, folded_sizes, text_of
from search.budget import checkpoint

_AT_ONCE = 1 << 20  # printed code units of lines looked at together, a line at least


def origins(segment: SegmentArrays, positions: U4) -> Ints:
    """Where in `printed` each position of `folded` came from; the positions' lines ascend."""
    of_position = holding(segment.line_folded, positions)
    firsts = first_of_each(of_position)
    lines = of_position[firsts]
    inverse = np.repeat(np.arange(len(lines)), np.diff(firsts, append=len(positions)))
    sums = np.cumsum(segment.line_printed[lines + 1] - segment.line_printed[lines], dtype=np.int64)
    parts = [np.zeros(0, np.int64)]
    first = 0
    while first < len(lines):
        checkpoint()
        done = int(sums[first - 1]) if first else 0
        end = max(first + 1, int(np.searchsorted(sums, done + _AT_ONCE, "right")))
        here = slice(*np.searchsorted(inverse, [first, end]).tolist())
        parts.append(_origins(segment, lines[first:end], inverse[here] - first, positions[here]))
        first = end
    return np.concatenate(parts)


def _origins(segment: SegmentArrays, lines: Ints, inverse: Ints, positions: U4) -> Ints:
    """The same of positions in some lines; `inverse`: for each position, the index of its line in `lines`."""
    firsts = segment.line_printed[lines].astype(np.int64)
    lengths = segment.line_printed[lines + 1] - firsts
    begins = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(firsts - begins, lengths)
    segment.file.require_each("kept", firsts >> 3, (firsts + lengths + 7) >> 3)
    kept = bits_at(segment.kept, places)
    counts = np.add.reduceat(kept, begins, dtype=np.int64)
    folded_firsts = segment.line_folded[lines].astype(np.int64)
    regular = counts == segment.line_folded[lines + 1] - folded_firsts
    within = positions - folded_firsts[inverse]
    ranks = (np.cumsum(counts) - counts)[inverse] + within
    found: Ints = places[kept][np.where(regular[inverse], ranks, 0)]
    others = np.flatnonzero(~regular)
    bounds = np.searchsorted(inverse, [others, others + 1]).T.tolist()
    for line, bound in zip(others.tolist(), bounds, strict=True):
        here = slice(*bound)
        found[here] = firsts[line] + _code_unit_origins(segment, int(lines[line]))[within[here]]
    return found


def _code_unit_origins(segment: SegmentArrays, line: int) -> Ints:
    """For each folded code unit of a line, the index of the printed code unit that it came from."""
    first, end = segment.line_printed[line : line + 2].tolist()
    printed = segment.printed[first:end]
    kept = np.flatnonzero(bits_at(segment.kept, np.arange(first, end)))
    if not ((printed & 0xF800) == 0xD800).any():
        found: Ints = np.repeat(kept, folded_sizes(printed[kept]))
        return found
    text = text_of(printed)
    folded, sources = fold_with_origins(text[:-1])
    starts = list(accumulate((len(code_units(c)) for c in text), initial=0))
    return np.repeat([starts[s] for s in sources], [len(code_units(c)) for c in folded])


def code_points(segment: SegmentArrays, places: Ints) -> Ints:
    """Places in `printed`, counted in code points instead of code units.

    That is the place less the low surrogates up to it; for a low surrogate, its character's place.
    """
    if not len(segment.printed_low):
        return places
    return places - np.searchsorted(segment.printed_low, places, "right")
