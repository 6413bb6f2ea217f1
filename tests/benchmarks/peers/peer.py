"""What the bench needs of an engine. Libraries are imported where they are used: some may lack."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from indexer.model import Report
from tests.benchmarks.queries import Query

SHOWN = 20
"""Reports in a full answer."""


class Builder(Protocol):
    """Writes one index. Only `add` and `close` are timed, `convert` is not."""

    def convert(self, report: Report) -> object:
        """The report in the form that `add` takes."""

    def add(self, item: object) -> None: ...

    def close(self) -> None:
        """Commit; what was added can be found from now on."""


class Opened(Protocol):
    """An index that answers."""

    def can(self, query: Query) -> bool: ...

    def answer(self, query: Query, *, snippets: bool) -> int:
        """A full answer: total, facets, the first 20 with snippets (or bare). Gives the total."""

    def found(self, query: Query) -> Collection[str]:
        """The ids of all reports found; not timed."""

    def processes(self) -> tuple[int, ...]:
        """The processes that serve."""

    def close(self) -> None: ...


class Peer(Protocol):
    """`share` is 10 for an engine that gets every tenth report only; `bare` asks for an own column
    of times without snippets.
    """

    name: str
    note: str
    share: int
    bare: bool

    def version(self) -> str | None:
        """None where it is not installed."""

    def builder(self, folder: Path) -> Builder: ...

    def open(self, folder: Path) -> Opened: ...
