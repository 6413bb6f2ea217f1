"""metadata.csv: facts that its owner writes beside the files, and that win over what was read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from indexer.messages import Message
from indexer.model import normal_source
from indexer.parsing.dates import first_date
from indexer.regions.table import table
from indexer.text.fold import fold

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(rf"\s*sep=([{_SEPARATORS}])[{_SEPARATORS}\s]*", re.IGNORECASE)
_YEAR = re.compile(r"([12][0-9]{3})(?:\.0+)?\s*年?")
_HERE = re.compile(r"^(?:\./+)+")
_SHOWN = 40  # code points of a cell that a fault repeats


@dataclass(frozen=True, slots=True)
class Override:
    """The facts of one row; None where its cell is empty."""

    title: str | None = None
    year: int | None = None
    region: str | None = None
    issuer: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Overrides:
    """What one metadata.csv says.

    `facts` by source; `rows` has the line (from 1) of every row whose source is named, good or bad;
    `faults` are for the user: where and what, without the name of the file.
    """

    facts: Mapping[str, Override]
    rows: Mapping[str, int]
    faults: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row that begins on `line`; `fault` where they cannot be relied on."""

    line: int
    cells: Sequence[str]
    fault: Message | None = None


@dataclass(slots=True)
class _Sheet:
    """`columns` are the names of the facts, "" for a column without one, None for one ignored."""

    folder: str
    columns: Sequence[str | None] = ()
    facts: dict[str, Override] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)

    def blame(self, line: int, what: Message) -> None:
        self.faults.append(Message("csv_row", line=line, what=what))


_NAMES = ("source", *(f.name for f in fields(Override)))
_COLUMNS = {name: name for name in _NAMES} | {
    "文件": "source",
    "来源文件": "source",
    "标题": "title",
    "年份": "year",
    "地区": "region",
    "机构": "issuer",
    "发布日期": "published",
    "网址": "url",
}


def overrides_of(text: str, folder: str) -> Overrides:
    """What the text of the metadata.csv in `folder` (a corpus path, "" the root) says.

    A bad cell, row or column is a fault and costs no more than itself. Raises nothing.
    """
    sheet = _Sheet(folder)
    rows = _rows(text.lstrip("\ufeff"))
    header = next(rows, None)
    if header is None:
        sheet.faults.append(Message("csv_empty"))
    elif _take_header(header, sheet):
        for row in rows:
            _take_row(row, sheet)
    return Overrides(sheet.facts, sheet.rows, tuple(sheet.faults))


def _rows(text: str) -> Iterator[_Row]:
    """The rows that hold anything, the header first; a broken one is read again as one line."""
    lines = list(io.StringIO(text, newline=None))
    declared = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    at = 1 if declared else 0
    separator = declared.group(1) if declared else _separator(lines)
    while at < len(lines):
        first = at
        reader = csv.reader(
            (lines[i] for i in range(first, len(lines))), delimiter=separator, strict=True
        )
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _Row(at + 1, cells)
                at = first + reader.line_num
        except csv.Error:
            read = first + reader.line_num
            # Past the limit nobody can tell the rows from the lines of a cell.
            lost = read > at + 1 and sum(map(len, lines[at:read])) > csv.field_size_limit()
            fault = Message("csv_broken_rest") if lost else Message("csv_broken_row")
            yield _Row(at + 1, _one_line(lines[at], separator), fault)
            at = len(lines) if lost else at + 1


def _one_line(line: str, separator: str) -> Sequence[str]:
    """The cells of a line by itself, as well as they can be told."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _separator(lines: Sequence[str]) -> str:
    """The separator by which the first line that is not blank has the most known names."""
    header = next((line for line in lines if line.strip(_SEPARATORS + " \n")), "")
    return max(_SEPARATORS, key=lambda s: sum(fold(x) in _COLUMNS for x in header.split(s)))


def _take_header(row: _Row, sheet: _Sheet) -> bool:
    """Learn the columns; False where the rows below cannot be read."""
    names = [cell.strip() for cell in row.cells]
    columns = [_COLUMNS.get(fold(name)) if name else "" for name in names]
    if row.fault:
        sheet.blame(row.line, Message("csv_broken_header"))
        return False
    if "source" not in columns:
        found = _shown("、".join(filter(None, names)))
        sheet.blame(row.line, Message("csv_no_source_column", found=found))
        return False
    for at, (name, column) in enumerate(zip(names, columns, strict=True)):
        if column is None:
            unknown = Message("csv_unknown_column", name=_shown(name), known=_NAMES)
            sheet.blame(row.line, unknown)
        elif column and column in columns[:at]:
            sheet.blame(row.line, Message("csv_repeated_column", name=_shown(name)))
            columns[at] = None
    sheet.columns = columns
    return True


def _take_row(row: _Row, sheet: _Sheet) -> None:
    values = [" ".join(cell.split("\n")).strip() for cell in row.cells]
    cells = {name: value for name, value in zip(sheet.columns, values, strict=False) if name}
    written = cells.get("source", "")
    source = _source(written, sheet.folder)
    if row.fault:
        sheet.blame(row.line, row.fault)
        if source:
            sheet.rows.setdefault(source, row.line)
        return
    if not source:
        sheet.blame(row.line, Message("csv_no_source"))
        return
    if source in sheet.rows:
        earlier, line = sheet.rows[source], row.line
        again = Message("csv_repeated_source", source=_shown(written), earlier=earlier, line=line)
        sheet.blame(line, again)
    _blame_surplus(row.line, values, sheet)
    sheet.rows[source] = row.line
    sheet.facts[source] = _override(cells, row.line, sheet)


def _blame_surplus(line: int, values: Sequence[str], sheet: _Sheet) -> None:
    columns = (*sheet.columns, *[""] * len(values))
    surplus = [v for v, name in zip(values, columns, strict=False) if v and name == ""]
    if surplus:
        sheet.blame(line, Message("csv_surplus", cells=_shown("、".join(surplus))))


def _source(written: str, folder: str) -> str:
    """The corpus path that a cell means; "" for none."""
    path = _HERE.sub("", normal_source(written))
    return f"{folder}/{path}" if folder and path else path


def _override(cells: Mapping[str, str], line: int, sheet: _Sheet) -> Override:
    year = _YEAR.fullmatch(unicodedata.normalize("NFKC", cells.get("year", "")))
    region = cells.get("region", "")
    known = bool(table().named(region))
    published = first_date(cells.get("published", ""))
    if cells.get("year") and not year:
        sheet.blame(line, Message("csv_bad_year", cell=_shown(cells["year"])))
    if region and not known:
        sheet.blame(line, Message("csv_bad_region", cell=_shown(region)))
    if cells.get("published") and not published:
        sheet.blame(line, Message("csv_bad_published", cell=_shown(cells["published"])))
    return Override(
        title=cells.get("title") or None,
        year=int(year.group(1)) if year else None,
        region=region if known else None,
        issuer=cells.get("issuer") or None,
        published=published,
        url=cells.get("url") or None,
    )


def _shown(cell: str) -> str:
    return cell if len(cell) <= _SHOWN else cell[:_SHOWN] + "…"
