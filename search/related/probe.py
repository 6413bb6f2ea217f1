"""Asking the index whether a phrase stands in it, a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable


class Probe:
    """How many reports hold a phrase; each phrase is asked once, and 0 once `calls` are used up."""

    def __init__(self, found: Callable[[str], int], calls: int) -> None:
        self._found = found
        self._known: dict[str, int] = {}
        self.calls = calls

    def __call__(self, folded: str) -> int:
        phrase = folded.strip()
        if phrase not in self._known:
            if self.calls <= 0 or not phrase:
                return 0
            self.calls -= 1
            self._known[phrase] = self._found(phrase)
        return self._known[phrase]

    def share(self, calls: int) -> Probe:
        """A probe with some of this one's calls, which are gone for this one; both know the same."""
        part = Probe(self._found, min(calls, self.calls))
        part._known = self._known
        self.calls -= part.calls
        return part
