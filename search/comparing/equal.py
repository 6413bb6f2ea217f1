"""Lines that are equal, each with one: where a line stands several times, those with equal neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from search.comparing.figures import is_figures


def equal_lines(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Indices in `b` by those in `a`; lines are folded. Figures are paired beside other pairs only.

    Time and memory grow with the number of lines.
    """
    pairs = _unique(a, b)
    _extend(a, b, pairs, list(pairs.items()), 1)
    _extend(a, b, pairs, list(pairs.items()), -1)
    _extend(a, b, pairs, [(-1, -1)], 1)
    _extend(a, b, pairs, [(len(a), len(b))], -1)
    _in_order(a, b, pairs)
    return pairs


def _places(lines: Sequence[str]) -> dict[str, list[int]]:
    """Where each line stands, figures left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        places[line].append(at)
    return {line: found for line, found in places.items() if not is_figures(line)}


def _unique(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Those that stand once in each."""
    there = _places(b)
    return {
        at[0]: there[line][0]
        for line, at in _places(a).items()
        if len(at) == 1 and len(there.get(line, ())) == 1
    }


def _extend(
    a: Sequence[str],
    b: Sequence[str],
    pairs: dict[int, int],
    known: Iterable[tuple[int, int]],
    step: int,
) -> None:
    """Add the neighbours on one side of what is known to be paired, and theirs."""
    taken = set(pairs.values())
    for at, to in known:
        at, to = at + step, to + step
        while 0 <= at < len(a) and 0 <= to < len(b) and a[at] == b[to]:
            if at in pairs or to in taken:
                break
            pairs[at] = to
            taken.add(to)
            at, to = at + step, to + step


def _in_order(a: Sequence[str], b: Sequence[str], pairs: dict[int, int]) -> None:
    """Add what is left of each line, the first with the first."""
    taken = set(pairs.values())
    left = _places([line if at not in taken else "" for at, line in enumerate(b)])
    for line, places in _places(a).items():
        free = [at for at in places if at not in pairs]
        there = [at for at in left.get(line, ()) if at not in taken]
        pairs.update(zip(free, there, strict=False))
