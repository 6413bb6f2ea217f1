"""Notes of a list as a table to take away: a row a line, or a row for each region and year of a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer.messages import Message, from_json
from web.batch.noted import Frame, Listing
from web.export.sheet import Cell, Column
from web.said import told
from web.texts import t
from web.urls import pairs

Note = Mapping[str, Any]
"""See `noted.Lines`."""
Row = Sequence[Cell]


_LINE = ("line", "query", "understood", "reports", "hits")
_FIRST = ("first_year", "first_region", "first_title", "first_link")
_CELL = ("line", "query", "code", "region", "year", "reports", "hits", "note")


def columns(listing: Listing, frame: Frame) -> list[Column]:
    """What stands above `rows`."""
    if listing.crossed:
        return [*_named(_CELL)]
    return [
        *_named((*_LINE, *_FIRST, "note")),
        *(Column(f"year_{year or 'none'}", _year(year)) for year in frame.years),
        *(Column(f"region_{code or 'none'}", name) for code, name in frame.regions),
    ]


def rows(listing: Listing, frame: Frame, notes: Iterable[Note], root: str = "") -> Iterator[Row]:
    """The rows of the notes. Years and regions of a line have its reports; links begin with `root`."""
    for note in notes:
        yield from _cells(note, frame) if listing.crossed else [_line(note, frame, root)]


def head(listing: Listing) -> Iterator[tuple[str, str]]:
    """What a file says of what was asked, filters as in an address."""
    if asked := pairs(listing.request):
        yield t("csv_options"), " ".join(f"{name}={value}" for name, value in asked)
    yield t("csv_counted"), t("batch_a_cell" if listing.crossed else "batch_a_line")
    yield t("batch_lines"), str(len(listing.queries))


def understood(note: Note) -> str:
    """The query as it was understood, where that says more than what was typed; "" else."""
    typed, canonical = str(note["query"]), str(note["canonical"] or "")
    return "" if canonical in (typed, f'"{typed}"') else canonical


def remarks(note: Note) -> str:
    """What is to be said of a line: that it is wrong, the same as another, or how it was understood."""
    error = note["error"]
    said = [] if error is None else [told(from_json(error))]
    if error is not None and "hint_key" in error:
        said.append(told(hint_of(error)))
    if note["same_as"] is not None:
        said.append(t("batch_same_as", line=note["same_as"]))
    said += [told(from_json(warning)) for warning in note["warnings"]]
    return t("batch_between").join(said)


def hint_of(error: Note) -> Message:
    """What to do about an error of a line; only where it has a `hint_key`."""
    return from_json({"key": error["hint_key"], "values": error["hint_values"]})


def _line(note: Note, frame: Frame, root: str) -> Row:
    start = (note["line"], note["query"])
    if note["error"] is not None:
        blank = len(_LINE) - 2 + len(_FIRST)
        return (
            *start,
            *[None] * blank,
            remarks(note),
            *[None] * (len(frame.years) + len(frame.regions)),
        )
    total, first = note["total"], note["first"]
    by_year = {one["year"]: one["reports"] for one in note["years"]}
    by_region = {_code(one): one["reports"] for one in note["regions"]}
    return (
        *start,
        *(understood(note), total["reports"], total["hits"]),
        *(_first(first, root) if first else [None] * len(_FIRST)),
        remarks(note),
        *(by_year.get(year, 0) for year in frame.years),
        *(by_region.get(code, 0) for code, _ in frame.regions),
    )


def _first(first: Note, root: str) -> Row:
    region = " / ".join(region["name"] for region in first["region"])
    return first["year"], region, first["title"], root + first["url"]


def _cells(note: Note, frame: Frame) -> Iterator[Row]:
    """A row for each region and year that has something; one for a line that has none."""
    start, names = (note["line"], note["query"]), dict(frame.regions)
    said = remarks(note)
    for region in note["regions"]:
        code = _code(region)
        for year in region["years"]:
            counts = (year["reports"], year["hits"])
            yield *start, code, names[code], _year(year["year"]), *counts, said
    if not note["regions"]:
        nothing = (None, None) if note["error"] is not None else (0, 0)
        yield *start, "", "", "", *nothing, said


def _code(found: Note) -> str:
    return found["region"]["code"] if found["region"] else ""


def _year(year: int | None) -> str:
    return t("trend_undated") if year is None else str(year)


def _named(keys: Iterable[str]) -> Iterator[Column]:
    return (Column(key, t(f"batch_{key}")) for key in keys)
