"""The generations of an index in a cluster: each an index of its own, of which an alias names the one to ask.

A generation is filled, completed, and then named by the alias, all in one step; from then on nothing changes in
it. What stands in `_meta` of its mapping says what it is.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import ClusterError, MissingIndexError, OtherVersionError
from indexer.messages import Message
from search.remote.cluster import Cluster
from search.remote.mapping import index_body, made_with
from search.remote.wire import RefusedError

_MERGED = 5 << 30
"""Bytes of a shard that is worth merging into one segment: what never changes again is smallest and fastest so.
A larger one would take an hour and twice its disk."""
_SETTLED = 64 << 20
"""Bytes of a shard from which on it is worth waiting for what a merge can leave out."""
_SETTLING = 45.0  # seconds that this may take
_LONG = 3600.0  # seconds that a merge may take


@dataclass(frozen=True, slots=True)
class Shape:
    """How many shards an index is to have, and how many further copies of each; None: as the cluster has nodes."""

    shards: int | None = None
    replicas: int | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation: the name of its index, and what `_meta` says of it."""

    index: str
    meta: Mapping[str, Any]
    is_current: bool = False

    @property
    def is_complete(self) -> bool:
        return bool(self.meta.get("complete"))

    @property
    def shape(self) -> Shape:
        """What was asked for when it was made."""
        return Shape(*self.meta.get("shape", ()))

    @property
    def is_of_this_version(self) -> bool:
        return not differing(self.meta)


def differing(meta: Mapping[str, Any]) -> tuple[Message, ...]:
    """What an index was made with that this installation has otherwise."""
    return tuple(
        Message("version_differs", name=name, there=_shown(meta.get(name)), here=value)
        for name, value in made_with().items()
        if meta.get(name) != value
    )


def _shown(stated: object) -> Message | str:
    return Message("version_not_stated") if stated is None else str(stated)


def generations(cluster: Cluster) -> list[Generation]:
    """All generations that there are, the oldest first. ClusterError where another index has the alias's name."""
    name = cluster.address.name
    ours = re.compile(rf"{re.escape(name)}-\d{{8}}t\d{{6}}-[0-9a-f]{{6}}")
    found = cluster.find(f"/{name},{name}-*", params=_QUIET) or {}
    if name in found:
        raise ClusterError(
            Message("cluster_name_taken", url=str(cluster.address), name=name),
            hint=Message("cluster_name_taken_hint"),
        )
    return [
        Generation(index, about["mappings"].get("_meta", {}), name in about["aliases"])
        for index, about in sorted(found.items())
        if ours.fullmatch(index)
    ]


_QUIET = {"ignore_unavailable": "true", "allow_no_indices": "true"}


def current(cluster: Cluster) -> Generation:
    """The generation that answers. MissingIndexError where there is none, OtherVersionError where it is of
    another version, ClusterError where the cluster does not say."""
    name, url = cluster.address.name, str(cluster.address)
    named = cluster.find(f"/{name}") or {}
    if len(named) != 1 or name in named:
        raise MissingIndexError(
            Message("cluster_no_index", url=url), hint=Message("cluster_no_index_hint")
        )
    ((index, about),) = named.items()
    meta = about["mappings"].get("_meta", {})
    if other := differing(meta):
        raise OtherVersionError(
            Message("cluster_of_other_version", url=url, differing=other),
            hint=Message("cluster_other_version_hint"),
        )
    return Generation(index, meta, is_current=True)


def current_name(cluster: Cluster) -> str | None:
    """The index that the alias names, None where there is none: one small request."""
    found = cluster.find(f"/_alias/{cluster.address.name}") or {}
    return next(iter(found), None) if len(found) == 1 else None


def create(cluster: Cluster, shape: Shape) -> Generation:
    """A new generation, empty.

    Shards: one for each node that holds data, so that all of them work on every question. Replicas: one, from the
    beginning, where there are two nodes: a node that is lost while it is filled costs nothing then. (To add copies
    at the end would halve the work, and lose all of it with one disk.)
    """
    nodes = int(cluster.ask("GET", "/_cluster/health")["number_of_data_nodes"])
    replicas = min(1, nodes - 1) if shape.replicas is None else shape.replicas
    body = index_body(shape.shards or max(1, nodes), replicas)
    stamp = time.strftime("%Y%m%dt%H%M%S", time.gmtime())
    index = f"{cluster.address.name}-{stamp}-{random.getrandbits(24):06x}"
    body["settings"]["refresh_interval"] = "-1"  # nobody looks for anything in it yet
    body["mappings"]["_meta"] |= {
        "generation": index,
        "complete": False,
        "shape": [shape.shards, shape.replicas],
    }
    try:
        cluster.ask("PUT", f"/{index}", body)
    except RefusedError as error:  # an earlier try, of which no answer came, made it
        if error.kind != "resource_already_exists_exception":
            raise
    return Generation(index, body["mappings"]["_meta"])


def complete(cluster: Cluster, generation: Generation, reports: int, files: int) -> None:
    """Make all of it to be found, count it, and write down what it is. ClusterError where it does not hold
    as many reports and other files as were sent."""
    index = generation.index
    _check_is_ours(cluster, generation)
    _refresh(cluster, index)
    count(cluster, index, {"term": {"present": True}}, reports)
    count(cluster, index, {"match_all": {}}, reports + files)
    if (size := _largest_shard(cluster, index)) < _MERGED:
        if size > _SETTLED:
            _settle(cluster, index)
        merged = {"max_num_segments": "1"}
        cluster.ask("POST", f"/{index}/_forcemerge", params=merged, seconds=_LONG)
        _refresh(cluster, index)
    meta = {
        **generation.meta,
        "complete": True,
        "reports": reports,
        "files": files,
        "length": _length(cluster, index),
    }
    cluster.ask("PUT", f"/{index}/_mapping", {"_meta": meta})
    # from here on nothing may change in it
    settings = {"blocks.write": True, "refresh_interval": None}
    cluster.ask("PUT", f"/{index}/_settings", {"index": settings})


def _check_is_ours(cluster: Cluster, generation: Generation) -> None:
    """A cluster makes an index of its own devising where documents come for one that somebody has deleted."""
    about = cluster.ask("GET", f"/{generation.index}")[generation.index]
    if about["mappings"].get("_meta", {}).get("generation") != generation.index:
        raise ClusterError(
            Message("cluster_replaced", url=str(cluster.address), name=generation.index),
            hint=Message("cluster_item_hint"),
        )


def _refresh(cluster: Cluster, index: str) -> None:
    """Every copy of every shard shows all that was sent; a copy that does not would answer with less."""
    answer = cluster.ask("POST", f"/{index}/_refresh", seconds=600.0)
    if answer["_shards"]["failed"]:
        shards = answer["_shards"]
        raise ClusterError(
            Message(
                "cluster_copies",
                url=str(cluster.address),
                away=int(shards["failed"]),
                all=int(shards["total"]),
            ),
            hint=Message("cluster_item_hint"),
        )


def count(cluster: Cluster, index: str, query: Mapping[str, Any], expected: int) -> None:
    """ClusterError where another number of documents than expected matches the query, or a shard does not answer."""
    answer = cluster.ask("POST", f"/{index}/_count", {"query": query})
    found = answer["count"]
    if found != expected or answer["_shards"]["failed"]:
        raise ClusterError(
            Message("cluster_count", url=str(cluster.address), found=int(found), expected=expected),
            hint=Message("cluster_item_hint"),
        )


def _length(cluster: Cluster, index: str) -> int:
    """The folded texts of all reports, in UTF-16 code units."""
    asked = {"size": 0, "aggs": {"length": {"sum": {"field": "length"}}}}
    whole = {"allow_partial_search_results": "false"}
    answer = cluster.ask("POST", f"/{index}/_search", asked, params=whole)
    return int(answer["aggregations"]["length"]["value"])


def _settle(cluster: Cluster, index: str) -> None:
    """Wait until no copy of a shard asks for the operations that filled it: a merge then drops what was kept of
    them, half of all bytes. A cluster looks after that every 30 seconds; where it does not, nothing is lost but
    disk."""
    cluster.ask("POST", f"/{index}/_flush", seconds=600.0)
    until = time.monotonic() + _SETTLING
    while not _is_settled(cluster, index) and time.monotonic() < until:
        cluster.wait(1.0)


def _is_settled(cluster: Cluster, index: str) -> bool:
    """Whether that is so; of what the cluster does not tell, yes."""
    told = cluster.ask("GET", f"/{index}/_stats/store", params={"level": "shards"})
    shards = told["indices"].get(index, {}).get("shards", {})
    copies = [copy for copies in shards.values() for copy in copies]
    return all(
        lease["retaining_seq_no"] > copy["seq_no"]["max_seq_no"]
        for copy in copies
        for lease in copy.get("retention_leases", {}).get("leases", ())
    )


def _largest_shard(cluster: Cluster, index: str) -> int:
    """Bytes of the largest shard."""
    told = cluster.ask("GET", f"/{index}/_stats/store", params={"level": "shards"})
    shards = told["indices"].get(index, {}).get("shards", {})
    sizes = (copy["store"]["size_in_bytes"] for copies in shards.values() for copy in copies)
    return max(sizes, default=0)


def switch(cluster: Cluster, new: Generation, old: Sequence[Generation]) -> None:
    """From this one request on the alias names the new generation and no other: readers see the old one or the
    new one, never both, never none."""
    name = cluster.address.name
    actions = [{"remove": {"index": each.index, "alias": name}} for each in old if each.is_current]
    actions.append({"add": {"index": new.index, "alias": name}})
    cluster.ask("POST", "/_aliases", {"actions": actions})


def remove(cluster: Cluster, index: str) -> None:
    """Delete a generation, if it is still there."""
    cluster.ask("DELETE", f"/{index}", params={"ignore_unavailable": "true"})
