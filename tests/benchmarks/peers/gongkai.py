"""This engine, through the API that command line and pages use."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState
from indexer.model import Report
from indexer.store.writer import IndexWriter
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import MAX_SIZE, SearchRequest
from tests.benchmarks.peers.peer import SHOWN
from tests.benchmarks.queries import Query


def engine(folder: Path) -> Engine:
    """Every query is answered for the first time: no cache of answers."""
    return IndexEngine(folder, cache_bytes=0)


def totals(folder: Path, queries: Sequence[Query]) -> list[tuple[int, int]]:
    """Reports and hits of each query."""
    opened = engine(folder)
    found = [opened.search(_request(query, size=1)).total for query in queries]
    return [(total.reports, total.hits) for total in found]


class Gongkai:
    name = "Gongkai"
    note = "five facets, passages with all hits marked"
    share = 1
    bare = False

    def version(self) -> str | None:
        return "here"

    def builder(self, folder: Path) -> _Builder:
        return _Builder(folder)

    def open(self, folder: Path) -> _Opened:
        return _Opened(folder)


class _Builder:
    def __init__(self, folder: Path) -> None:
        self._writer = IndexWriter(folder, rebuild=True).__enter__()

    def convert(self, report: Report) -> Report:
        return report

    def add(self, item: object) -> None:
        assert isinstance(item, Report)
        self._writer.add(prepare(item), FileState(0, 0, "", "", None))

    def close(self) -> None:
        self._writer.__exit__(None, None, None)


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._engine = engine(folder)
        self._folder = folder

    def can(self, query: Query) -> bool:
        return True

    def answer(self, query: Query, *, snippets: bool) -> int:
        return self._engine.search(_request(query, size=SHOWN)).total.reports

    def found(self, query: Query) -> Collection[str]:
        """Page by page, the later ones from the cache: this is not timed."""
        ids: list[str] = []
        page = 1
        while True:
            answer = self._paging.search(_request(query, size=MAX_SIZE, page=page, passages=0))
            ids += [report.id for report in answer.reports]
            if len(ids) >= answer.total.reports or not answer.reports:
                return ids
            page += 1

    @cached_property
    def _paging(self) -> Engine:
        return IndexEngine(self._folder)

    def processes(self) -> tuple[int, ...]:
        return (os.getpid(),)

    def close(self) -> None:
        """Nothing is held but mapped files."""


def _request(query: Query, *, size: int, page: int = 1, passages: int = 3) -> SearchRequest:
    first, last = query.years or (None, None)
    return SearchRequest(
        q=query.text,
        region=(query.region,) if query.region else (),
        year_from=first,
        year_to=last,
        size=size,
        page=page,
        passages=passages,
    )
