"""The Whoosh schema: one document a section, and one a rejected file.

A report's first document also carries what belongs to the report as a whole (`about`) and the
state of its file (`file`); a rejected file's document has nothing but `source` and `file`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, FieldType, Schema
from whoosh.formats import Frequency
from whoosh.system import pack_uint

from indexer.text.segment import words

FORMAT_VERSION = 1
"""Raise it whenever the documents change: an index of another version is refused."""


class SegmentedText(FieldType):  # type: ignore[misc]
    """Text that comes with its words counted; plain Whoosh finds and ranks them by Term."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.scorable = True
        self.indexed = True
        self.stored = False
        self.unique = False

    def index(
        self, value: Mapping[str, int], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one document: (word, frequency, weight, encoded frequency)."""
        for word, count in sorted(value.items()):
            yield word.encode(), count, float(count), pack_uint(count)

    def process_text(self, text: str, **_: Any) -> Iterator[str]:
        """The words that Whoosh's own query parser looks up."""
        return iter(words(text))


def schema() -> Schema:
    """A new schema."""
    return Schema(
        report=ID(stored=True),
        source=ID(stored=True),
        first=ID(),
        title=SegmentedText(),
        genre=ID(),
        year=NUMERIC(int, signed=False),
        region=KEYWORD(),
        kind=ID(),
        issuer=ID(),
        text=SegmentedText(),
        about=STORED(),
        section=STORED(),
        file=STORED(),
    )
