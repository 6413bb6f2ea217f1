"""A corpus of three small reports, and what indexing it again does."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.pipeline.build import build
from indexer.pipeline.tally import Summary
from indexer.store.alike_file import alike_name
from indexer.store.manifest import read_manifest
from search.local.engine import IndexEngine
from search.model import SearchRequest

REPORT = "{place}2018年政府信息公开年度报告\n一、概述\n推进“三务”公开。\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding=encoding)
    return path


def touch(path: Path) -> None:
    """A later mtime, whatever the clock's step."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))


def edit(path: Path) -> None:
    path.write_text(
        path.read_text(encoding="utf-8") + "二、问题\n党务公开不足。\n", encoding="utf-8"
    )
    touch(path)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def expected_names(folder: Path) -> set[str]:
    """What an index holds after a run, and nothing else."""
    manifest = read_manifest(folder)
    own = {"MAIN_WRITELOCK", "gongkai.json", "corpus.json", alike_name(manifest.name)}
    return own | manifest.files


def counts(summary: Summary) -> dict[str, int]:
    """The counts that are not zero."""
    names = ("reports", "added", "updated", "moved", "unchanged", "removed", "read")
    return {name: asdict(summary)[name] for name in names if asdict(summary)[name]}


def run(corpus: Path, folder: Path, **options: Any) -> dict[str, int]:
    return counts(build(corpus, folder, jobs=1, **options))


def found(folder: Path, query: str = "三务公开") -> list[str]:
    result = IndexEngine(folder).search(SearchRequest(q=query, sort="region"))
    return sorted(hit.source for hit in result.reports)
