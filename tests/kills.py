"""Runs of the indexer, each killed before another one of its writes; a process of its own.

Arguments: the corpus, the folder of its index or one to be, a folder for copies of that, and whether
to rebuild. Whatever the kill left must answer, and the next run must mend it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

from indexer.pipeline.build import build
from indexer.store.verify import verify
from tests.depth import DEEP
from tests.three_reports import expected_names, found, names

_KILLED = 9
_WRITES = ("os.rename", "os.remove", "os.truncate", "os.mkdir", "sync")


def killed_run(corpus: Path, folder: Path, deadline: int, *, rebuild: bool) -> NoReturn:
    """Build, and end at once before the write of that number."""
    writes = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal writes
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if opens or event in _WRITES:
            writes += 1
            if writes == deadline:
                os._exit(_KILLED)

    fsync = os.fsync

    def sync(file: int) -> None:
        count("sync", ())
        fsync(file)

    os.fsync = sync  # type: ignore[assignment]
    sys.addaudithook(count)
    build(corpus, folder, jobs=1, rebuild=rebuild)
    os._exit(0)


def try_all(corpus: Path, index: Path, copies: Path, *, rebuild: bool) -> int:
    """How many kills a run was tried with; without depth, before every other write."""
    after = len(list(corpus.rglob("*.txt")))
    deadline = tried = 0
    while True:
        tried += 1
        deadline += 1 if DEEP else 2
        copy = copies / str(deadline)
        if index.exists():
            shutil.copytree(index, copy)
        child = os.fork()
        if not child:
            killed_run(corpus, copy, deadline, rebuild=rebuild)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, _KILLED), code
        check(corpus, copy, {after, len(found(index))} if index.exists() else set(), after)
        if code == 0:
            return tried - 1


def check(corpus: Path, folder: Path, before: set[int], after: int) -> None:
    """`before`: how many reports may be found at first; empty where there need be no index yet."""
    if before:
        assert len(found(folder)) in before
        verify(folder)
    assert build(corpus, folder, jobs=1).reports == after
    verify(folder)
    assert len(found(folder)) == after
    assert names(folder) == expected_names(folder), names(folder)


if __name__ == "__main__":
    corpus, index, copies = map(Path, sys.argv[1:4])
    print(try_all(corpus, index, copies, rebuild=sys.argv[4] == "rebuild"))
