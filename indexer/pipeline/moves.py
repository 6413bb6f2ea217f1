"""Which files that are gone went where: their content says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Moves:
    """Files of the index that may be gone: their sources, with the digests of their contents.

    Of a file that lies in another it is not known before that was read to its end. One whose place a
    new file seems to have taken may still be met; then that was a copy.
    """

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._missing = dict.fromkeys(digests)
        self._by_content: dict[str, list[str]] = {}
        for source, sha256 in digests.items():
            if sha256:
                self._by_content.setdefault(sha256, []).append(source)
        self._origins: dict[str, bool] = {}

    def seen(self, source: str) -> bool:
        """A file is there after all. Whether another was counted as moved from there."""
        self._missing.pop(source, None)
        return self._origins.pop(source, False)

    def origin(self, source: str, sha256: str, *, counts: bool) -> str | None:
        """The missing file that a new one was, for this one alone; `counts`: it is counted as moved."""
        origin = self.find(source, sha256)
        if origin is not None:
            self._by_content[sha256].remove(origin)
            self._origins[origin] = counts
        return origin

    def takes_place(self, origin: str, sha256: str, *, counts: bool) -> bool:
        """A copy of a file is in its place now: whether that is missing, and nobody's origin."""
        if origin not in self._missing or origin in self._origins:
            return False
        same = self._by_content.get(sha256, [])
        if origin in same:
            same.remove(origin)
        self._origins[origin] = counts
        return True

    def find(self, source: str, sha256: str) -> str | None:
        """The missing file of the same bytes, by preference of its name and folders."""
        same = self._by_content.get(sha256, [])
        same[:] = [other for other in same if other in self._missing]
        return max(same, key=lambda other: _in_common(source, other), default=None)

    def vanished(self) -> Iterator[tuple[str, bool]]:
        """Every file that was not met, and whether it was the origin of another."""
        for source in self._missing:
            yield source, source in self._origins


def _in_common(one: str, other: str) -> int:
    """How many names, from the last one back, are the same in two paths."""
    count = 0
    for mine, its in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if mine != its:
            break
        count += 1
    return count
