"""Lines that are nothing but figures, such as the cells of a table that was copied as text.

Where they are equal says little, and where they differ they have nothing in common: what tells which is
which is their place between lines that are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from search.comparing.increasing import longest_increasing

_FIGURES = re.compile(r"[0-9][0-9. ]*")


def is_figures(folded: str) -> bool:
    """Whether a folded line has digits only."""
    return _FIGURES.fullmatch(folded) is not None


def figures_in_place(
    a: Sequence[str], b: Sequence[str], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Of the folded lines between two pairs, the first figures with the first, where they are as many."""
    known = sorted(pairs.items())
    ordered = [known[at] for at in longest_increasing([to for _, to in known])]
    taken = set(pairs.values())
    for before, after in pairwise([(-1, -1), *ordered, (len(a), len(b))]):
        left = [
            at for at in range(before[0] + 1, after[0]) if at not in pairs and is_figures(a[at])
        ]
        right = [
            at for at in range(before[1] + 1, after[1]) if at not in taken and is_figures(b[at])
        ]
        if len(left) == len(right):
            yield from zip(left, right, strict=True)
