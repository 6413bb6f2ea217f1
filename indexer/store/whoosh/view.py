"""What Whoosh's readers ask of a segment's arrays; each part is made when it is first asked for.

Two threads that ask at once may both make a part: they make the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.arrays.locate import Locator
from indexer.arrays.records import read_record
from indexer.arrays.segment import NO_YEAR, NONE, REJECTED, TITLE_KIND, Bools, Ints, SegmentArrays
from indexer.model import GENRES, KINDS, shown_heading

TEXTS = ("text", "title")
CODED = ("genre", "heading", "issuer", "kind", "region", "report", "source", "year")


@dataclass(frozen=True, slots=True)
class Column:
    """A field's value of each document: values[codes[d]], or none where the code is -1."""

    codes: Ints
    values: Sequence[str | int]

    def value(self, document: int) -> str | int | None:
        code = int(self.codes[document])
        return None if code < 0 else self.values[code]


class SegmentView:
    """A segment's arrays by document."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self.arrays = arrays
        self._columns: dict[str, Column] = {}

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.arrays.block_start)

    @cached_property
    def document_block(self) -> Ints:
        """The block of each document."""
        return np.flatnonzero(self.arrays.block_kind != TITLE_KIND)

    @cached_property
    def document_file(self) -> Ints:
        """The file of each document."""
        return self.arrays.block_file[self.document_block].astype(np.int64)

    @cached_property
    def lengths(self) -> Mapping[str, Ints]:
        """Code units of each document's folded text and of its report's title, without line ends."""
        starts = self.arrays.block_start.astype(np.int64) - self.arrays.block_line
        lengths: Ints = starts[1:] - starts[:-1]
        titles = self.arrays.file_block[self.document_file]
        return {"text": lengths[self.document_block], "title": lengths[titles]}

    def first_line(self, block: int) -> str:
        """The first line of a block, as printed."""
        line = int(self.arrays.block_line[block])
        start, end = self.arrays.line_printed[line : line + 2].tolist()
        return self.arrays.printed_text(start, end - 1)

    def heading(self, document: int) -> str | None:
        """The heading of a document as it is shown; None where none is printed."""
        block = int(self.document_block[document])
        if not self.arrays.block_headed[block]:
            return None
        return shown_heading(self.first_line(block)) or None

    def column(self, field: str) -> Column:
        """The column of one of the CODED fields. A rejected file has a source only."""
        if field not in self._columns:
            self._columns[field] = self._made(field)
        return self._columns[field]

    def _made(self, field: str) -> Column:
        if field == "heading":
            return self._headings()
        if field == "kind":
            kinds = self.arrays.block_kind[self.document_block].astype(np.int64)
            return Column(np.where(self._rejected[self.document_file], -1, kinds), KINDS)
        of_file = self._of_files(field)
        return Column(of_file.codes[self.document_file], of_file.values)

    @cached_property
    def _rejected(self) -> Bools:
        rejected: Bools = self.arrays.file_genre == REJECTED
        return rejected

    def _headings(self) -> Column:
        codes: dict[str, int] = {}
        found = map(self.heading, range(self.arrays.document_count))
        coded = [codes.setdefault(h, len(codes)) if h else -1 for h in found]
        return Column(np.array(coded, np.int64), list(codes))

    def _of_files(self, field: str) -> Column:
        """The column with the values of files."""
        arrays = self.arrays
        files = np.arange(arrays.file_count)
        if field == "source":
            return Column(files, [read_record(arrays, file)["source"] for file in files.tolist()])
        if field == "report":
            ids = [f"{number:012x}" for number in arrays.file_id.tolist()]
            return Column(np.where(self._rejected, -1, files), ids)
        if field == "year":
            none = arrays.file_year == NO_YEAR
            years = np.unique(arrays.file_year[~none])
            codes = np.searchsorted(years, arrays.file_year)
            return Column(np.where(none, -1, codes), years.tolist())
        if field == "genre":
            return Column(np.where(self._rejected, -1, arrays.file_genre.astype(np.int64)), GENRES)
        if field == "issuer":
            issuers = arrays.file_issuer.astype(np.int64)
            return Column(np.where(issuers == NONE, -1, issuers), arrays.tables.issuers)
        chains = [" ".join(code for code, *_ in chain) for chain in arrays.tables.chains]
        codes = arrays.file_chain.astype(np.int64)
        empty = np.array([not chain for chain in chains], bool)
        return Column(np.where(empty[codes], -1, codes), chains)
