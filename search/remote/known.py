"""What an index of a cluster knows of the files it was made from: a line of each document, in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.arrays.records import state_of, times_of
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.store.reader import KnownFile
from search.remote.cluster import Cluster
from search.remote.wire import NoAnswerError, RefusedError

_PAGE = 1000  # files of one answer
_HELD = "5m"  # how long the cluster keeps the place between two answers
_TRIES = 3  # a listing ends with the node that holds its place


def known_json(record: Mapping[str, Any], sections: int) -> str:
    """The line of a file: its record, and of how many sections its report is, 0 where it is none."""
    return json.dumps({"record": record, "sections": sections})


def known_of(line: str) -> tuple[str, KnownFile]:
    """The source of a file and what is known of it. Raises ValueError, KeyError or TypeError."""
    found = json.loads(line)
    record, sections = found["record"], found["sections"]
    state = state_of(record)
    reason = (state.reason.key,) if state.reason else ()
    warnings = tuple(warning["key"] for warning in record.get("warnings", ()))
    return record["source"], KnownFile(
        state,
        tuple(record["former"]),
        sections,
        record.get("characters", 0),
        (*reason, *warnings),
        times_of(record),
    )


def known_files(cluster: Cluster, index: str) -> dict[str, KnownFile]:
    """Every file that an index knows, by source. Raises ClusterError; DamagedIndexError."""
    for left in reversed(range(_TRIES)):
        try:
            return dict(_known(hit, index) for hit in _every(cluster, index))
        except (RefusedError, NoAnswerError):
            if not left:
                raise
    raise AssertionError("the last try raises")


def documents(
    cluster: Cluster, index: str, ids: Sequence[str], fields: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of the documents of these ids that are there, id and source, of it these fields."""
    answer = cluster.ask(
        "POST", f"/{index}/_mget", {"ids": list(ids)}, params={"_source_includes": fields}
    )
    for found in answer["docs"]:
        if found.get("found"):
            yield found["_id"], found["_source"]


def known_by_id(cluster: Cluster, index: str, ids: Sequence[str]) -> dict[str, KnownFile]:
    """What is known of the files of these ids, by source; also of those that no search finds yet."""
    found = documents(cluster, index, ids, "kept.known")
    return dict(_known({"_id": id, "_source": source}, index) for id, source in found)


def _known(hit: Mapping[str, Any], index: str) -> tuple[str, KnownFile]:
    try:
        return known_of(hit["_source"]["kept"]["known"])
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(
            Message("cluster_report_damaged", id=str(hit["_id"])),
            hint=Message("cluster_rebuild_hint"),
        ) from error


def _every(cluster: Cluster, index: str) -> Iterator[Mapping[str, Any]]:
    """All documents with what is known of them, in no order. Raises RefusedError or NoAnswerError where the
    cluster lost its place in the listing."""
    asked = {"size": _PAGE, "sort": ["_doc"], "_source": ["kept.known"], "track_total_hits": True}
    whole = {"scroll": _HELD, "allow_partial_search_results": "false"}
    answer = cluster.ask("POST", f"/{index}/_search", asked, params=whole)
    missing = answer["hits"]["total"]["value"]
    while hits := answer["hits"]["hits"]:
        missing -= len(hits)
        yield from hits
        further = {"scroll": _HELD, "scroll_id": answer["_scroll_id"]}
        answer = cluster.ask("POST", "/_search/scroll", further, patience=0)
    if missing:  # an answer was lost, and the next try got the page after it
        raise NoAnswerError(
            Message("cluster_no_answer", url=str(cluster.address), error="scroll"),
            hint=Message("cluster_no_answer_hint"),
        )
    cluster.ask("DELETE", "/_search/scroll", {"scroll_id": answer["_scroll_id"]})
