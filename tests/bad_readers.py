"""What a reader may do at its worst. A module of its own: each process of a pool imports it."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.messages import Message
from indexer.reading.page_done import page_done

Told = tuple[object, int | Message]


def spin(seconds: float) -> None:
    """Use a processor for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def on(task: object) -> Iterator[Told]:
    """What a reader may do."""
    match task:
        case int():
            for number in range(task):
                yield task, number
        case "hang":
            yield task, 0
            threading.Event().wait()
        case Path():  # what is none of its own fault: ended once
            if not task.exists():
                task.touch()
                os._exit(9)
            yield task, 0
        case "nap":
            yield task, 0
            time.sleep(2)
            yield task, 1
        case "spin":
            while True:
                pass
        case "pages":
            for _ in range(6):
                spin(0.5)
                page_done()
            yield task, 6
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
