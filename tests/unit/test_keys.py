"""Keys in parts: in the order that one sort of all of them has."""

from __future__ import annotations

import numpy as np
import pytest

from search.local.collect import keys as room
from search.local.collect.keys import in_order


@pytest.mark.parametrize("at_once", [1, 3, 50, 10_000])
@pytest.mark.parametrize("different", [1, 2, 40, 1 << 60])
@pytest.mark.parametrize("count", [0, 1, 7, 500])
def test_parts_are_ordered_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, at_once: int, different: int, count: int
) -> None:
    monkeypatch.setattr(room, "AT_ONCE", at_once)
    monkeypatch.setattr(room, "_SAMPLE", 16)
    draw = np.random.default_rng(count + different)
    keys = draw.integers(0, different, (3, count), dtype=np.uint64)
    ties = draw.integers(0, 5, count)
    expected = np.lexsort((ties, *keys[::-1]))
    assert in_order(keys, ties).tolist() == expected.tolist()
