"""Indexes of a cluster filled for a test, and the engine over each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from opensearchpy import OpenSearch, helpers

from indexer.arrays.prepare import prepare
from indexer.arrays.records import read_record, read_report
from indexer.arrays.segment import REJECTED
from indexer.model import Report
from indexer.store.reader import IndexReader
from search.remote.asking import Cluster
from search.remote.documents import document, rejected_document
from search.remote.engine import ClusterEngine
from search.remote.mapping import index_body
from tests.unit.records import plain_record

URL = "GONGKAI_CLUSTER_URL"
Documents = Iterable[tuple[str, dict[str, Any]]]
"""The id of each document, and what stands in it."""


def client() -> OpenSearch:
    """Asks the cluster that the tests run on. It fails, and skips nothing, where none is named or answers."""
    url = os.environ.get(URL, "")
    if not url:
        pytest.fail(f"{URL} names no cluster: make cluster starts one")
    found = OpenSearch(url, timeout=60)
    if not found.ping():
        pytest.fail(f"no cluster answers at {url}")
    return found


@contextmanager
def filled(documents: Documents) -> Iterator[ClusterEngine]:
    """The engine over an index of these documents, which is removed in the end."""
    asked = client()
    name = f"gongkai-test-{secrets.token_hex(6)}"
    asked.indices.create(index=name, body=index_body(shards=3, replicas=0))
    try:
        actions = ({"_index": name, "_id": one, "_source": found} for one, found in documents)
        helpers.bulk(asked, actions, refresh=True)
        yield ClusterEngine(Cluster(asked, name, os.environ[URL]))
    finally:
        asked.indices.delete(index=name)


def of_reports(reports: Iterable[Report]) -> Documents:
    """The documents of reports whose files are nowhere."""
    for report in reports:
        prepared = prepare(report)
        yield report.id, document(prepared, plain_record(prepared))


def of_index(folder: Path) -> Documents:
    """The documents of all files of an index."""
    for segment in IndexReader(folder).segments:
        for file in np.flatnonzero(segment.live).tolist():
            record = read_record(segment.arrays, file)
            if segment.arrays.file_genre[file] == REJECTED:
                yield record["id"], rejected_document(record)
            else:
                prepared = prepare(read_report(segment.arrays, file))
                yield record["id"], document(prepared, record)
