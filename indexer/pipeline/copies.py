"""The same report twice: of files with one text, the first by source is the report."""

from __future__ import annotations

import hashlib

import numpy as np

from indexer.arrays.prepare import PreparedReport

_NO_LETTERS = np.array([ord(c) for c in "\n 。"], np.uint16)
"""What of a folded text is no letter; a full stop between digits makes another number."""


def digest_of(prepared: PreparedReport) -> str:
    """The same for reports of the same region, year and genre whose texts have the same letters."""
    report = prepared.report
    facts = [region.code for region in report.region], report.year, report.genre
    letters = prepared.folded[~np.isin(prepared.folded, _NO_LETTERS)]
    return hashlib.sha256(repr(facts).encode() + letters.tobytes()).hexdigest()[:32]


class Copies:
    """Which source stands for the reports of one digest, of those that came so far.

    `demoted`: reports that turned out to be copies after they had come, and of which.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self.demoted: dict[str, str] = {}

    def place(self, source: str, digest: str) -> str:
        """The source that a report is a copy of, "" where it is the first so far."""
        first = self._first.get(digest)
        if first is not None and first < source:
            return first
        self._first[digest] = source
        if first is not None:
            self.demoted[first] = source
        return ""
