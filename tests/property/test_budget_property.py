"""Whatever is asked is answered, refused or stopped; and nothing of what was stopped is kept."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.budget import Budget, BudgetError, Limits, limited
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.depth import draws
from tests.fuzzing import WAYS, asked, requests, texts_of

EACH = 10
"""Requests of a draw."""


@pytest.fixture(scope="module")
def texts(samples: IndexEngine) -> tuple[list[str], list[str]]:
    samples.warm()
    return texts_of(samples)


@pytest.mark.slow
@given(st.randoms(use_true_random=False), st.sampled_from((0.0, 0.01, 0.1, 2.0)))
@settings(max_examples=draws(150))
def test_any_query_is_answered_refused_or_stopped(
    samples: IndexEngine, texts: tuple[list[str], list[str]], chooser: Random, seconds: float
) -> None:
    """That it is stopped in time is measured by `python -m tests.fuzzing`: here another process may slow it."""
    limits = Limits(seconds=seconds, memory=20 << 20)
    for one in islice(requests(chooser, *texts), EACH):
        done = asked(samples, chooser, one, Budget(limits))
        assert done.error is None or done.error.hint, done


@given(
    st.text(st.characters(exclude_categories=()), max_size=40)
    | st.text('"“”„‟″「」『』()（）-&|?*:： NEAROT/0123三务公开title\ud800\x00\n', max_size=60),
    st.randoms(use_true_random=False),
)
@settings(max_examples=draws(300))
def test_any_text_is_answered_or_refused(samples: IndexEngine, query: str, chooser: Random) -> None:
    """Halves of characters too, in whatever way it is asked; another error is raised."""
    done = asked(samples, chooser, SearchRequest(q=query), Budget(Limits()))
    assert done.error is None or done.error.hint


class Checks:
    """A CPU clock by which a step takes one second: a budget of n seconds ends at the n-th check."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.mark.parametrize("seed", range(draws(60)))
def test_what_was_stopped_leaves_no_trace(
    samples: IndexEngine,
    samples_index: Path,
    texts: tuple[list[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """A request is stopped at one of its checks after the other, then asked without a limit."""
    chooser = Random(seed)
    one = next(requests(chooser, *texts))
    how = chooser.choice(list(WAYS))
    engine = IndexEngine(samples_index)
    monkeypatch.setattr(time, "thread_time", Checks())
    stopped = 0
    for seconds in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55):
        ended = _outcome(engine, how, one, seed, Budget(Limits(seconds=seconds)))
        stopped += isinstance(ended, BudgetError)
    monkeypatch.undo()
    after = _outcome(engine, how, one, seed, Budget(Limits(seconds=1e9)))
    fresh = _outcome(samples, how, one, seed, Budget(Limits(seconds=1e9)))
    assert _told(after) == _told(fresh)
    assert stopped or isinstance(after, Exception) or not one.q


def _outcome(
    engine: IndexEngine, how: str, one: SearchRequest, seed: int, budget: Budget
) -> object:
    try:
        with limited(budget):
            return WAYS[how](engine, Random(seed), one)
    except Exception as error:
        return error


def _told(outcome: object) -> str:
    """What can be compared: the milliseconds that a search took are left out."""
    if isinstance(outcome, Exception):
        return f"{type(outcome).__name__}: {outcome}"
    told = repr(outcome)
    before, _, after = told.partition("took_ms=")
    return before + after.partition(",")[2]
