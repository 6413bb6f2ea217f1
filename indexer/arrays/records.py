"""What the index keeps of each file beside its text: as JSON, and as a report once more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.segment import NO_YEAR, NONE, NOT_RECOGNISED, Ints, SegmentArrays
from indexer.errors import DamagedIndexError
from indexer.messages import Message, as_json, from_json
from indexer.model import (
    GENRES,
    KINDS,
    NO_PLACE,
    UNKNOWN_TIMES,
    Indexed,
    Line,
    Place,
    Region,
    Report,
    Section,
    report_id,
)

_ALWAYS = ("size", "mtime_ns", "sha256", "override", "reason")


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was read: size in bytes, mtime in ns, digests, or why it was rejected.

    `override` is the digest of its row in metadata.csv. Of a file that lies in another, `within` is
    the file of the corpus that it lies in; `holds` counts the files that lie in this one. `text` is
    the same for reports that are one; `copy_of`: the source of that which stands for this one.
    """

    size: int
    mtime_ns: int
    sha256: str
    override: str
    reason: Message | None = None
    within: str = ""
    holds: int = 0
    text: str = ""
    copy_of: str = ""


def record_of(
    source: str,
    state: FileState,
    former: Sequence[str],
    prepared: PreparedReport | None = None,
    indexed: Indexed = UNKNOWN_TIMES,
) -> dict[str, Any]:
    """The record of a file; `former` are the report's ids at earlier paths, `indexed` its times."""
    record: dict[str, Any] = {
        "id": report_id(source),
        "source": source,
        "file": _stored(state),
        "former": list(former),
    }
    if prepared is not None:
        report = prepared.report
        record |= {
            "published": report.published,
            "number": report.number,
            "url": report.url,
            "warnings": [as_json(warning) for warning in report.warnings],
            "characters": prepared.characters,
            "indexed": list(indexed),
        }
    return record


def _stored(state: FileState) -> dict[str, Any]:
    """All that is not as for most files."""
    values = {field.name: getattr(state, field.name) for field in fields(state)}
    stored = {n: v for n, v in values.items() if n in _ALWAYS or v}
    return stored | {"reason": as_json(state.reason) if state.reason else None}


def record_bytes(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_record(segment: SegmentArrays, file: int) -> dict[str, Any]:
    """The record of a file of the segment. Raises DamagedIndexError."""
    start, end = segment.record_start[file : file + 2].tolist()
    segment.file.require("records", start, end)
    data = segment.records[start:end].tobytes()
    try:
        record: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise DamagedIndexError(
            Message("record_damaged", number=file + 1),
            hint=Message("rebuild_hint"),
        ) from error
    return record


def state_of(record: Mapping[str, Any]) -> FileState:
    """The state of the file that was recorded."""
    reason = record["file"]["reason"]
    return FileState(**{**record["file"], "reason": from_json(reason) if reason else None})


def times_of(record: Mapping[str, Any]) -> Indexed:
    """When the report came into the index; unknown where an earlier version recorded it."""
    return Indexed(*record.get("indexed", ()))


def read_report(segment: SegmentArrays, file: int) -> Report:
    """The report as it was stored: all of it but what was dropped from its page."""
    record = read_record(segment, file)
    first, end = segment.file_block[file : file + 2].tolist()
    offset = 0
    by_block: list[list[Line]] = []
    for texts in _lines(segment, first, end):
        block: list[Line] = []
        for text, place in texts:
            block.append(Line(text, offset, place))
            offset += len(text) + 1
        by_block.append(block)
    year, issuer = int(segment.file_year[file]), int(segment.file_issuer[file])
    return Report(
        source=record["source"],
        title=by_block[0][0].text,
        genre=GENRES[segment.file_genre[file]],
        year=None if year == NO_YEAR else year,
        published=record["published"],
        issuer=None if issuer == NONE else segment.tables.issuers[issuer],
        number=record["number"],
        url=record["url"],
        region=tuple(Region(*r) for r in segment.tables.chains[segment.file_chain[file]]),
        sections=tuple(
            _section(segment, block, found)
            for block, found in enumerate(by_block[1:], start=first + 1)
        ),
        warnings=tuple(map(from_json, record["warnings"])),
        indexed=times_of(record),
    )


def places(segment: SegmentArrays, lines: slice | Ints) -> list[Place]:
    """Where these lines stand in their files."""
    pages, surely = segment.line_page[lines], segment.line_confidence[lines]
    if not pages.any() and (surely == NOT_RECOGNISED).all():
        return [NO_PLACE] * len(pages)
    more = segment.line_pages[lines]
    return [
        Place(page, page + further, None if confidence == NOT_RECOGNISED else confidence)
        for page, further, confidence in zip(
            pages.tolist(), more.tolist(), surely.tolist(), strict=True
        )
    ]


def _lines(segment: SegmentArrays, first: int, end: int) -> Iterator[list[tuple[str, Place]]]:
    """For each of the blocks [first, end), its lines as printed, and where."""
    bounds = segment.block_line[first : end + 1].tolist()
    starts = segment.line_printed[bounds[0] : bounds[-1] + 1]
    lines = segment.printed_text(int(starts[0]), int(starts[-1])).split("\n")
    where = places(segment, slice(bounds[0], bounds[-1]))
    for start, stop in pairwise(at - bounds[0] for at in bounds):
        yield list(zip(lines[start:stop], where[start:stop], strict=True))


def _section(segment: SegmentArrays, block: int, lines: list[Line]) -> Section:
    headed = bool(segment.block_headed[block])
    return Section(
        KINDS[segment.block_kind[block]],
        lines[0] if headed else None,
        int(segment.block_level[block]),
        segment.tables.paths[segment.block_path[block]],
        tuple(lines[1:] if headed else lines),
    )
