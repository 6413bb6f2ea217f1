"""What a keeper must know to make the application of its front once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import cast

from indexer.store.corpus_note import noted_corpus
from search.budget import Limits
from search.engine import Engine
from search.saved.database import Database, saved_path
from search.source import FixedSource
from web import writing
from web.app import create_app
from web.guard import here
from web.http.application import Application
from web.http.turns import HEAVY
from web.pages import keeps
from web.public import stated


@dataclass(frozen=True, slots=True)
class Setup:
    """`engine` names what opens and warms the engine of `folder`, as "module:function". `token`: that of the
    forms. `guarded`: whether the front has users; whoever is asked for has been let in there. `corpus`: "" for
    that of the last run. `leaves`: seconds of CPU time after which a page is left to the worker for heavy ones."""

    engine: str
    folder: str
    token: str
    seconds: float
    memory: int
    marks: int
    corpus: str = ""
    leaves: float = HEAVY
    public_url: str | None = None
    keeps: bool = False
    guarded: bool = False

    def open_engine(self) -> Engine:
        """Raises MissingIndexError, OtherVersionError or DamagedIndexError."""
        opened = cast("Callable[[Path], Engine]", resolve_name(self.engine))
        return opened(Path(self.folder))

    def application(self, engine: Engine) -> Application:
        """The application without what the front does before it asks: rates, guard, kept pages."""
        folder, corpus = Path(self.folder), Path(self.corpus) if self.corpus else None
        app = create_app(
            FixedSource(engine),
            public_url=self.public_url,
            corpus=lambda: corpus or noted_corpus(folder),
            saved=Database(saved_path(folder)) if self.keeps else None,
            limits=Limits(self.seconds, self.memory, self.marks),
        )
        writing.use_token(app, self.token)
        if self.guarded:
            app.extensions[here.EXTENSION] = True
        app.steps = app.making
        app.turns.leaves = self.leaves
        return app


def setup_of(
    app: Application, engine: Callable[[Path], Engine], folder: Path, corpus: Path | None
) -> Setup:
    """The setup of an application over that index; `engine`: a function of a module."""
    limits = app.budgets.limits
    with app.app_context():
        return Setup(
            engine=f"{engine.__module__}:{engine.__qualname__}",
            folder=str(folder.absolute()),
            token=writing.token(),
            seconds=limits.seconds,
            memory=limits.memory,
            marks=limits.marks,
            corpus=str(corpus.absolute()) if corpus else "",
            public_url=stated(app),
            keeps=keeps(),
            guarded=here.is_guarded(),
        )
