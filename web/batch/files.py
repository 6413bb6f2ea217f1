"""Notes of a list as a file, of every form that tables have. As JSON Lines it has the notes as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer.errors import GongkaiError
from indexer.messages import Message, from_json
from web.batch import sheets
from web.batch.noted import Frame, Listing
from web.batch.sheets import Note
from web.export.about import made_of
from web.export.formats import FORMATS
from web.export.sheet import Sheet
from web.said import told
from web.texts import t


def pieces(
    form: str,
    listing: Listing,
    frame: Frame,
    notes: Iterable[Note],
    generation: str,
    root: str = "",
) -> Iterator[bytes]:
    """The file, piece after piece, of that generation of an index; links in it begin with `root`.

    GongkaiError before its end where a line is missing, or is there twice.
    """
    notes = _whole(listing, notes)
    if form == "jsonl":
        return _notes(notes)
    return FORMATS[form].write(
        Sheet(
            f"gongkai-{t('batch_title')}",
            [*sheets.head(listing), *made_of(generation)],
            sheets.columns(listing, frame),
            sheets.rows(listing, frame, notes, root),
            count=None if listing.crossed else len(listing.queries),
        )
    )


def _whole(listing: Listing, notes: Iterable[Note]) -> Iterator[Note]:
    """The notes, which are those of the list's lines, each once."""
    written = 0
    for note in notes:
        if note["line"] != written + 1:
            break
        written += 1
        yield note
    else:
        if written == len(listing.queries):
            return
    raise GongkaiError(Message("export_not_whole", written=written, count=len(listing.queries)))


def _worded(note: Note) -> Note:
    """The note with its messages in the language of whoever takes the file, not of whoever had it counted."""
    warnings = [{**one, "message": told(from_json(one))} for one in note["warnings"]]
    error = note["error"]
    if error is not None:
        error = {**error, "message": told(from_json(error))}
    if error is not None and "hint_key" in error:
        error["hint"] = told(sheets.hint_of(error))
    return {**note, "error": error, "warnings": warnings}


def _notes(notes: Iterable[Note]) -> Iterator[bytes]:
    """A note a line, and their number in the last one."""
    written = 0
    for note in notes:
        written += 1
        line = json.dumps(_worded(note), ensure_ascii=False, separators=(",", ":"))
        yield line.encode("utf-8", "replace") + b"\n"
    yield json.dumps({"end": {"rows": written}}).encode() + b"\n"
