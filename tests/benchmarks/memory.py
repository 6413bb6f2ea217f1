"""Measuring in a process of its own: nothing that ran before counts."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
MB = 1_000_000


def in_child(
    function: Callable[Arguments, Result], *args: Arguments.args, **named: Arguments.kwargs
) -> Result:
    """function(…) in a new interpreter."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **named).result()


def peak_bytes() -> int:
    """The most memory that this process, or one that it started and that has ended, ever held."""
    own = _kilobytes(Path("/proc/self/status"), "VmHWM")
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024


def unmapped_bytes(processes: Iterable[int]) -> int:
    """What the processes hold beyond the files that they map."""
    rollups = [Path(f"/proc/{process}/smaps_rollup") for process in processes]
    return sum(_kilobytes(rollup, "Anonymous") for rollup in rollups) * 1024


def of_all(process: int) -> int:
    """The same of a process and all that it has started; what these share counts once."""
    total = 0
    for each in _with_children(process):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            total += _kilobytes(Path(f"/proc/{each}/smaps_rollup"), "Pss_Anon")
    return total * 1024


def _with_children(process: int) -> Iterator[int]:
    yield process
    for each in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for child in each.read_text().split():
                yield from _with_children(int(child))


def _kilobytes(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
