"""Building indexes, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import time
from itertools import islice
from pathlib import Path

from indexer.model import Report
from indexer.pipeline.build import build
from tests.benchmarks.corpus import disk_bytes, files, folder_bytes
from tests.benchmarks.figures import AddOne, Build
from tests.benchmarks.memory import in_child, peak_bytes
from tests.benchmarks.peers import peer_named
from tests.benchmarks.texts import stored


def build_from_texts(name: str, reports: Path, folder: Path) -> Build:
    """An engine over the parsed texts: only what it does itself is timed, not their unpickling."""
    _empty(folder)
    return in_child(_from_texts, name, reports, folder)


def build_from_files(corpus: Path, folder: Path, jobs: int) -> Build:
    """This engine, from files, reading and parsing included."""
    _empty(folder)
    return in_child(_from_files, corpus, folder, jobs)


def add_one(corpus: Path, index: Path, work: Path) -> AddOne:
    """One more report, to copies of a corpus and its index."""
    copy, copied = work / "one-more", work / "one-more-index"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(corpus, copy, copy_function=_link)
    shutil.copytree(index, copied)
    sample = max(files(corpus), key=lambda path: path.stat().st_size)
    shutil.copyfile(sample, copy / f"再添一份{sample.suffix}")
    update = in_child(_from_files, copy, copied, 1)
    shutil.rmtree(copied)
    shutil.copytree(index, copied)
    commit = in_child(_commit_one, sample, copied)
    shutil.rmtree(copy)
    shutil.rmtree(copied)
    return AddOne(update.seconds, commit)


def _from_texts(name: str, reports: Path, folder: Path) -> Build:
    peer = peer_named(name)
    seconds = 0.0
    text = 0
    started = time.perf_counter()
    builder = peer.builder(folder)
    seconds += time.perf_counter() - started
    for report in islice(stored(reports, Report), 0, None, peer.share):
        text += len(report.text().encode())
        item = builder.convert(report)
        started = time.perf_counter()
        builder.add(item)
        seconds += time.perf_counter() - started
    started = time.perf_counter()
    builder.close()
    seconds += time.perf_counter() - started
    return Build(seconds, text, peak_bytes(), disk_bytes(folder))


def _from_files(corpus: Path, folder: Path, jobs: int) -> Build:
    started = time.perf_counter()
    build(corpus, folder, jobs=jobs)
    return Build(
        time.perf_counter() - started, folder_bytes(corpus), peak_bytes(), disk_bytes(folder)
    )


def _commit_one(sample: Path, index: Path) -> float:
    """Seconds to add one report to the index and commit, its reading left out."""
    from indexer.arrays.prepare import prepare
    from indexer.arrays.records import FileState
    from indexer.parsing.parse import parse
    from indexer.reading.read import read
    from indexer.store.writer import IndexWriter

    prepared = prepare(parse(f"再添一份{sample.suffix}", read(sample.name, sample.read_bytes())))
    started = time.perf_counter()
    with IndexWriter(index, rebuild=False) as writer:
        writer.add(prepared, FileState(0, 0, "", "", None))
    return time.perf_counter() - started


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _link(source: str, target: str) -> None:
    """A hard link keeps size and time of change; a copy where links are not possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
