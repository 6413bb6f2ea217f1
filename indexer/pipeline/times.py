"""When each report came into the index, and when it last changed: what a run says of those that it reads."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.arrays.records import FileState
from indexer.model import Indexed
from indexer.store.reader import KnownFile


class Times:
    """The times of one run over an index that knows these files; `clock` is in seconds since 1970.

    Who remembers the newest time of an index sees by it what came later, though the run that brought it may
    have begun, or was killed and taken over, before he looked: no two runs that ended have the same time.
    """

    def __init__(self, known: Iterable[KnownFile], clock: float) -> None:
        newest = max((max(file.indexed) for file in known), default=0)
        self.now = max(int(clock), newest + 1)

    def of(self, before: KnownFile | None, state: FileState) -> Indexed:
        """The times of a report that was read; `before`: what the index knew of it, at an earlier path
        perhaps."""
        if before is None or not _was_report(before):
            return Indexed(self.now, self.now)
        if (before.state.sha256, before.state.override) == (state.sha256, state.override):
            return before.indexed
        return before.indexed._replace(changed=self.now)


def _was_report(known: KnownFile) -> bool:
    """An index of format 2 does not tell how many sections a file has."""
    state = known.state
    return state.reason is None and not state.copy_of and not (state.holds and not known.sections)
