"""What Whoosh reads of documents: stored fields, lengths, and columns to sort and group by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from indexer.arrays.records import read_record
from indexer.arrays.segment import REJECTED
from indexer.store.whoosh.schema import schema
from indexer.store.whoosh.view import CODED, Column, SegmentView

_SORTABLE = {name: field for name, field in schema().items() if field.column_type}


class ReadSegment(Protocol):
    """What the table of contents knows of a segment."""

    def doc_count(self) -> int: ...

    def doc_count_all(self) -> int: ...

    def has_deletions(self) -> bool: ...

    def is_deleted(self, docnum: int) -> bool: ...

    def deleted_docs(self) -> Iterable[int]: ...


class DocumentReader(PerDocumentReader):  # type: ignore[misc]
    """Documents are sections; lengths are UTF-16 code units of the folded text, without line ends."""

    def __init__(self, view: SegmentView, segment: ReadSegment) -> None:
        self._view = view
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.doc_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The fields that the document has; of a rejected file the source only."""
        view = self._view
        file = int(view.document_file[docnum])
        source = read_record(view.arrays, file)["source"]
        if view.arrays.file_genre[file] == REJECTED:
            return {"source": source}
        fields: dict[str, Any] = {
            "source": source,
            "title": view.first_line(int(view.arrays.file_block[file])),
            "heading": view.heading(docnum),
        }
        for name in CODED:
            if name not in fields:
                fields[name] = view.column(name).value(docnum)
        return {name: value for name, value in fields.items() if value is not None}

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in _SORTABLE

    def list_columns(self) -> list[str]:
        return list(_SORTABLE)

    def column_reader(self, fieldname: str, column: Any) -> CodedColumnReader:
        """The values as Whoosh sorts them; `column` is the schema's, it gives the default."""
        to_column = _SORTABLE[fieldname].to_column_value
        found = self._view.column(fieldname)
        values = [to_column(value) for value in found.values]
        return CodedColumnReader(Column(found.codes, values), column.default_value())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._view.lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        return self._over_lengths(fieldname, "sum")

    def min_field_length(self, fieldname: str) -> int:
        return self._over_lengths(fieldname, "min")

    def max_field_length(self, fieldname: str) -> int:
        return self._over_lengths(fieldname, "max")

    def _over_lengths(self, fieldname: str, operation: str) -> int:
        lengths = self._view.lengths.get(fieldname)
        return int(getattr(lengths, operation)()) if lengths is not None and len(lengths) else 0


class CodedColumnReader(ColumnReader):  # type: ignore[misc]
    """A column of sortable values, `default` where a document has none."""

    def __init__(self, column: Column, default: Any) -> None:
        self._column = column
        self._default = default
        self._reverse = False

    def __len__(self) -> int:
        return len(self._column.codes)

    def __getitem__(self, docnum: int) -> Any:
        value = self._column.value(docnum)
        return self._default if value is None else value

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))

    def sort_key(self, docnum: int) -> Any:
        return -self[docnum] if self._reverse else self[docnum]

    def set_reverse(self) -> None:
        """Whoosh asks for it where the values are numbers."""
        self._reverse = True
