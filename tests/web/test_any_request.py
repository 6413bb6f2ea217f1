"""Requests drawn at random: none fails, leaves an error in the log, or costs more than it may.

`make test` draws some hundred, `make torture` 100,000 in parts (tests/torture/test_requests.py).
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from search.budget import Limits
from search.local.engine import IndexEngine
from tests.conftest import SAMPLES
from tests.depth import draws
from tests.drawn_requests import DrawnRequests, form_fields, parameters
from tests.fuzzed import Ledger
from tests.fuzzing import LATE, texts_of
from tests.fuzzing_requests import Answered, application, faults_of, guarded, known, run
from web.http.application import Application
from web.http.budgets import WIDER


@pytest.fixture
def app(samples: IndexEngine, tmp_path: Path) -> Application:
    return application(samples, tmp_path / "saved", SAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("users", [False, True])
def test_any_request_is_answered(
    samples: IndexEngine, app: Application, tmp_path: Path, users: bool
) -> None:
    chooser, ledger = Random(18), Ledger(WIDER * Limits().seconds + LATE)
    there = known(samples, app)
    if users:
        there = there._replace(cookie=guarded(app, tmp_path))
    drawn = DrawnRequests(chooser, app.url_map, there, texts_of(samples))
    run(app, islice(drawn, draws(750)), ledger)
    assert not ledger.wrong, "\n".join(ledger.wrong)
    assert {"200", "303", "400", "403", "404", "405"} <= set(ledger.ends)


def test_a_failure_is_seen(app: Application, samples: IndexEngine) -> None:
    """Of a view, and of what is made while it is sent."""

    def fails() -> str:
        raise ZeroDivisionError

    def ends() -> object:
        yield b"some"
        raise ZeroDivisionError

    app.add_url_rule("/fails", "fails", fails)
    app.add_url_rule("/ends", "ends", lambda: app.response_class(ends()))
    drawn = DrawnRequests(Random(1), app.url_map, known(samples, app), texts_of(samples))
    ledger = Ledger(99)
    plain = next(drawn)._replace(method="GET", query=b"", headers={}, body=b"")
    run(app, [plain._replace(path=path) for path in (b"/fails", b"/ends", b"/")], ledger)
    assert ledger.ends == {"500": 1, "failed": 1, "200": 1}
    assert len(ledger.wrong) == 3  # of the first, its status and its log


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        (Answered(504, [("A", "b")], 0.1, 2.0), 0),
        (Answered(501, [], 0.1, 2.0), 1),
        (Answered(200, [("A", "b\r\nC: d")], 0.1, 2.0), 1),
        (Answered(200, [], 2.6, 2.0), 1),
    ],
)
def test_what_is_a_fault(answer: Answered, count: int) -> None:
    assert len(list(faults_of(answer))) == count


def test_the_grammar_knows_parameters_and_fields() -> None:
    assert {"q", "year", "issuer_like", "cursor", "view", "done"} <= set(parameters())
    assert {"token", "note", "queries", "back", "password"} <= set(form_fields())
