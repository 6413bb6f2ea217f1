"""Which segments a commit merges: the small ones, so that there are ever few and commits are quick.

Segments are merged from the smallest up as long as the next one is not more than twice as long as
all before it together: each text is rewritten some log2(corpus / commit) times at most.
"""

from __future__ import annotations

from collections.abc import Sequence

_RATIO = 2
_SPARSE = 0.5
"""A segment is rewritten when so small a part of its text is left."""


def to_merge(lengths: Sequence[int], living: Sequence[float], added: int) -> list[int]:
    """Indexes of the segments to merge into a commit that adds `added` code units.

    `lengths` are the segments' code units, `living` the parts of them that are not deleted.
    """
    chosen = {at for at, part in enumerate(living) if part < _SPARSE}
    total = added + sum(int(lengths[at] * living[at]) for at in chosen)
    for at in sorted(set(range(len(lengths))) - chosen, key=lambda at: lengths[at]):
        if lengths[at] > _RATIO * total:
            break
        chosen.add(at)
        total += int(lengths[at] * living[at])
    return sorted(chosen)
