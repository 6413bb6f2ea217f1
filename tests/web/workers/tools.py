"""An application whose pages other processes make, and what a test asks of these."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.pipeline.build import build
from indexer.store.corpus_note import noted_corpus
from search.budget import Limits
from search.local.live import warmed
from search.saved.database import Database, saved_path
from search.source import EngineSource
from web import writing
from web.app import create_app
from web.guard import here
from web.http import turns
from web.http.application import Application
from web.http.forwarding import Asked, Made
from web.workers.crew import Crew
from web.workers.following import Following
from web.workers.setup import setup_of

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, on Linux alone")


PATIENCE = 60.0  # seconds


TEXT = "甲县{}政务公开工作年度报告\n一、总体情况\n每月公布“三务”公开的目录。群众满意。\n二、存在问题\n公开不够及时。\n"


LIMITS = Limits(memory=500, marks=2)
"""公开 has more marks, and neighbours take more bytes."""


def add(folder: Path, *years: int) -> None:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for year in years:
        (corpus / f"{year}.txt").write_text(TEXT.format(f"{year}年"), "utf-8")
    build(corpus, folder / "index", jobs=1)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


class Front:
    """An application with workers, and what these answered."""

    def __init__(
        self,
        app: Application,
        source: EngineSource,
        folder: Path,
        count: int = 2,
        leaves: float = turns.HEAVY,
    ) -> None:
        setup = replace(setup_of(app, warmed, folder, None), leaves=leaves)
        self.app = app
        self.count = count
        self.following = Following(source, lambda state: Crew(setup, state, count), every=0.02)
        self.made: list[Made | None] = []
        app.forwarding.workers = self

    def __enter__(self) -> Front:
        self.following.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self.following.__exit__(None, None, None)

    @property
    def coming(self) -> bool:
        return self.following.coming

    def ask(self, asked: Asked, *, heavy: bool = False) -> Made | None:
        self.made.append(None)
        made = self.following.ask(asked, heavy=heavy)
        self.made[-1] = made
        return made

    @property
    def crew(self) -> Crew:
        assert self.following.crew
        return self.following.crew

    def wait(self) -> None:
        """Until all workers are there."""
        until(lambda: self.following.crew and len(self.crew.numbers) == self.count)


def letting_in() -> None:
    here.let_in("li")


def made_app(source: EngineSource, folder: Path, *, guarded: bool = False) -> Application:
    saved = Database(saved_path(folder))
    app = create_app(
        source,
        letting_in if guarded else None,
        corpus=lambda: noted_corpus(folder),
        saved=saved,
        limits=LIMITS,
    )
    writing.use_token(app, "0" * 32)
    if guarded:
        app.extensions[here.EXTENSION] = letting_in
    return app


def runs(number: int) -> bool:
    """Whether there is such a process; one that has ended may wait for its parent to see it."""
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
