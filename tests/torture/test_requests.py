"""A hundred thousand requests drawn at random, in parts of seeds of their own: none fails or costs too much."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from search.budget import Limits
from search.local.engine import IndexEngine
from tests.conftest import SAMPLES
from tests.drawn_requests import DrawnRequests
from tests.fuzzed import Ledger
from tests.fuzzing import LATE, texts_of
from tests.fuzzing_requests import application, known, run
from tests.torture.test_torture import ALL
from web.http.budgets import WIDER

PARTS, EACH = (20, 5_000) if ALL else (1, 50)


@pytest.mark.parametrize("part", range(PARTS))
def test_requests(samples: IndexEngine, tmp_path: Path, part: int) -> None:
    app = application(samples, tmp_path / "saved", SAMPLES)
    chooser, ledger = Random(1_800 + part), Ledger(WIDER * Limits().seconds + LATE)
    drawn = DrawnRequests(chooser, app.url_map, known(samples, app), texts_of(samples))
    run(app, islice(drawn, EACH), ledger)
    ledger.tell()
    assert not ledger.wrong, "\n".join(ledger.wrong)
