"""A cluster that is asked: what it answers is whole, or an error of ours.

No exception of the client leaves this room. Partial answers are errors: a shard that did not answer would
make a smaller count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from indexer.errors import ClusterError, GongkaiError, LimitError, MissingIndexError
from indexer.messages import Message

Answer = Mapping[str, Any]
TIMEOUT = 30
"""Seconds that one answer may take."""
_KEPT_ALIVE = "5m"
_TOO_MUCH = (
    "too_many_clauses",
    "too_many_nested_clauses",
    "too_many_buckets_exception",
    "Result window is too large",
    "maximum number of statements",
    "maxClauseCount",
)
_BUSY = ("circuit_breaking_exception", "rejected_execution_exception", "opensearch_rejected")
_MOST_SHOWN = 300


class Cluster:
    """One index of a cluster, asked by a client of opensearch-py. Threads may share it."""

    def __init__(self, client: Any, index: str, address: str) -> None:
        self._client = client
        self.index = index
        self._address = address

    def search(self, *bodies: Mapping[str, Any]) -> list[Answer]:
        """The answers to some bodies, asked at once."""
        if not bodies:
            return []
        head = {"index": self.index, "allow_partial_search_results": False}
        lines = [line for body in bodies for line in (head, body)]
        with self._mapped():
            found = self._client.msearch(body=lines, request_timeout=TIMEOUT)
        answers: list[Answer] = found["responses"]
        for answer in answers:
            self._check(answer)
        return answers

    def every(self, body: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
        """All documents of a sorted body, some at a time, of one state of the index: what is written
        meanwhile is not seen. The cluster holds that state until the last was taken."""
        with self._mapped():
            point = self._client.create_pit(index=self.index, params={"keep_alive": _KEPT_ALIVE})
        pit = {"id": point["pit_id"], "keep_alive": _KEPT_ALIVE}
        asked = {**body, "pit": pit, "track_total_hits": False}
        try:
            while True:
                with self._mapped():
                    answer = self._client.search(
                        body=asked,
                        params={"allow_partial_search_results": "false"},
                        request_timeout=TIMEOUT,
                    )
                self._check(answer)
                hits = answer["hits"]["hits"]
                if not hits:
                    return
                yield hits
                asked["search_after"] = hits[-1]["sort"]
        finally:
            with self._mapped():
                self._client.delete_pit(body={"pit_id": [pit["id"]]})

    def mapping(self) -> Mapping[str, Any]:
        """What the index says of itself (`_meta`), and its own name where it was asked by an alias."""
        with self._mapped():
            found = self._client.indices.get_mapping(index=self.index)
        [(name, said)] = found.items()
        meta: Mapping[str, Any] = said["mappings"].get("_meta", {})
        return {"name": name, **meta}

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Exceptions of the client become ours."""
        from opensearchpy import exceptions

        try:
            yield
        except exceptions.ConnectionTimeout as error:
            raise _unusable(
                Message("cluster_slow", address=self._address, seconds=TIMEOUT)
            ) from error
        except exceptions.NotFoundError as error:
            raise self._missing() from error
        except exceptions.TransportError as error:
            if isinstance(error.status_code, int):
                raise self._failed(str(error.error), error.status_code) from error
            raise _unusable(Message("cluster_unreachable", address=self._address)) from error
        except exceptions.OpenSearchException as error:
            raise _unusable(Message("cluster_unreachable", address=self._address)) from error

    def _check(self, answer: Answer) -> None:
        """The error that an answer stands for, where it is not whole."""
        if "error" in answer:
            raise self._failed(json.dumps(answer["error"]), int(answer.get("status", 500)))
        shards = answer["_shards"]
        if answer.get("timed_out") or shards["failed"]:
            failed, total = int(shards["failed"]), int(shards["total"])
            raise _unusable(
                Message("cluster_partial", address=self._address, failed=failed, shards=total)
            )

    def _failed(self, said: str, status: int) -> GongkaiError:
        if any(sign in said for sign in _TOO_MUCH):
            return LimitError(Message("cluster_limit"), hint=Message("cluster_limit_hint"))
        if "index_not_found_exception" in said:
            return self._missing()
        if any(sign in said for sign in _BUSY) or status == 429:
            return _unusable(Message("cluster_busy", address=self._address))
        error = said[:_MOST_SHOWN]
        return _unusable(
            Message("cluster_failed", address=self._address, status=status, error=error)
        )

    def _missing(self) -> MissingIndexError:
        return MissingIndexError(
            Message("cluster_index_missing", index=self.index, address=self._address),
            hint=Message("cluster_rebuild_hint"),
        )


def _unusable(message: Message) -> ClusterError:
    return ClusterError(message, hint=Message("cluster_hint"))


def counts(buckets: Sequence[Mapping[str, Any]]) -> dict[Any, int]:
    """The values of a terms aggregation, and how many documents each has."""
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def whole_terms(found: Mapping[str, Any]) -> dict[Any, int]:
    """The same; LimitError where they are more than were asked for."""
    if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
        raise LimitError(Message("cluster_limit"), hint=Message("cluster_limit_hint"))
    return counts(found["buckets"])
