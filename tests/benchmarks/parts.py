"""Where the time of a search over a cluster goes: in its nodes, on the way, here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any


@dataclass(slots=True)
class Parts:
    """Sums over some searches. `took`: milliseconds that the cluster says its answers took, `way`: what they took
    beyond that until they were here and read; requests that are under way side by side count twice. `here`, `own`:
    milliseconds of this process's processors, for the cluster's answers and for those of this machine's index;
    `nodes`: of those of nodes on this machine whose processes are named (Linux)."""

    searches: int = 0
    requests: int = 0
    bodies: int = 0
    took: float = 0.0
    way: float = 0.0
    nodes: float = 0.0
    here: float = 0.0
    own: float = 0.0

    def row(self) -> str:
        """The means, as cells of a table."""
        sums = (self.requests, self.bodies, self.took, self.way, self.nodes, self.here, self.own)
        return " | ".join(f"{part / max(1, self.searches):.1f}" for part in sums)


HEAD = "requests | questions | took | on the way | CPU nodes | CPU here | CPU own"


class Watched:
    """A client of opensearch-py whose searches are timed; all else is as the client knows it."""

    def __init__(self, client: Any, processes: Sequence[int] = ()) -> None:
        self._client = client
        self._processes = processes
        self._lock = Lock()
        self._now = Parts()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def msearch(self, **asked: Any) -> Any:
        began = time.perf_counter()
        answer = self._client.msearch(**asked)
        wall = (time.perf_counter() - began) * 1_000
        with self._lock:
            self._now.requests += 1
            self._now.bodies += len(answer["responses"])
            self._now.took += answer["took"]
            self._now.way += wall - answer["took"]
        return answer

    @contextmanager
    def watching(self, parts: Parts) -> Iterator[None]:
        """Adds to `parts` what is searched inside."""
        nodes, here, self._now = self._nodes(), time.process_time(), Parts()
        yield
        parts.here += (time.process_time() - here) * 1_000
        parts.nodes += self._nodes() - nodes
        parts.searches += 1
        for name in ("requests", "bodies", "took", "way"):
            setattr(parts, name, getattr(parts, name) + getattr(self._now, name))

    def _nodes(self) -> float:
        """Milliseconds of processors that the named processes have had, in steps of ten."""
        stats = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in self._processes
        ]
        ticks = sum(int(stat.split()[11]) + int(stat.split()[12]) for stat in stats)
        return 1_000 * ticks / os.sysconf("SC_CLK_TCK")
