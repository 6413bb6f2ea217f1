"""Where reports go that were read: the index of this machine (store/writer.py), or another one of the same manners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import FileState
from indexer.model import UNKNOWN_TIMES, Indexed
from indexer.store.reader import KnownFile


class Sink(Protocol):
    """Takes what one run makes of the files of a corpus. What it held before stays, unless it is removed."""

    @property
    def resumable(self) -> Mapping[str, KnownFile]:
        """What a run that was killed had brought, by source: of no effect until it is taken over."""

    def add(
        self,
        prepared: PreparedReport,
        state: FileState,
        former: Sequence[str] = (),
        indexed: Indexed = UNKNOWN_TIMES,
    ) -> None:
        """Add a report that is not there; `former` are its ids at earlier paths, `indexed` its times."""

    def reject(self, source: str, state: FileState, former: Sequence[str] = ()) -> None:
        """Note a file that is no report: it could not be read, is a copy, or only holds other files."""

    def take_over(self, source: str) -> None:
        """Add a file of `resumable` as it was read."""

    def demote(self, copies: Mapping[str, str]) -> dict[str, KnownFile]:
        """Make reports that were added in this run copies, each of the other source; those that were, as they
        were known. Called once at most, at its end."""

    def remove(self, source: str) -> None:
        """Remove whatever was held of a file before this run."""
