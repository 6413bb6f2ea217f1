"""Where others begin: `main`, the command line, and `open_index`, for programs.

The only place that wires everything together. The pages are imported when the command line is asked for: a
program that opens an index does without.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from search.programs.opening import open_index

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    import click

    from indexer.pipeline.tally import Summary
    from search.engine import Engine
    from search.remote.address import Address
    from search.remote.verify import Whole
    from search.source import EngineSource

    main: click.Group

__all__ = ["main", "open_index"]


@cache
def _command_line() -> click.Group:
    from search.local.engine import IndexEngine
    from search.local.live import LiveSource, warmed
    from web.commands.program import program
    from web.commands.wiring import Clusters, Wiring

    clusters = Clusters(
        engine=_open_cluster, live=_follow_cluster, build=_build_in_cluster, verify=_verify_cluster
    )
    return program(Wiring(engine=IndexEngine, live=LiveSource, warmed=warmed, clusters=clusters))


def _open_cluster(address: Address) -> Engine:
    """What asks a cluster is loaded where one is named."""
    from search.remote.opening import open_cluster

    return open_cluster(address)


def _follow_cluster(address: Address) -> AbstractContextManager[EngineSource]:
    from search.remote.opening import follow_cluster

    return follow_cluster(address)


def _build_in_cluster(root: Path, address: Address, **settings: Any) -> Summary:
    from search.remote.opening import build_in_cluster

    return build_in_cluster(root, address, **settings)


def _verify_cluster(address: Address) -> Whole:
    from search.remote.cluster import Cluster
    from search.remote.verify import verify

    return verify(Cluster(address))


def __getattr__(name: str) -> click.Group:
    """`main`, when it is asked for."""
    if name != "main":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _command_line()


if __name__ == "__main__":
    _command_line()()
