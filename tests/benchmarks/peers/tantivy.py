"""Tantivy: rjieba's words joined by spaces, phrase queries, terms aggregations, snippets."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from importlib import import_module, metadata, util
from pathlib import Path
from typing import Any

from indexer.model import Report
from tests.benchmarks.peers.peer import SHOWN
from tests.benchmarks.queries import Query
from tests.benchmarks.texts import Text, text_of

_HEAP = 1_000_000_000  # bytes; less leaves more segments, which are slower to search
_ALL = 65_000  # no report corpus has more values of a facet
_FACETS = {name: {"terms": {"field": name, "size": _ALL}} for name in ("region", "year", "genre")}


class Tantivy:
    name = "Tantivy"
    note = "rjieba, one writer thread; no NEAR over characters, no wildcards in phrases"
    share = 1
    bare = True

    def version(self) -> str | None:
        there = util.find_spec("tantivy") and util.find_spec("rjieba")
        return metadata.version("tantivy") if there else None

    def builder(self, folder: Path) -> _Builder:
        return _Builder(folder)

    def open(self, folder: Path) -> _Opened:
        return _Opened(folder)


def _schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("title", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("id", "region", "genre", "kinds"):
        builder.add_text_field(
            name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_integer_field("year", fast=True, indexed=True)
    return builder.build()


def _words(cut: Callable[[str], list[str]], text: str) -> list[str]:
    return [word for word in cut(text) if not word.isspace()]


class _Builder:
    def __init__(self, folder: Path) -> None:
        self._tantivy = import_module("tantivy")
        self._cut = import_module("rjieba").cut
        index = self._tantivy.Index(_schema(self._tantivy), path=str(folder))
        self._writer = index.writer(heap_size=_HEAP, num_threads=1)

    def convert(self, report: Report) -> Text:
        return text_of(report)

    def add(self, item: object) -> None:
        assert isinstance(item, Text)
        self._writer.add_document(
            self._tantivy.Document(
                id=item.id,
                title=item.title,
                text=" ".join(_words(self._cut, item.body)),
                region=list(item.region),
                genre=item.genre,
                kinds=list(item.kinds),
                year=item.year,
            )
        )

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._tantivy = import_module("tantivy")
        self._cut = import_module("rjieba").cut
        index = self._tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def can(self, query: Query) -> bool:
        return query.join in ("all", "any", "not")

    def answer(self, query: Query, *, snippets: bool) -> int:
        asked = self._query(query)
        result = self._searcher.search(asked, SHOWN, count=True)
        self._searcher.aggregate(asked, _FACETS)
        shown = [self._searcher.doc(address) for _, address in result.hits]
        if snippets:
            generator = self._tantivy.SnippetGenerator.create(
                self._searcher, asked, self._schema, "text"
            )
            for document in shown:
                generator.snippet_from_doc(document).to_html()
        return int(result.count)

    def found(self, query: Query) -> Collection[str]:
        ids = {"id": {"terms": {"field": "id", "size": self._searcher.num_docs}}}
        buckets = self._searcher.aggregate(self._query(query), ids)["id"]["buckets"]
        return [bucket["key"] for bucket in buckets]

    def processes(self) -> tuple[int, ...]:
        return (os.getpid(),)

    def close(self) -> None:
        """Nothing to close."""

    def _query(self, query: Query) -> Any:
        tantivy, occur = self._tantivy, self._tantivy.Occur
        joins = {"all": [occur.Must], "any": [occur.Should], "not": [occur.Must, occur.MustNot]}
        how = joins[query.join]
        clauses = [
            (how[min(at, len(how) - 1)], self._part(part)) for at, part in enumerate(query.parts)
        ]
        if query.region:
            region = tantivy.Query.term_query(self._schema, "region", query.region)
            clauses.append((occur.Must, region))
        if query.years:
            integer = tantivy.FieldType.Integer
            clauses.append(
                (occur.Must, tantivy.Query.range_query(self._schema, "year", integer, *query.years))
            )
        return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)

    def _part(self, part: str) -> Any:
        words = _words(self._cut, part)
        if len(words) == 1:
            return self._tantivy.Query.term_query(self._schema, "text", words[0])
        return self._tantivy.Query.phrase_query(self._schema, "text", words)
