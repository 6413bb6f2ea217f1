"""A cluster in memory that knows what our writing asks of one: indexes, an alias, bulk requests, a lock."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.messages import Message
from search.remote.address import address_of
from search.remote.cluster import Cluster
from search.remote.wire import NoAnswerError, RefusedError

URL = "http://one:9200,http://two:9200/reports"


def refused(status: int, kind: str = "") -> RefusedError:
    said = Message("cluster_refused", url=URL, status=status, error=kind)
    return RefusedError(said, status, kind, hint=Message("cluster_refused_hint"))


def no_answer() -> NoAnswerError:
    said = Message("cluster_no_answer", url=URL, error="reset")
    return NoAnswerError(said, hint=Message("cluster_no_answer_hint"))


@dataclass
class Index:
    """An index: its documents by id, each with its version."""

    settings: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


class FakeCluster:
    """A `Wire`. `asked` has every request as (method, path); `trouble` may raise or answer in its place."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.aliases: dict[str, set[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.trouble: Callable[[str, str, bytes], Any] = lambda method, path, body: None
        self.patience = 10.0
        self.health_of_index: dict[str, Any] = {}
        self._version = 0

    def open(self, sleep: Callable[[float], None] = lambda _: None) -> Cluster:
        return Cluster(address_of(URL, {}), self, sleep, patience=self.patience)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        params: Mapping[str, str] | None = None,
        seconds: float = 30.0,
    ) -> Any:
        self.asked.append((method, path))
        instead = self.trouble(method, path, body or b"")
        if instead is not None:
            return instead
        for pattern, answer in _ROUTES:
            if found := re.fullmatch(pattern, f"{method} {path}"):
                return answer(self, *found.groups(), body or b"{}", dict(params or {}))
        raise AssertionError(f"nothing is known of {method} {path}")

    def told(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        return self.health_of_index

    def health(self, body: bytes, params: Mapping[str, str]) -> Any:
        return {"number_of_data_nodes": 3}

    def create(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        if name in self.indexes:
            raise refused(400, "resource_already_exists_exception")
        asked = json.loads(body)
        meta = asked.get("mappings", {}).get("_meta", {})
        self.indexes[name] = Index(asked["settings"], meta)
        return {}

    def about(self, names: str, body: bytes, params: Mapping[str, str]) -> Any:
        wanted = [name for pattern in names.split(",") for name in self._named(pattern)]
        if not wanted and "ignore_unavailable" not in params:
            raise refused(404, "index_not_found_exception")
        return {
            name: {
                "mappings": {"_meta": self.indexes[name].meta},
                "aliases": {a: {} for a, of in self.aliases.items() if name in of},
            }
            for name in wanted
        }

    def _named(self, pattern: str) -> list[str]:
        if pattern in self.aliases:
            return sorted(self.aliases[pattern])
        return [name for name in self.indexes if fnmatch.fnmatchcase(name, pattern)]

    def alias(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        if name not in self.aliases:
            raise refused(404, "aliases_not_found_exception")
        return {index: {} for index in self.aliases[name]}

    def switch(self, body: bytes, params: Mapping[str, str]) -> Any:
        for action in json.loads(body)["actions"]:
            ((verb, what),) = action.items()
            named = self.aliases.setdefault(what["alias"], set())
            (named.add if verb == "add" else named.remove)(what["index"])
        return {}

    def delete(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        self.indexes.pop(name, None)
        for named in self.aliases.values():
            named.discard(name)
        return {}

    def meta(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        self.indexes[name].meta = json.loads(body)["_meta"]
        return {}

    def nothing(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        return {"_shards": {"failed": 0, "total": 6}}

    def stats(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        total = {"total": {"store": {"size_in_bytes": 12}}}
        return {
            "_all": total,
            "indices": {name: {"shards": {"0": [{"store": {"size_in_bytes": 1}}]}}},
        }

    def count(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        reports = "term" in json.loads(body)["query"]
        found = self.indexes[name].documents.values()
        return {
            "count": sum(1 for each in found if each["present"] or not reports),
            "_shards": {"failed": 0},
        }

    def search(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        found = self.indexes[name].documents
        if "aggs" in json.loads(body):
            total = sum(each.get("length", 0) for each in found.values())
            return {"aggregations": {"length": {"value": float(total)}}}
        hits = [{"_id": id, "_source": each} for id, each in found.items()]
        return {"_scroll_id": "s", "hits": {"total": {"value": len(hits)}, "hits": hits}}

    def scroll(self, body: bytes, params: Mapping[str, str]) -> Any:
        return {"_scroll_id": "s", "hits": {"hits": []}}

    def mget(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        documents = self.indexes[name].documents
        found = [{"_id": id, "found": id in documents} for id in json.loads(body)["ids"]]
        return {"docs": [e | {"_source": documents.get(str(e["_id"]))} for e in found]}

    def bulk(self, name: str, body: bytes, params: Mapping[str, str]) -> Any:
        lines = iter(body.splitlines())
        told = []
        documents = self.indexes[name].documents
        for line in lines:
            ((action, what),) = json.loads(line).items()
            if action == "index":
                documents[what["_id"]] = json.loads(next(lines))
            else:
                documents.pop(what["_id"], None)
            told.append({action: {"_id": what["_id"], "status": 200}})
        return {"items": told}

    def read(self, name: str, id: str, body: bytes, params: Mapping[str, str]) -> Any:
        index = self.indexes.get(name)
        if index is None or id not in index.documents:
            raise refused(404)
        return {
            "found": True,
            "_source": index.documents[id],
            "_seq_no": index.versions[id],
            "_primary_term": 1,
        }

    def write(self, name: str, id: str, body: bytes, params: Mapping[str, str]) -> Any:
        index = self.indexes[name]
        self._check_version(index, id, params)
        self._version += 1
        index.documents[id], index.versions[id] = json.loads(body), self._version
        return {"_seq_no": self._version, "_primary_term": 1}

    def unwrite(self, name: str, id: str, body: bytes, params: Mapping[str, str]) -> Any:
        index = self.indexes[name]
        self._check_version(index, id, params)
        del index.documents[id]
        return {}

    def _check_version(self, index: Index, id: str, params: Mapping[str, str]) -> None:
        is_there = id in index.documents
        if params.get("op_type") == "create" and is_there:
            raise refused(409, "version_conflict_engine_exception")
        wanted = params.get("if_seq_no")
        if wanted is not None and (not is_there or index.versions[id] != int(wanted)):
            raise refused(409, "version_conflict_engine_exception")


_NAME = "/([^/]+)"
_ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("GET /_cluster/health", FakeCluster.health),
    (f"GET /_cluster/health{_NAME}", FakeCluster.told),
    ("POST /_aliases", FakeCluster.switch),
    (f"GET /_alias{_NAME}", FakeCluster.alias),
    ("POST /_search/scroll", FakeCluster.scroll),
    ("DELETE /_search/scroll", FakeCluster.scroll),
    (f"PUT {_NAME}", FakeCluster.create),
    (f"GET {_NAME}", FakeCluster.about),
    (f"DELETE {_NAME}", FakeCluster.delete),
    (f"PUT {_NAME}/_mapping", FakeCluster.meta),
    (f"PUT {_NAME}/_settings", FakeCluster.nothing),
    (f"POST {_NAME}/_refresh", FakeCluster.nothing),
    (f"POST {_NAME}/_forcemerge", FakeCluster.nothing),
    (f"GET {_NAME}/_stats/store", FakeCluster.stats),
    (f"POST {_NAME}/_count", FakeCluster.count),
    (f"POST {_NAME}/_search", FakeCluster.search),
    (f"POST {_NAME}/_mget", FakeCluster.mget),
    (f"POST {_NAME}/_bulk", FakeCluster.bulk),
    (f"GET {_NAME}/_doc/(.+)", FakeCluster.read),
    (f"PUT {_NAME}/_doc/(.+)", FakeCluster.write),
    (f"DELETE {_NAME}/_doc/(.+)", FakeCluster.unwrite),
)
