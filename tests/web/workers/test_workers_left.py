"""What a worker does not make is made by the front, or by the worker for what is heavy."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

from search.local.engine import IndexEngine
from search.local.live import warmed
from search.source import FixedSource
from tests.web.workers.tools import ON_LINUX, Front, made_app, until
from web.workers.setup import setup_of
from web.workers.worker import DECLINED, HEAVY, answer

pytestmark = ON_LINUX


def test_what_is_sent_while_it_is_made_is_left_to_the_front(index: Path) -> None:
    engine = IndexEngine(index)
    app = made_app(FixedSource(engine), index)
    with app.test_request_context("/search.csv?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    assert answer(app, engine.state, {"environ": environ, "reader": None}) == (DECLINED, b"")


def test_what_turns_out_heavy_is_left_to_another(index: Path) -> None:
    engine = IndexEngine(index)
    front = made_app(FixedSource(engine), index)
    setup = setup_of(front, warmed, index, None)
    app = replace(setup, leaves=60.0).application(engine)
    with front.test_request_context("/?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    asked = {"environ": environ, "reader": None}
    assert answer(app, engine.state, asked)[0]["status"] == "200 OK"
    app = replace(setup, leaves=0.0).application(engine)
    assert answer(app, engine.state, asked) == (HEAVY, b"")
    assert not app.turns.held


def test_one_worker_makes_what_is_heavy(index: Path) -> None:
    source = FixedSource(IndexEngine(index))
    with Front(made_app(source, index), source, index, leaves=0.0) as front:
        front.wait()
        until(lambda: front.crew.heavy)
        client = front.app.test_client()
        assert client.get("/?q=公开").status_code == 200
        assert len(front.made) == 2, "it was asked for twice"
        assert front.made[0] is None
        assert front.made[1]
        heavy = front.crew.heavy
        os.kill(heavy, signal.SIGKILL)
        assert client.get("/?q=内容").status_code in (200, 503)
        until(lambda: front.crew.heavy not in (0, heavy))
        assert client.get("/?q=内容").status_code == 200
    assert not front.app.turns.heavy


def test_an_index_that_was_found_damaged_is_left_to_the_front(index: Path) -> None:
    engine = IndexEngine(index)
    app = made_app(FixedSource(engine), index)
    with app.test_request_context("/?q=公开") as context:
        environ = {k: v for k, v in context.request.environ.items() if isinstance(v, str)}
    assert answer(app, engine.state, {"environ": environ, "reader": None}) != (DECLINED, b"")
    assert answer(app, "before", {"environ": environ, "reader": None}) == (DECLINED, b"")
