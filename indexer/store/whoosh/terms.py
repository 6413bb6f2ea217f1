"""What Whoosh reads of terms: in `text` and `title` every folded text that stands there is one.

Enumerated (lexicon, prefixes, fuzzy terms) are of these two fields the character pairs only, and
of a longer prefix the prefix itself. The other fields' terms are made when they are first asked
for. As in Whoosh's own codecs deleted documents are counted until a merge drops them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermInfo, TermNotFound

from indexer.store.whoosh.postings import (
    CodedTerms,
    HitMatcher,
    PairTerms,
    Postings,
    TermList,
    text_postings,
)
from indexer.store.whoosh.view import CODED, TEXTS, SegmentView

_FIELDS = tuple(sorted((*CODED, *TEXTS)))
_CACHED = 32


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """Terms of one segment, by field and encoded text."""

    def __init__(self, view: SegmentView) -> None:
        self._view = view
        self._lists: dict[str, TermList] = {}
        self._coded: dict[str, CodedTerms] = {}

        @lru_cache(_CACHED)  # Whoosh asks for a term three times, one after the other
        def texts(field: str, term: bytes) -> Postings | None:
            return text_postings(view, field, term)

        self._texts = texts

    def _found(self, field: str, term: bytes) -> Postings | None:
        if field in TEXTS:
            return self._texts(field, term)
        return self._terms(field).postings(term) if field in CODED else None

    def _terms(self, field: str) -> CodedTerms:
        if field not in self._coded:
            self._coded[field] = CodedTerms(self._view, field)
        return self._coded[field]

    def _list(self, field: str) -> TermList:
        if field not in self._lists:
            self._lists[field] = self._made_list(field)
        return self._lists[field]

    def _made_list(self, field: str) -> TermList:
        if field not in TEXTS:
            return TermList(self._terms(field).terms, lambda at: True)
        pairs, view = PairTerms(self._view.arrays, field), self._view
        return TermList(
            pairs,
            lambda at: not pairs.doubtful[at] or text_postings(view, field, pairs[at]) is not None,
        )

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._found(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return list(_FIELDS)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from(_FIELDS[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms from this one on, those of later fields too."""
        for field in _FIELDS:
            if field < fieldname:
                continue
            listed = self._list(field)
            at = listed.find(prefix) if field == fieldname else listed.skip(0)
            if field == fieldname and self._unlisted(listed, at, field, prefix):
                yield field, prefix
            while at < len(listed.terms):
                yield field, listed.terms[at]
                at = listed.skip(at + 1)

    def _unlisted(self, listed: TermList, at: int, field: str, term: bytes) -> bool:
        """Whether a text is a term that is not enumerated; it would stand at `at`."""
        there = at < len(listed.terms) and listed.terms[at] == term
        return field in TEXTS and not there and (field, term) in self

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """KeyError where there is no such term: Whoosh's reader expects it."""
        found = self._found(fieldname, text)
        if found is None:
            raise KeyError((fieldname, text))
        return found.info

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> HitMatcher:
        found = self._found(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return HitMatcher.of((fieldname, text), found, format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> ListCursor:
        return ListCursor(self, fieldname, fieldobj, self._list(fieldname))


class ListCursor(FieldCursor):  # type: ignore[misc]
    """Walks through the enumerated terms of a field."""

    def __init__(
        self, reader: ArrayTermsReader, fieldname: str, fieldobj: Any, listed: TermList
    ) -> None:
        self._reader = reader
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._listed = listed
        self._at = listed.skip(0)

    def is_valid(self) -> bool:
        return self._at < len(self._listed.terms)

    def first(self) -> Any:
        self._at = self._listed.skip(0)
        return self.text()

    def find(self, string: str | bytes) -> Any:
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._at = self._listed.find(term)
        return self.text()

    def next(self) -> Any:
        if self.is_valid():
            self._at = self._listed.skip(self._at + 1)
        return self.text()

    def text(self) -> Any:
        """The term's text; None at the end."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._listed.terms[self._at])

    def term(self) -> Any:
        return self.text()

    def term_info(self) -> TermInfo | None:
        if not self.is_valid():
            return None
        return self._reader.term_info(self._fieldname, self._listed.terms[self._at])
