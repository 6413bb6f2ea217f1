"""Groonga: character bigrams and drilldowns, one process for all commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from indexer.model import Report
from tests.benchmarks.peers.peer import SHOWN
from tests.benchmarks.queries import DISTANCE, Query
from tests.benchmarks.texts import Text, text_of

_TABLES = (
    "table_create Regions TABLE_HASH_KEY ShortText",
    "table_create Genres TABLE_HASH_KEY ShortText",
    "table_create Years TABLE_PAT_KEY UInt16",
    "table_create Kinds TABLE_HASH_KEY ShortText",
    "table_create Reports TABLE_HASH_KEY ShortText",
    "column_create Reports title COLUMN_SCALAR ShortText",
    "column_create Reports text COLUMN_SCALAR LongText",
    "column_create Reports region COLUMN_VECTOR Regions",
    "column_create Reports genre COLUMN_SCALAR Genres",
    "column_create Reports kinds COLUMN_VECTOR Kinds",
    "column_create Reports year COLUMN_SCALAR Years",
)
_INDEXES = (  # made after loading: Groonga builds a whole index faster than it adds to one
    "table_create Terms TABLE_PAT_KEY ShortText "
    "--default_tokenizer TokenBigram --normalizer NormalizerAuto",
    "column_create Terms texts COLUMN_INDEX|WITH_POSITION Reports text",
    "column_create Regions reports COLUMN_INDEX Reports region",
    "column_create Years reports COLUMN_INDEX Reports year",
)
_BATCH = 50  # reports in one load command


class Groonga:
    name = "Groonga"
    note = "bigrams; NEAR and wildcards look past a line's end"
    share = 1
    bare = True

    def version(self) -> str | None:
        program = shutil.which("groonga")
        if not program:
            return None
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        numbers = re.search(r"\d+\.\d+\.\d+", told.stdout)
        return numbers.group() if numbers else None

    def builder(self, folder: Path) -> _Builder:
        return _Builder(folder)

    def open(self, folder: Path) -> _Opened:
        return _Opened(folder)


class _Process:
    """A groonga process that reads commands from a pipe and answers each with a line of JSON."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            ["groonga", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.number = self._process.pid

    def ask(self, command: str) -> Any:
        """The body of the answer. Raises RuntimeError where the command failed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        head, *body = json.loads(self._process.stdout.readline())
        if head[0] != 0:
            raise RuntimeError(f"groonga: {head}: {command[:200]}")
        return body[0]

    def close(self) -> None:
        self._process.communicate()


class _Builder:
    def __init__(self, folder: Path) -> None:
        self._process = _Process("-n", str(folder / "db"))
        for command in _TABLES:
            self._process.ask(command)
        self._batch: list[Mapping[str, object]] = []

    def convert(self, report: Report) -> Text:
        return text_of(report)

    def add(self, item: object) -> None:
        assert isinstance(item, Text)
        self._batch.append(
            {
                "_key": item.id,
                "title": item.title[:1_000],
                "text": item.body,
                "region": item.region,
                "genre": item.genre,
                "kinds": item.kinds,
                "year": item.year,
            }
        )
        if len(self._batch) == _BATCH:
            self._load()

    def close(self) -> None:
        self._load()
        for command in _INDEXES:
            self._process.ask(command)
        self._process.close()

    def _load(self) -> None:
        rows = json.dumps(self._batch, ensure_ascii=False)
        self._process.ask(f"load --table Reports\n{rows}")
        self._batch.clear()


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._process = _Process(str(folder / "db"))

    def can(self, query: Query) -> bool:
        return True

    def answer(self, query: Query, *, snippets: bool) -> int:
        columns = "_key,title,_score" + (",snippet_html(text)" if snippets else "")
        hits, *_ = self._select(
            query,
            output_columns=columns,
            sort_keys="-_score",
            limit=SHOWN,
            drilldown="region,year,genre",
            drilldown_limit=-1,
        )
        return int(hits[0][0])

    def found(self, query: Query) -> Collection[str]:
        hits = self._select(query, output_columns="_key", limit=-1)[0]
        return [row[0] for row in hits[2:]]

    def processes(self) -> tuple[int, ...]:
        return (os.getpid(), self._process.number)

    def close(self) -> None:
        self._process.close()

    def _select(self, query: Query, **options: object) -> Any:
        asked = {"table": "Reports", "filter": _filter(query), "cache": "no", **options}
        return self._process.ask("/d/select?" + urlencode(asked))


def _filter(query: Query) -> str:
    parts = [f'text @ "{part}"' for part in query.parts]
    if query.join in ("near", "*"):
        near = DISTANCE + max(map(len, query.parts))  # Groonga counts from start to start
        operator = "*NP" if query.join == "near" else "*ONP"
        return f'text {operator}{near} "{" ".join(query.parts)}"'
    if query.join == "?":  # the index narrows, the regular expression decides
        narrowing = [part for part in parts if len(part) > len('text @ "."')]
        return " && ".join([*narrowing, f'text @~ "{".".join(query.parts)}"'])
    asked = {"all": " && ", "any": " || ", "not": " &! "}[query.join].join(parts)
    if query.years:
        asked += f" && year >= {query.years[0]} && year <= {query.years[1]}"
    return asked + (f' && region @ "{query.region}"' if query.region else "")
