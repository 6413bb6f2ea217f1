"""What a request may cost: charged to the thread that works, checked between steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

import pytest

from search import budget
from search.budget import Budget, BudgetError, Limits, limited


class Clock:
    """A CPU clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(time, "thread_time", found)
    return found


def key_of(call: Callable[[], object]) -> str:
    with pytest.raises(BudgetError) as raised:
        call()
    assert raised.value.hint is not None
    return raised.value.message.key


def test_nobody_is_limited_who_set_no_limits(clock: Clock) -> None:
    clock.now += 1_000
    budget.checkpoint()
    budget.room(1 << 60)
    budget.markable(1 << 60)
    with budget.share(0.5), budget.uncharged():
        budget.checkpoint()


def test_time_is_spent_between_checks(clock: Clock) -> None:
    with limited(Budget(Limits(seconds=2))):
        clock.now += 2
        budget.checkpoint()
        clock.now += 0.01
        assert key_of(budget.checkpoint) == "budget_time"
        assert key_of(budget.checkpoint) == "budget_time"  # and stays spent
    budget.checkpoint()


def test_memory_and_marks(clock: Clock) -> None:
    with limited(Budget(Limits(memory=1 << 20, marks=7))):
        budget.room(1 << 20)
        budget.markable(7)
        assert key_of(lambda: budget.room((1 << 20) + 1)) == "budget_memory"
        assert key_of(lambda: budget.markable(8)) == "budget_marks"


def test_a_part_leaves_something_for_what_comes_after(clock: Clock) -> None:
    with limited(Budget(Limits(seconds=2))):
        clock.now += 1
        with budget.share(0.5):
            clock.now += 0.5
            budget.checkpoint()
            clock.now += 0.1
            assert key_of(budget.checkpoint) == "budget_time"
        budget.checkpoint()
        clock.now += 0.5
        assert key_of(budget.checkpoint) == "budget_time"


def test_what_is_made_for_all_is_charged_to_nobody(clock: Clock) -> None:
    with limited(Budget(Limits(seconds=2))):
        with budget.share(0.5):
            with budget.uncharged():
                clock.now += 100
                budget.checkpoint()
            budget.checkpoint()
        budget.checkpoint()
        clock.now += 2.1
        assert key_of(budget.checkpoint) == "budget_time"
        with budget.uncharged():
            budget.checkpoint()


def test_threads_that_work_for_one_request_share_its_budget(clock: Clock) -> None:
    raised: list[str] = []

    def step(seconds: float) -> None:
        clock.now += seconds
        try:
            budget.checkpoint()
        except BudgetError as error:
            raised.append(error.message.key)

    with limited(Budget(Limits(seconds=2))):
        work = budget.carried(step)
        began = clock.now
        for seconds in (1.5, 1.0):
            thread = Thread(target=work, args=(seconds,))
            thread.start()
            thread.join()
        assert raised == ["budget_time"]
        clock.now = began  # this thread's own clock
        assert key_of(budget.checkpoint) == "budget_time"


def test_each_check_tells_what_was_spent(clock: Clock) -> None:
    told: list[float] = []
    with limited(Budget(Limits(), told.append)):
        clock.now += 0.5
        budget.checkpoint()
        with budget.share(0.5):
            clock.now += 0.25
            budget.checkpoint()
    assert told == [0.5, 0.75]
