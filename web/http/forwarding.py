"""Pages that other processes make (see web/workers), so that two readers have two cores.

What is answered from the index alone is asked for there; everything else, and whatever comes while no worker
has the same state of the index, is made here. Nobody sees a difference but in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from flask import Response, request

from indexer.errors import GongkaiError
from web.guard import here
from web.http import Proceed
from web.http.tags import partly
from web.http.turns import Turns
from web.pages import engine

FORWARDED = frozenset(
    {
        "results.search",
        "trend.trend",
        "trend_files.trend_svg",
        "trend_files.matrix_svg",
        "concordance.concordance",
        "report.report",
        "report.passage",
        "report.spans.elsewhere",
        "report.spans.quote",
        "report.spans.unchecked",
        "report.tables.table",
        "compare.compared",
        "echoes.of_report",
        "echoes.of_passage",
        "echoes.laziest",
        "api.search",
        "api.concordance",
        "api.all_hits",
        "api.trend",
        "api.collocates",
        "api.report",
        "api.hits",
        "api.similar",
        "api.echoes",
        "api.laziest",
        "api.compared",
        "api.suggest",
        "opensearch.suggest",
    }
)
"""Endpoints that read an index and write nothing. Not among them: files, which are sent while they are made;
what readers keep and lists of theirs, which the server has; and what costs less than to ask for it."""


class LostWorkersError(GongkaiError):
    """More than one process has died of a request."""

    code = "lost_workers"


class HeavyError(Exception):
    """A page has turned out heavy: it is asked for once more, of the worker for such pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: what WSGI says of it in strings, the `reader` that was let in, and the `state` of the index
    that is to answer."""

    environ: dict[str, str]
    reader: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Made:
    """An answer as a worker made it; `whole`: nothing was left out because it cost too much."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    whole: bool


class Workers(Protocol):
    """Other processes that make pages."""

    @property
    def coming(self) -> bool:
        """Whether they are about to begin."""

    def ask(self, asked: Asked, *, heavy: bool = False) -> Made | None:
        """The answer, of the one for heavy pages if it is one; None where none of them can give it. Raises
        LostWorkersError, HeavyError."""


class Forwarding:
    """Asks the workers of an application, which has none to begin with."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.workers: Workers | None = None

    @property
    def coming(self) -> bool:
        """Whether answers will take less time than now, since workers are about to begin."""
        return self.workers is not None and self.workers.coming

    def step(self, proceed: Proceed) -> Response:
        """The answer of a worker, or one made here. Raises LostWorkersError."""
        forwarded = request.endpoint in FORWARDED and request.method in ("GET", "HEAD")
        if self.workers is None or not forwarded:
            return proceed()
        asked = Asked(_strings(request.environ), here.reader(), engine().state)
        made = self._made(self.workers, asked)
        if made is None:
            return proceed()
        if not made.whole:
            partly()
        return Response(made.body, made.status, headers=made.headers)

    def _made(self, workers: Workers, asked: Asked) -> Made | None:
        """Streams need not make way for what is heavy."""
        try:
            with self._turns.elsewhere():
                return workers.ask(asked)
        except HeavyError:
            return workers.ask(asked, heavy=True)


def _strings(environ: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if isinstance(value, str)}
