"""What the command line asks of a cluster: an engine of this moment, those that follow its alias, a run of the index."""

from __future__ import annotations

from pathlib import Path

from indexer.pipeline.fill import Progress
from indexer.pipeline.tally import Summary
from search.engine import Engine
from search.remote.address import Address
from search.remote.asking import Cluster as Index
from search.remote.build import Settings, Switched, build
from search.remote.cluster import Cluster
from search.remote.engine import ClusterEngine
from search.remote.following import RemoteSource
from search.remote.generations import Generation, Shape, current
from search.remote.patience import Patient
from search.remote.wire import client_of


def open_cluster(address: Address) -> Engine:
    """The engine of the generation that answers now. Raises MissingIndexError, OtherVersionError or
    ClusterError; GongkaiError where the library is not installed."""
    return _Maker(address)(current(Cluster(address)))


def follow_cluster(address: Address) -> RemoteSource:
    """The engines of a server. Raises the same."""
    return RemoteSource(Cluster(address), _Maker(address))


def build_in_cluster(
    root: Path,
    address: Address,
    *,
    jobs: int,
    rebuild: bool = False,
    shards: int | None = None,
    replicas: int | None = None,
    progress: Progress | None = None,
    switched: Switched | None = None,
) -> Summary:
    """Index the corpus at `root` there: see `build`."""
    return build(
        *(root, Cluster(address)),
        jobs=jobs,
        rebuild=rebuild,
        progress=progress,
        switched=switched,
        settings=Settings(Shape(shards, replicas)),
    )


class _Maker:
    """Makes engines of generations, all over one set of connections."""

    def __init__(self, address: Address) -> None:
        self._where = str(address)
        self._client = client_of(address)
        self._client.transport = Patient(self._client.transport)

    def __call__(self, generation: Generation) -> Engine:
        return ClusterEngine(Index(self._client, generation.index, self._where))
