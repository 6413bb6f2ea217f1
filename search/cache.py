"""A bounded cache: what was used longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Cache(Generic[_Value]):
    """Values by key, up to `most` bytes in all; threads may share it."""

    def __init__(self, most: int, size_of: Callable[[_Value], int]) -> None:
        self._most = most
        self._size_of = size_of
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The value of a key; `make` makes it where it is not kept."""
        kept = self.peek(key)
        if kept is not None:
            return kept
        value = make()  # two threads may both make it: dearer, but none waits for another
        self.keep(key, value)
        return value

    def peek(self, key: Hashable) -> _Value | None:
        """The value of a key, None where it is not kept (no value is None)."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: Hashable, value: _Value) -> None:
        """Keep a value, unless it is larger than all may be, or another one is kept."""
        size = self._size_of(value)
        with self._lock:
            if size > self._most or key in self._values:
                return
            self._values[key] = value
            self._bytes += size
            while self._bytes > self._most:
                _, dropped = self._values.popitem(last=False)
                self._bytes -= self._size_of(dropped)
