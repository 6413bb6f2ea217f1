"""The Whoosh schema: one document a section, and one a rejected file."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator
from typing import Any

from whoosh.fields import ID, KEYWORD, NUMERIC, FieldType, Schema
from whoosh.formats import Frequency

from indexer.text.segment import words

WRITTEN_ELSEWHERE = "an index of Gongkai is written by indexer.store.writer"
_CODE = 241


class FoldedText(FieldType):  # type: ignore[misc]
    """Folded text that the codec searches itself: every text that stands in it is a term."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.scorable = True
        self.indexed = True
        self.stored = False
        self.unique = False

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """No postings: the arrays are made from prepared reports."""
        raise NotImplementedError(WRITTEN_ELSEWHERE)

    def process_text(self, text: str, **_: Any) -> Iterator[str]:
        """The words that Whoosh's own query parser looks up."""
        return iter(words(text))


# A pickle then holds the number and no import path: modules may move, whatever was pickled.
copyreg.add_extension(FoldedText.__module__, FoldedText.__qualname__, _CODE)


def schema() -> Schema:
    """A new schema."""
    return Schema(
        report=ID(stored=True, sortable=True),
        source=ID(stored=True),
        title=FoldedText(),
        genre=ID(stored=True, sortable=True),
        # shift_step 0: one term a year; Whoosh's tiered ranges take in years past an open start
        year=NUMERIC(int, signed=False, shift_step=0, stored=True, sortable=True),
        region=KEYWORD(stored=True, sortable=True),
        kind=ID(stored=True, sortable=True),
        heading=ID(stored=True),
        issuer=ID(stored=True, sortable=True),
        text=FoldedText(),
    )
