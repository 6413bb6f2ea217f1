"""Plain Whoosh with jieba's own analyzer, on every tenth report: it is slow."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Collection
from importlib import import_module, metadata, util
from pathlib import Path
from typing import Any

from indexer.model import Report
from tests.benchmarks.peers.peer import SHOWN
from tests.benchmarks.queries import Query
from tests.benchmarks.texts import Text, text_of


class Whoosh:
    name = "Whoosh + jieba"
    note = "every tenth report only; ChineseAnalyzer finds no phrase of two words"
    share = 10
    bare = False

    def version(self) -> str | None:
        there = util.find_spec("whoosh") and util.find_spec("jieba")
        return metadata.version("Whoosh-Reloaded") if there else None

    def builder(self, folder: Path) -> _Builder:
        return _Builder(folder)

    def open(self, folder: Path) -> _Opened:
        return _Opened(folder)


def _analyzer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_module("jieba").setLogLevel(logging.WARNING)
        return import_module("jieba.analyse").ChineseAnalyzer()


class _Builder:
    def __init__(self, folder: Path) -> None:
        fields = import_module("whoosh.fields")
        schema = fields.Schema(
            id=fields.ID(stored=True),
            title=fields.STORED(),
            text=fields.TEXT(analyzer=_analyzer(), stored=True),
            year=fields.NUMERIC(int, sortable=True),
            region=fields.KEYWORD(),
            genre=fields.ID(),
        )
        index = import_module("whoosh.index").create_in(str(folder), schema)
        self._writer = index.writer(limitmb=512)

    def convert(self, report: Report) -> Text:
        return text_of(report)

    def add(self, item: object) -> None:
        assert isinstance(item, Text)
        self._writer.add_document(
            id=item.id,
            title=item.title,
            text=item.body,
            year=item.year,
            region=" ".join(item.region),
            genre=item.genre,
        )

    def close(self) -> None:
        self._writer.commit()


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._query = import_module("whoosh.query")
        facet = import_module("whoosh.sorting").FieldFacet
        _analyzer()
        index = import_module("whoosh.index").open_dir(str(folder))
        self._searcher = index.searcher()
        self._parser = import_module("whoosh.qparser").QueryParser("text", index.schema)
        self._facets = {
            "region": facet("region", allow_overlap=True),
            "year": facet("year"),
            "genre": facet("genre"),
        }

    def can(self, query: Query) -> bool:
        return query.join in ("all", "any", "not")

    def answer(self, query: Query, *, snippets: bool) -> int:
        results = self._searcher.search(self._asked(query), limit=SHOWN, groupedby=self._facets)
        for name in self._facets:
            {value: len(reports) for value, reports in results.groups(name).items()}
        for hit in results:
            if snippets:
                hit.highlights("text")
        return len(results)

    def found(self, query: Query) -> Collection[str]:
        return [hit["id"] for hit in self._searcher.search(self._asked(query), limit=None)]

    def processes(self) -> tuple[int, ...]:
        return (os.getpid(),)

    def close(self) -> None:
        self._searcher.close()

    def _asked(self, query: Query) -> Any:
        between = {"all": " AND ", "any": " OR ", "not": " NOT "}[query.join]
        asked = self._parser.parse(between.join(f'"{part}"' for part in query.parts))
        if query.region:
            asked = asked & self._query.Term("region", query.region)
        if query.years:
            asked = asked & self._query.NumericRange("year", *query.years)
        return asked
