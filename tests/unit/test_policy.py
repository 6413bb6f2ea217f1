"""Which segments a commit merges."""

from __future__ import annotations

import pytest

from indexer.store.policy import to_merge


@pytest.mark.parametrize(
    ("lengths", "living", "added", "merged"),
    [
        pytest.param([], [], 100, [], id="the first commit"),
        pytest.param([1_000_000], [1.0], 100, [], id="a large segment stays"),
        pytest.param([1_000_000, 100], [1.0, 1.0], 100, [1], id="a small one is merged"),
        pytest.param([400, 1_000_000, 100], [1.0, 1.0, 1.0], 100, [0, 2], id="then the next"),
        pytest.param([1_000, 100], [1.0, 1.0], 100, [1], id="but none over twice the rest"),
        pytest.param([1_000_000], [0.4], 0, [0], id="mostly deleted"),
        pytest.param([1_000_000], [0.0], 0, [0], id="all deleted"),
        pytest.param([1_000_000], [0.6], 0, [], id="some deleted"),
    ],
)
def test_to_merge(lengths: list[int], living: list[float], added: int, merged: list[int]) -> None:
    assert to_merge(lengths, living, added) == merged


def test_many_small_commits_leave_few_segments() -> None:
    lengths: list[int] = [1_000_000]
    most = rewritten = 0
    for _ in range(1_000):
        chosen = to_merge(lengths, [1.0] * len(lengths), 100)
        new = 100 + sum(lengths[at] for at in chosen)
        rewritten += new
        lengths = [n for at, n in enumerate(lengths) if at not in chosen] + [new]
        most = max(most, len(lengths))
    assert sum(lengths) == 1_100_000
    assert most <= 10
    assert rewritten <= 1_000 * 100 * 20
