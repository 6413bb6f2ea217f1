"""What a long run of drawn queries or requests came to: how each ended, the dearest, what failed, memory.

A line of progress each PROGRESS of them; a run that is ended before its time has told all until then.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

PROGRESS = 1_000
_MOST_TOLD = 20
"""Of what failed or was late."""


class Ledger:
    """`late`: CPU seconds that none may take."""

    def __init__(self, late: float) -> None:
        self._late = late
        self._began = time.monotonic()
        self.ends: Counter[str] = Counter()
        self.worst = 0.0
        self.wrong: list[str] = []
        """What took too long, or failed as nothing may."""

    @property
    def count(self) -> int:
        return self.ends.total()

    def enter(self, end: str, seconds: float, what: object) -> None:
        """One of them is answered."""
        self.ends[end] += 1
        self.worst = max(self.worst, seconds)
        if seconds > self._late:
            self.fault(f"{seconds:.2f} s", what)
        if self.count % PROGRESS == 0:
            self.tell()

    def fault(self, how: str, what: object) -> None:
        self.wrong.append(f"{how}: {what!r:.2000}")
        if len(self.wrong) <= _MOST_TOLD:
            print(self.wrong[-1], flush=True)

    def tell(self) -> None:
        print(
            time.strftime("%H:%M:%S", time.gmtime()),
            f"{self.count:,} in {time.monotonic() - self._began:.0f} s;",
            f"most CPU: {self.worst:.2f} s; {resident() / 2**20:.0f} MiB; wrong: {len(self.wrong)};",
            dict(self.ends.most_common(12)),
            flush=True,
        )


def resident() -> int:
    """Bytes of memory that this process has now; Linux alone tells so."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) << 10
    return 0
