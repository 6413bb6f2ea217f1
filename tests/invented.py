"""Invented reports, and segments gathered from them."""

from __future__ import annotations

from pathlib import Path

from indexer.arrays.gather import Gatherer
from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState, record_of
from indexer.arrays.segment import SegmentArrays, open_segment
from indexer.model import Line, Region, Report, Section

STATE = FileState(size=1, mtime_ns=2, sha256="ab", override="")
NORTH = Region("150000", "北原省", "province")
RIVER = Region("150100", "河口市", "city")


def report(
    source: str,
    title: str,
    *sections: tuple[str, str | None, tuple[str, ...]],
    year: int | None = None,
    issuer: str | None = None,
    region: tuple[Region, ...] = (),
    genre: str = "disclosure",
) -> Report:
    """A report of sections (kind, heading, lines)."""
    offset = len(title) + 1
    made: list[Section] = []
    for kind, heading, texts in sections:
        lines: list[Line] = []
        for text in (heading, *texts) if heading is not None else texts:
            lines.append(Line(text, offset))
            offset += len(text) + 1
        head = lines.pop(0) if heading is not None else None
        made.append(Section(kind, head, 1, ("一",), tuple(lines)))
    return Report(
        source=source,
        title=title,
        genre=genre,  # type: ignore[arg-type]
        year=year,
        published=None,
        issuer=issuer,
        number=None,
        url=None,
        region=region,
        sections=tuple(made),
    )


def gathered(folder: Path, name: str, reports: list[Report | str]) -> SegmentArrays:
    """One run of reports, and of rejected files given by their sources."""
    gatherer = Gatherer(lambda number: folder / f"{name}{number}")
    for item in reports:
        if isinstance(item, str):
            gatherer.reject(record_of(item, STATE, ("00000000000a",)))
        else:
            prepared = prepare(item)
            gatherer.add(prepared, record_of(item.source, STATE, (), prepared))
    gatherer.flush()
    (path,) = gatherer.paths
    return open_segment(path)
