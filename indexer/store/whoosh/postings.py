"""Where a term stands: every folded text of the sections and titles is one, and every coded value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from indexer.arrays.distinct import distinct, first_of_each
from indexer.arrays.find import phrase_positions
from indexer.arrays.segment import NEWLINE, TITLE_KIND, U4, Bools, Ints, SegmentArrays
from indexer.store.whoosh.schema import schema
from indexer.store.whoosh.view import TEXTS, SegmentView

_SCHEMA = schema()
_ASCII = 128


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents of a term, ascending; the hits in each (None: one each)."""

    documents: Ints
    hits: Ints | None
    info: TermInfo


def text_postings(view: SegmentView, field: str, term: bytes) -> Postings | None:
    """Where a folded text stands in sections, or in titles: then in all sections of the report."""
    text = _decoded(term)
    if not text or "\n" in text:
        return None
    arrays = view.arrays
    blocks = view.locator.blocks(phrase_positions(arrays, text))
    blocks = blocks[(arrays.block_kind[blocks] == TITLE_KIND) == (field == "title")]
    firsts = first_of_each(blocks)
    if not len(firsts):
        return None
    hits = np.diff(firsts, append=len(blocks))
    files = arrays.block_file[blocks[firsts]].astype(np.int64)
    documents = blocks[firsts] - files - 1
    if field == "title":
        sections = np.diff(arrays.file_block)[files].astype(np.int64) - 1
        ends = np.cumsum(sections)
        places = np.arange(int(ends[-1])) - np.repeat(ends - sections, sections)
        documents = np.repeat(documents + 1, sections) + places
        hits = np.repeat(hits, sections)
    if not len(documents):
        return None
    return Postings(documents, hits, _info(documents, hits, view.lengths[field][documents]))


def _decoded(term: bytes) -> str:
    """The text of a term; "" where it is none."""
    try:
        return term.decode()
    except UnicodeDecodeError:
        return ""


def _info(documents: Ints, hits: Ints | None, lengths: Ints) -> TermInfo:
    return TermInfo(
        weight=len(documents) if hits is None else int(hits.sum()),
        df=len(documents),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=1 if hits is None else int(hits.max()),
        minid=int(documents[0]),
        maxid=int(documents[-1]),
    )


class CodedTerms:
    """The terms of a coded field, in order, as its type encodes each value."""

    def __init__(self, view: SegmentView, field: str) -> None:
        column = view.column(field)
        used, counts = np.unique(column.codes, return_counts=True)
        self._documents = np.argsort(column.codes, kind="stable")
        ends = np.cumsum(counts)
        self._ranges: dict[bytes, list[tuple[int, int]]] = {}
        for code, first, end in zip(
            used.tolist(), (ends - counts).tolist(), ends.tolist(), strict=True
        ):
            if code >= 0:
                for term, *_ in _SCHEMA[field].index(column.values[code]):
                    self._ranges.setdefault(term, []).append((first, end))
        self.terms = sorted(self._ranges)

    def postings(self, term: bytes) -> Postings | None:
        ranges = self._ranges.get(term)
        if ranges is None:
            return None
        parts = [self._documents[first:end] for first, end in ranges]
        documents = np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0]
        return Postings(documents, None, _info(documents, None, np.zeros(1, np.int64)))


class PairTerms(Sequence[bytes]):
    """Character pairs (and characters above U+FFFF) of a text field, in the byte order of UTF-8.

    Enumerated are these only, of all the texts that are terms. `doubtful` marks pairs that may
    stand in no text of the field as a term: inside an ASCII word, or in titles alone.
    """

    def __init__(self, arrays: SegmentArrays, field: str) -> None:
        in_titles = _title_pairs(arrays)
        pairs = in_titles if field == "title" else arrays.pairs
        first, second = pairs >> np.uint32(16), pairs & np.uint32(0xFFFF)
        plain = ~_surrogate(first) & ~_surrogate(second) & (second != NEWLINE)
        high = (first & 0xFC00 == 0xD800) & (second & 0xFC00 == 0xDC00)
        self._pairs = np.concatenate([pairs[plain], pairs[high]])
        ascii_in = (first < _ASCII) | (second < _ASCII)
        unsure = ascii_in if field == "title" else ascii_in | np.isin(pairs, in_titles)
        self.doubtful = np.concatenate([unsure[plain], unsure[high]])

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, at: Any) -> Any:
        pair = int(self._pairs[at])
        return np.array([pair >> 16, pair & 0xFFFF], "<u2").tobytes().decode("utf-16-le").encode()


def _surrogate(text: U4) -> Bools:
    surrogate: Bools = text & 0xF800 == 0xD800
    return surrogate


def _title_pairs(arrays: SegmentArrays) -> U4:
    """The pairs that stand in titles, ascending."""
    titles = arrays.file_block[:-1]
    bounds = zip(arrays.block_start[titles], arrays.block_start[titles + 1], strict=True)
    parts = [arrays.folded[first:end] for first, end in bounds]
    text = np.concatenate([np.zeros(0, np.uint16), *parts]).astype(np.uint32)
    inside = text[:-1] != NEWLINE
    pairs: U4 = distinct((text[:-1] << np.uint32(16) | text[1:])[inside])
    return pairs


@dataclass(frozen=True, slots=True)
class TermList:
    """The enumerated terms of a field; those at which `exists` is false are none."""

    terms: Sequence[bytes]
    exists: Callable[[int], bool]

    def find(self, term: bytes) -> int:
        """Where the first term stands that is not less; the end where there is none."""
        return self.skip(bisect_left(self.terms, term))

    def skip(self, at: int) -> int:
        """Where the first term stands from a place on."""
        while at < len(self.terms) and not self.exists(at):
            at += 1
        return at


class HitMatcher(ListMatcher):  # type: ignore[misc]
    """Postings as Whoosh walks through them."""

    @classmethod
    def of(cls, term: tuple[str, bytes], found: Postings, format_: Any, scorer: Any) -> HitMatcher:
        ids = found.documents.tolist()
        weights = None if found.hits is None else found.hits.astype(float).tolist()
        return cls(ids, weights, format=format_, scorer=scorer, term=term, terminfo=found.info)

    def copy(self) -> HitMatcher:
        return self.__class__(
            self._ids,
            self._weights,
            format=self._format,
            scorer=self._scorer,
            position=self._i,
            term=self._term,
            terminfo=self._terminfo,
        )

    def skip_to(self, id: int) -> None:
        self._i: int = bisect_left(self._ids, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """All postings are one block: it is good enough or it is not."""
        if self.block_quality() > minquality:
            return 0
        self._i = len(self._ids)
        return 1

    def block_max_weight(self) -> float:
        return float(self._terminfo.max_weight())

    def value(self) -> bytes:
        """The hits, as Whoosh's Frequency stores them; nothing in other fields."""
        return pack_uint(int(self.weight())) if self._term[0] in TEXTS else b""
