"""What commands take their engine from. Pages and commands know none: gongkai.py has `WIRING`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from search.engine import Engine
from search.remote.address import Address
from search.source import EngineSource

if TYPE_CHECKING:  # a search need not wait for what an indexer loads
    from indexer.pipeline.fill import Progress
    from indexer.pipeline.tally import Summary
    from search.remote.verify import Whole


CLUSTER = "gongkai.cluster"
"""Under it the context of a command has the address that --cluster named (options.py)."""


class Build(Protocol):
    """Indexes a corpus in a cluster; `switched` is told of it once readers see it, and for how many seconds an older
    one stays."""

    def __call__(
        self,
        root: Path,
        address: Address,
        *,
        jobs: int,
        rebuild: bool = False,
        shards: int | None = None,
        replicas: int | None = None,
        progress: Progress | None = None,
        switched: Callable[[Summary, float], None] | None = None,
    ) -> Summary:
        """Raises CorpusError, LockedIndexError, ClusterError."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The same for the index in a cluster, and how it is made. All raise ClusterError, too."""

    engine: Callable[[Address], Engine]
    live: Callable[[Address], AbstractContextManager[EngineSource]]
    build: Build
    verify: Callable[[Address], Whole]


@dataclass(frozen=True, slots=True)
class Wiring:
    """How the engine of an index is opened, how the engines of a server, which follow the index, and how one
    of which other processes take all that is loaded: a function that they find by its name.

    All take the folder of the index, and raise MissingIndexError, OtherVersionError or DamagedIndexError.
    """

    engine: Callable[[Path], Engine]
    live: Callable[[Path], AbstractContextManager[EngineSource]]
    warmed: Callable[[Path], Engine]
    clusters: Clusters


def open_engine(folder: Path) -> Engine:
    """The engine of an index, or of that in the cluster where the command was given one."""
    address = cluster_named()
    return _wiring().engine(folder) if address is None else _wiring().clusters.engine(address)


def open_live(folder: Path) -> AbstractContextManager[EngineSource]:
    """The engines of a server of that index."""
    address = cluster_named()
    return _wiring().live(folder) if address is None else _wiring().clusters.live(address)


def clusters() -> Clusters:
    """What is done with an index in a cluster."""
    return _wiring().clusters


def cluster_named() -> Address | None:
    """The cluster that the command was given, None for the index in a folder."""
    address: Address | None = click.get_current_context().meta.get(CLUSTER)
    return address


def warmed_opener() -> Callable[[Path], Engine]:
    """What opens the engine of an index for workers."""
    return _wiring().warmed


def _wiring() -> Wiring:
    wiring = click.get_current_context().find_object(Wiring)
    assert wiring is not None, "gongkai.py gives it to the group"
    return wiring
