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
        self._origins: dict[str, str] = {}

    def seen(self, source: str) -> str:
        """A file is there after all. Which other was counted as moved from there, "" for none."""
        self._missing.pop(source, None)
        return self._origins.pop(source, "")

    def origin(self, source: str, sha256: str, *, counts: bool) -> str | None:
        """The missing file that a new one was, for this one alone; `counts`: it is counted as moved."""
        origin = self.find(source, sha256)
        if origin is not None:
            self._origins[origin] = source if counts else ""
        return origin

    def takes_place(self, source: str, origin: str) -> bool:
        """A copy of a file is counted as moved from there, if that is missing, and nobody's origin."""
        if origin not in self._missing or origin in self._origins:
            return False
        self._origins[origin] = source
        return True

    def find(self, source: str, sha256: str) -> str | None:
        """The missing file of the same bytes, by preference of its name and folders."""
        same = self._by_content.get(sha256, [])
        same[:] = [s for s in same if s in self._missing and s not in self._origins]
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
