"""A generation in a cluster as where reports go that were read (indexer/pipeline/sink.py)."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import FileState, record_of
from indexer.model import UNKNOWN_TIMES, Indexed, report_id
from indexer.store.reader import KnownFile
from search.remote.bulk import Bulk, Item
from search.remote.cluster import Cluster
from search.remote.documents import document, rejected_document
from search.remote.kept import unpacked
from search.remote.known import documents, known_by_id, known_json

_AT_ONCE = 50  # reports that are copied from one generation to the next


class RemoteSink:
    """Fills one generation. `standing`: the files of the generation before it, which come along unless they are
    removed; `resumable`: those that a killed run had sent to this one.

    `touched`: whether anything differs from the generation before.
    """

    def __init__(
        self,
        cluster: Cluster,
        index: str,
        bulk: Bulk,
        standing: Mapping[str, KnownFile],
        resumable: Mapping[str, KnownFile],
    ) -> None:
        self.resumable = resumable
        self.touched = False
        self._cluster = cluster
        self._index = index
        self._bulk = bulk
        self._standing = dict(standing)
        self._is_report: dict[str, bool] = {}

    @property
    def reports(self) -> int:
        """Reports that the generation is to hold."""
        return sum(self._is_report.values())

    @property
    def files(self) -> int:
        """Files that are no reports."""
        return len(self._is_report) - self.reports

    def add(
        self,
        prepared: PreparedReport,
        state: FileState,
        former: Sequence[str] = (),
        indexed: Indexed = UNKNOWN_TIMES,
    ) -> None:
        self.touched = True
        record = record_of(prepared.report.source, state, former, prepared, indexed)
        self._send_report(prepared, record)

    def reject(self, source: str, state: FileState, former: Sequence[str] = ()) -> None:
        self.touched = True
        self._send_file(record_of(source, state, former))

    def take_over(self, source: str) -> None:
        self.touched = True
        self._is_report[source] = bool(self.resumable[source].sections)

    def remove(self, source: str) -> None:
        self.touched = True
        self._standing.pop(source, None)

    def demote(self, copies: Mapping[str, str]) -> dict[str, KnownFile]:
        if not copies:
            return {}
        self._bulk.flush()
        demoted = known_by_id(self._cluster, self._index, [report_id(source) for source in copies])
        for source, known in demoted.items():
            self.reject(source, replace(known.state, copy_of=copies[source]), known.former)
        return demoted

    def finish(self, before: str | None) -> None:
        """Bring along what stands in the generation `before`, take out what a killed run had sent for nothing,
        and wait until the cluster has taken all."""
        for source, known in self._standing.items():
            left = self.resumable.get(source)
            if left is not None and (left, left.indexed) == (known, known.indexed):
                self._is_report[source] = bool(known.sections)
        missing = [source for source in self._standing if source not in self._is_report]
        for at in range(0, len(missing), _AT_ONCE):
            self._copy(before or "", missing[at : at + _AT_ONCE])
        for source in self.resumable.keys() - self._is_report.keys():
            id = report_id(source)
            self._bulk.put(Item(id, source, _line({"delete": {"_id": id}})))
        self._bulk.flush()

    def _copy(self, before: str, sources: Sequence[str]) -> None:
        """Send documents of the generation before once more: their files need not be read."""
        ids = [report_id(source) for source in sources]
        for id, found in documents(self._cluster, before, ids, "kept"):
            packed = found["kept"].get("bytes")
            if packed is None:
                self._send_file(json.loads(found["kept"]["record"]))
            else:
                kept = unpacked(b64decode(packed), id)
                self._send_report(kept.prepared, kept.record)

    def _send_report(self, prepared: PreparedReport, record: Mapping[str, Any]) -> None:
        self._send(document(prepared, record), record, len(prepared.report.sections))

    def _send_file(self, record: Mapping[str, Any]) -> None:
        self._send(rejected_document(record), record, 0)

    def _send(self, found: dict[str, Any], record: Mapping[str, Any], sections: int) -> None:
        source, id = record["source"], record["id"]
        found["kept"]["known"] = known_json(record, sections)
        self._is_report[source] = sections > 0
        self._bulk.put(Item(id, source, _line({"index": {"_id": id}}) + _line(found)))


def _line(found: Mapping[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
