"""Requests drawn at random, answered by the application as a server would ask it: `python -m tests.fuzzing_requests`.

python -m tests.fuzzing_requests --index gongkai-index --corpus corpus --count 100000 --seed 1

Held of each answer: its status is no 500, nothing stands in the log, its headers can be sent, and the CPU time until
its first byte is within the budget of its address and half a second. A reader leaves streams after MOST_READ.
`--users`: of a server with a guard, mostly with a session.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from search.budget import Limits
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved.database import Database
from search.source import FixedSource
from tests.drawn_requests import DrawnRequests, Known, Sent
from tests.fuzzed import Ledger
from tests.fuzzing import LATE, texts_of
from web.app import create_app
from web.guard.ended import Ended
from web.guard.guard import install
from web.guard.secret_file import key_of
from web.guard.sessions import Sessions
from web.guard.users import read_users, set_password
from web.http.application import Application
from web.http.budgets import WIDE, WIDER
from web.writing import token

MOST_READ = 1 << 20
"""Bytes of an answer."""


class Answered(NamedTuple):
    """The status, its CPU seconds until the first byte, and those that it may take."""

    status: int
    headers: list[tuple[str, str]]
    seconds: float
    allowed: float


class _Faults(logging.Handler):
    """What is logged as an error or a failure."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(logging.Formatter().format(record))


def environ(sent: Sent) -> dict[str, Any]:
    """What a server makes of a request (PEP 3333): bytes are Latin-1."""
    given = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers.items()
    }
    if "HTTP_CONTENT_TYPE" in given:
        given["CONTENT_TYPE"] = given.pop("HTTP_CONTENT_TYPE")
    return {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(sent.path).decode("latin-1"),
        "QUERY_STRING": sent.query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(sent.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **given,
    }


def answered(app: Application, sent: Sent) -> Answered:
    """Ask, and read the answer as far as a reader does. What escapes the application is raised."""
    begun: list[tuple[int, list[tuple[str, str]]]] = []
    around = environ(sent)

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> object:
        begun.append((int(status[:3]), headers))
        return None

    began = time.thread_time()
    body = app(around, start)  # type: ignore[arg-type]
    pieces = iter(body)
    first = next(pieces, b"")
    seconds = time.thread_time() - began
    try:
        _read(len(first), pieces)
    finally:
        getattr(body, "close", lambda: None)()
    status, headers = begun[-1]
    endpoint = _endpoint(app, around)
    return Answered(
        status, headers, seconds, app.budgets.limits.seconds * (WIDER if endpoint in WIDE else 1)
    )


def _read(size: int, pieces: Iterator[bytes]) -> None:
    while size < MOST_READ and (piece := next(pieces, None)) is not None:
        size += len(piece)


def _endpoint(app: Application, around: dict[str, Any]) -> str | None:
    with app.request_context(dict(around, **{"wsgi.input": BytesIO()})) as context:
        return context.request.endpoint


def faults_of(answer: Answered) -> Iterator[str]:
    """What no answer may be."""
    if answer.status >= 500 and answer.status not in (503, 504):
        yield f"status {answer.status}"
    for name, value in answer.headers:
        if set(name + value) & set("\r\n\0"):
            yield f"header {name}"
        value.encode("latin-1")
    if answer.seconds > answer.allowed + LATE:
        yield f"{answer.seconds:.2f} s"


def known(engine: IndexEngine, app: Application) -> Known:
    """Some passages of reports, and the token of the application's forms."""
    ids = [hit.id for hit in engine.search(SearchRequest(size=100, passages=0)).reports]
    spans = []
    for each in ids[:30]:
        text = engine.report(each).text()
        for start, end in ((0, 3), (5, 25), (10, min(len(text), 400))):
            spans.append((each, f"{start}-{end}", checksum(text[start:end])))
    with app.app_context():
        return Known(ids, spans, token())


def run(app: Application, drawn: Iterable[Sent], ledger: Ledger) -> None:
    """Ask each, and enter what it came to."""
    log = _Faults()
    logging.getLogger().addHandler(log)
    try:
        for sent in drawn:
            try:
                answer = answered(app, sent)
                wrong = list(faults_of(answer))
            except Exception:  # whatever it is, the next is asked
                ledger.fault(traceback.format_exc(), sent)
                ledger.enter("failed", 0.0, sent)
            else:
                for each in (*wrong, *log.told):
                    ledger.fault(each, sent)
                ledger.enter(str(answer.status), answer.seconds, sent)
            log.told.clear()
    finally:
        logging.getLogger().removeHandler(log)


def application(engine: IndexEngine, saved: Path, corpus: Path | None) -> Application:
    return create_app(
        FixedSource(engine),
        saved=Database(saved),
        corpus=None if corpus is None else lambda: corpus,
        limits=Limits(),
        cors=("https://friend.example",),
    )


def guarded(app: Application, folder: Path) -> Callable[[], str]:
    """Have the application let in one user alone; what makes a new session of that user."""
    path = folder / "users"
    set_password(path, "李雷", "四个不相干的词 连在一起")
    install(app, path)
    sessions = Sessions(key_of(folder / "users.key"), Ended(folder / "users.ended"))

    def cookie() -> str:
        with app.test_request_context():
            sessions.begin(answer := app.response_class(), "李雷", read_users(path)["李雷"])
        return answer.headers["Set-Cookie"].partition(";")[0]

    return cookie


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--users", action="store_true", help="a server with users, one signed in")
    options = parser.parse_args()
    engine = IndexEngine(options.index)
    engine.warm()
    ledger = Ledger(WIDER * Limits().seconds + LATE)
    with tempfile.TemporaryDirectory() as folder:
        app = application(engine, Path(folder, "saved"), options.corpus)
        there = known(engine, app)
        if options.users:
            there = there._replace(cookie=guarded(app, Path(folder)))
        drawn = DrawnRequests(Random(options.seed), app.url_map, there, texts_of(engine))
        run(app, islice(drawn, options.count), ledger)
    ledger.tell()
    return bool(ledger.wrong)


if __name__ == "__main__":
    sys.exit(main())
