"""What a run did, counted: each report once, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.messages import Message
from indexer.pipeline.corpus import Rejected
from indexer.store.reader import KnownFile


@dataclass(slots=True)
class Summary:
    """What a run did. Counts are of files, those that lie in others too, but not of what only holds
    them, nor of copies of another report; `reports` to `copies` are of the index afterwards.

    `read` counts the files of the folder that were opened; `rejected` holds all that are not in the
    index.
    `notice` says that an index of another version was replaced; None where none was.
    """

    reports: int = 0
    sections: int = 0
    characters: int = 0
    copies: int = 0
    added: int = 0
    updated: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    read: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    seconds: float = 0.0
    notice: Message | None = None


class Tally:
    """Counts files as they come. `known` is what the index held before, {} for what is built anew."""

    def __init__(self, summary: Summary, known: Mapping[str, KnownFile]) -> None:
        self._summary = summary
        self._known = known
        self._moved: set[str] = set()

    def kept(self, source: str, known: KnownFile) -> None:
        """A file that is as it was."""
        self._there(source, known)
        self._summary.unchanged += counts(known)

    def arrived(self, source: str, now: KnownFile, *, moved: bool) -> None:
        """A file that was read; `moved`: its report came from another place."""
        self._there(source, now)
        if now.sections:
            self._changed(source, now, 1, moved=moved)
            if moved:
                self._moved.add(source)

    def was_copied(self, source: str) -> None:
        """What was counted as moved was copied: the file that it was is there."""
        if source in self._moved:
            self._moved.remove(source)
            self._summary.moved -= 1
            self._summary.added += 1

    def demoted(self, source: str, now: KnownFile, *, kept: bool) -> None:
        """A report that was counted, as one that was kept or that arrived, and is a copy."""
        self._report(now, -1)
        self._summary.copies += 1
        if kept:
            self._summary.unchanged -= 1
        else:
            self._changed(source, now, -1, moved=source in self._moved)

    def vanished(self, known: KnownFile) -> None:
        """A file that is gone, and went nowhere."""
        self._summary.removed += counts(known)

    def _there(self, source: str, now: KnownFile) -> None:
        if now.state.reason is not None:
            self._summary.rejected.append(Rejected(source, now.state.reason))
        elif now.state.copy_of:
            self._summary.copies += 1
        elif now.sections:
            self._report(now, 1)

    def _report(self, now: KnownFile, by: int) -> None:
        self._summary.reports += by
        self._summary.sections += by * now.sections
        self._summary.characters += by * now.characters

    def _changed(self, source: str, now: KnownFile, by: int, *, moved: bool) -> None:
        """Count a report by what happened to it."""
        before = self._known.get(source)
        if before is None or not before.sections:
            self._summary.moved += by * moved
            self._summary.added += by * (not moved)
        elif _content(before) == _content(now):
            self._summary.unchanged += by
        else:
            self._summary.updated += by


def counts(known: KnownFile) -> bool:
    """Whether a file is counted: not if it only holds others, or is a copy."""
    return bool(known.sections) or known.state.reason is not None


def _content(known: KnownFile) -> tuple[str, str]:
    return known.state.sha256, known.state.override
