"""A cluster that does not answer as it should: each way becomes an error of ours, which says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from opensearchpy import exceptions

from indexer.errors import ClusterError, GongkaiError, LimitError, MissingIndexError
from search.remote.asking import Cluster, whole_terms

WHOLE = {"_shards": {"failed": 0, "total": 3}, "hits": {}}


class Client:
    """A client that gives one answer, or raises."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def msearch(self, **asked: Any) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return {"responses": [self._answer] * (len(asked["body"]) // 2)}


def asked(answer: Any) -> Any:
    return Cluster(Client(answer), "reports", "http://127.0.0.1:9200").search({}, {})


def failed(kind: str, **more: Any) -> dict[str, Any]:
    return {"error": {"type": kind, "root_cause": [], **more}, "status": more.get("status", 400)}


def test_whole_answers_come_through() -> None:
    assert asked(WHOLE) == [WHOLE, WHOLE]
    assert Cluster(Client(WHOLE), "reports", "").search() == []


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        (exceptions.ConnectionError("N/A", "refused", OSError()), ClusterError, "unreachable"),
        (exceptions.ConnectionTimeout("TIMEOUT", "slow", OSError()), ClusterError, "slow"),
        (exceptions.TransportError(503, "no_shard", {}), ClusterError, "failed"),
        (exceptions.TransportError(429, "busy", {}), ClusterError, "busy"),
        (exceptions.NotFoundError(404, "index_not_found", {}), MissingIndexError, "index_missing"),
        (exceptions.SerializationError("bad"), ClusterError, "unreachable"),
        ({**WHOLE, "_shards": {"failed": 1, "total": 3}}, ClusterError, "partial"),
        ({**WHOLE, "timed_out": True}, ClusterError, "partial"),
        (failed("index_not_found_exception"), MissingIndexError, "index_missing"),
        (failed("circuit_breaking_exception"), ClusterError, "busy"),
        (failed("too_many_nested_clauses"), LimitError, "limit"),
        (failed("too_many_buckets_exception"), LimitError, "limit"),
        (
            failed("script_exception", reason="The maximum number of statements that can be"),
            LimitError,
            "limit",
        ),
        (failed("null_pointer_exception"), ClusterError, "failed"),
    ],
)
def test_each_failure_has_its_error(answer: Any, kind: type[GongkaiError], key: str) -> None:
    with pytest.raises(kind) as raised:
        asked(answer)
    assert raised.value.message.key == f"cluster_{key}"
    assert raised.value.hint is not None
    assert str(raised.value)


def test_values_that_were_left_out_are_a_limit() -> None:
    found = {"sum_other_doc_count": 0, "doc_count_error_upper_bound": 0, "buckets": []}
    assert whole_terms({**found, "buckets": [{"key": "a", "doc_count": 2}]}) == {"a": 2}
    for name in ("sum_other_doc_count", "doc_count_error_upper_bound"):
        with pytest.raises(LimitError):
            whole_terms({**found, name: 1})
