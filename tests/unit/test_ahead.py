"""Working ahead in threads: in order, a few at a time, nothing after a failure."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from indexer.arrays.ahead import THREADS, ahead


def test_results_come_in_the_order_of_their_items() -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.02 if number == 0 else 0)
        return number * number

    assert list(ahead(slow_first, range(9))) == [number * number for number in range(9)]
    assert list(ahead(slow_first, [])) == []


def test_no_more_items_are_taken_than_threads_can_work_on() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    for yielded, _ in enumerate(ahead(str, items()), start=1):
        assert len(taken) - yielded < THREADS


def test_a_failure_is_raised_in_its_place_and_what_waits_is_dropped() -> None:
    def inverse(number: int) -> float:
        return 1 / number

    results = ahead(inverse, [1, 2, 0, *range(1, 1_000)])
    assert [next(results), next(results)] == [1, 0.5]
    with pytest.raises(ZeroDivisionError):
        next(results)
    with pytest.raises(StopIteration):
        next(results)
