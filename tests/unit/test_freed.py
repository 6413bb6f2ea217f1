"""Memory that large arrays took is the system's again once they are freed, whatever is kept behind them."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import sys
import os
import numpy as np
from indexer.arrays.array_file import free_at_once
from tests.benchmarks.memory import MB, unmapped_bytes
if sys.argv[1] == "at once":
    free_at_once()
first = np.ones(16 << 20, np.uint8)
del first  # from now on glibc would take arrays of that size from its heap
before = unmapped_bytes([os.getpid()])
arrays = [np.ones(4 << 20, np.uint8) for _ in range(20)]
kept = arrays[-1], bytearray(2_000)
del arrays
print((unmapped_bytes([os.getpid()]) - before) // MB)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries free as they do")
@pytest.mark.parametrize(("how", "keeps"), [("as it is", True), ("at once", False)])
def test_arrays_are_freed(how: str, keeps: bool) -> None:
    """80 MB were taken, of which 4 are kept."""
    command = [sys.executable, "-c", PROGRAM, how]
    held = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert (int(held) > 40) == keeps
