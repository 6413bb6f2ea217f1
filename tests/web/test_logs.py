"""Lines of the log: none is made up by a request or a report."""

from __future__ import annotations

import io
import logging
import sys

import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from hypothesis import given
from hypothesis import strategies as st

from search.source import FixedSource
from web.app import create_app
from web.terminal.logs import Printable

FORGED = "2026-01-01 00:00:00 ERROR root: forged"


def written(message: str, error: Exception | None = None) -> str:
    """What a log says of these."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Printable())
    try:
        raise error or ValueError("")
    except ValueError:
        info = sys.exc_info() if error else None
    record = logging.LogRecord("web", logging.ERROR, "", 0, "%s", (message,), info)
    handler.emit(record)
    return stream.getvalue()


@given(st.text(st.characters(codec="utf-8")))
def test_a_record_is_one_line_whatever_it_says(said: str) -> None:
    line = written(f"{said}\n{FORGED}")
    assert len(line.splitlines()) == 1
    assert line[:-1].isprintable() or not (said + FORGED).isprintable()
    assert not set(line[:-1]) & set("\r\n\x1b\x00\x7f\x9b\u202e\u2028")


@given(st.text(st.characters(codec="utf-8")))
def test_a_traceback_stands_below_its_record(said: str) -> None:
    first, *others = written("x", ValueError(f"{said}\n{FORGED}")).split("\n")[:-1]
    assert first.endswith("web: x")
    assert others
    assert all(line.startswith("  | ") for line in others)


def test_a_path_with_an_end_of_line_makes_no_second_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As an unexpected error logs it."""
    engine = FakeEngine((TOWN,))
    app = create_app(FixedSource(engine))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Printable())
    monkeypatch.setattr(app.logger, "handlers", [handler])
    monkeypatch.setattr(app.logger, "propagate", False)
    monkeypatch.setattr(engine, "report", lambda *_: 1 / 0)
    answer = app.test_client().get(f"/reports/x%0d%0a{FORGED.replace(' ', '%20')}")
    assert answer.status_code == 500
    lines = stream.getvalue().splitlines()
    assert f"x\\r\\n{FORGED}" in lines[0]
    assert all(line.startswith("  | ") for line in lines[1:])
