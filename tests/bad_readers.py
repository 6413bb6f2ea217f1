"""What a reader may do at its worst. A module of its own: each process of a pool imports it."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator

from indexer.messages import Message

Told = tuple[object, int | Message]


def on(task: object) -> Iterator[Told]:
    """What a reader may do."""
    match task:
        case int():
            for number in range(task):
                yield task, number
        case "hang":
            yield task, 0
            threading.Event().wait()
        case "hang in C":
            ctypes.PyDLL(None).pause()  # the interpreter's lock is held: nothing else runs there
        case "exit":
            os._exit(3)
        case "abort":
            yield task, 0
            os.abort()
        case "raise":
            raise ZeroDivisionError
        case "eat":
            yield task, sum(bytearray(4 << 30))
