"""How much a run draws: all where GONGKAI_DRAWS=all, as in CI (`make test-deep`); few where it is few, as on another
Python (`make test-quick`), which is to show what that Python does otherwise; a third elsewhere.

Draws that hypothesis makes differ from run to run; those by a seed are the first of them. What is tried in every
combination there (width, colours, scripts, ...) is tried here with each value, but in few combinations.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import Any

_PARTS = {"all": 1, "": 3, "few": 12}
_GIVEN = os.environ.get("GONGKAI_DRAWS", "")
DEEP = _GIVEN == "all"


def draws(whole: int) -> int:
    return -(-whole // _PARTS[_GIVEN])


def crossed(*axes: Sequence[Any], whole: bool = DEEP) -> list[tuple[Any, ...]]:
    """Every combination of one value of each axis; or, if not `whole`, as many as the longest axis has values.

    Those hold every value of every axis and, where they are many enough, each pair of the shorter ones.
    """
    if whole:
        return [*product(*axes)]
    longest = max(range(len(axes)), key=lambda at: len(axes[at]))
    chosen = []
    for number in range(len(axes[longest])):
        step, values = 1, []
        for at, axis in enumerate(axes):
            values.append(axis[(number if at == longest else number // step) % len(axis)])
            step *= 1 if at == longest else len(axis)
        chosen.append(tuple(values))
    return chosen
