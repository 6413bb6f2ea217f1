"""Whether the index in a cluster is whole: all shards there, each with its copies, and as many reports as were sent."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import ClusterError
from indexer.messages import Message
from search.remote.cluster import Cluster
from search.remote.generations import count, current


@dataclass(frozen=True, slots=True)
class Whole:
    """What is there: reports, other files, shards and copies of each (the first one counted), bytes of all copies."""

    reports: int
    files: int
    shards: int
    copies: int
    bytes: int


def verify(cluster: Cluster) -> Whole:
    """What the generation that answers holds. Raises ClusterError where it is not all that was written, or a copy
    is missing; MissingIndexError, OtherVersionError."""
    generation = current(cluster)
    index, meta = generation.index, generation.meta
    count(cluster, index, {"term": {"present": True}}, int(meta["reports"]))
    count(cluster, index, {"match_all": {}}, int(meta["reports"]) + int(meta["files"]))
    health = cluster.ask("GET", f"/_cluster/health/{index}")
    there, away = int(health["active_shards"]), int(health["unassigned_shards"])
    if health["status"] != "green":
        raise ClusterError(
            Message("cluster_copies", url=str(cluster.address), away=away, all=there + away),
            hint=Message("cluster_copies_hint"),
        )
    shards = int(health["active_primary_shards"])
    size = cluster.ask("GET", f"/{index}/_stats/store")["_all"]["total"]["store"]["size_in_bytes"]
    return Whole(int(meta["reports"]), int(meta["files"]), shards, there // shards, int(size))
