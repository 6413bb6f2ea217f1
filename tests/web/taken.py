"""Files to take away, read back: what they are of, their columns and rows, as strings whatever the form.

A file without its end, or with another number of rows than it says, is `CutError`.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from python_calamine import CalamineError, load_workbook

_FORMULA = re.compile("'(?=[=+\\-@\t\r\n＝＋－＠])")
_LINK = re.compile(r"https?://[^\\ ]+")
_CELL_ENDS = re.compile(r"(?<!\\)(?:\\\\)*\|")
_WHOLE = re.compile(r"(?<=[0-9])\.0\Z")
_ESCAPED = re.compile(r"\\(.)")


class CutError(Exception):
    """The file has not all of its rows, or they cannot be told."""


@dataclass(frozen=True)
class Taken:
    """A file: names and values above its rows, the labels of its columns, its rows."""

    head: list[tuple[str, str]]
    labels: list[str]
    rows: list[list[str]]

    def dicts(self) -> list[dict[str, str]]:
        return [dict(zip(self.labels, row, strict=True)) for row in self.rows]


def read(form: str, data: bytes) -> Taken:
    """Whole numbers are written without their decimals: not every form tells 1 from 1.0."""
    taken = READERS[form](data)
    rows = [[_WHOLE.sub("", cell) for cell in row] for row in taken.rows]
    return Taken(taken.head, taken.labels, rows)


def _csv(data: bytes) -> Taken:
    text = data.decode("utf-8")
    assert text.startswith("\ufeff")
    try:
        lines = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
        empty = lines.index([])
    except (csv.Error, ValueError) as error:
        raise CutError from error
    head = [(label[2:], value) for label, value in lines[:empty]]
    assert all(line[0].startswith("# ") for line in lines[:empty])
    rows = lines[empty + 2 :]
    end = re.search(r"\r\n# (?:完|End),([0-9]+)\r\n\Z", text)
    if not end or int(end[1]) != len(rows) - 1:
        raise CutError
    plain = [[_FORMULA.sub("", cell) for cell in row] for row in rows[:-1]]
    head = [(name, _FORMULA.sub("", value)) for name, value in head]
    return Taken(head, lines[empty + 1], plain)


def _jsonl(data: bytes) -> Taken:
    if not data.endswith(b"\n"):
        raise CutError
    about, *rows, end = [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]
    if end != {"end": {"rows": len(rows)}}:
        raise CutError
    head = [(pair["name"], pair["value"]) for pair in about["about"]]
    assert all(list(row) == list(about["columns"]) for row in rows)
    return Taken(
        head, list(about["columns"].values()), [list(map(_text, row.values())) for row in rows]
    )


def _xlsx(data: bytes) -> Taken:
    try:
        book = load_workbook(io.BytesIO(data))
    except CalamineError as error:
        raise CutError from error
    about, *pages = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    *head, (end, count) = about
    rows = [row for page in pages for row in page[1:]]
    assert end in ("完", "End")
    assert int(count) == len(rows)
    assert all(page[0] == pages[0][0] for page in pages)
    return Taken(
        [(str(name), str(value)) for name, value in head],
        list(map(str, pages[0][0])),
        [list(map(_text, row)) for row in rows],
    )


def _markdown(data: bytes) -> Taken:
    lines = data.decode("utf-8").split("\n")
    end = re.fullmatch("(?:完|End)，([0-9]+)", lines[-2]) if len(lines) > 1 else None
    table = [line for line in lines if line.startswith("| ")]
    if lines[-1] or not end or int(end[1]) != len(table) - 2:
        raise CutError
    head = [line[2:].split("：", 1) for line in lines if line.startswith("- ")]
    labels, _, *rows = map(_cells, table)
    return Taken([(_unmarked(a), _unmarked(b)) for a, b in head], labels, rows)


def _cells(line: str) -> list[str]:
    cells, begin = [], 2
    for match in _CELL_ENDS.finditer(line, 2):
        cells.append(_unmarked(line[begin : match.end() - 2]))
        begin = match.end() + 1
    return cells


def _unmarked(cell: str) -> str:
    if _LINK.fullmatch(cell):
        return cell
    return html.unescape(_ESCAPED.sub(lambda m: f"&#{ord(m[1])};", cell))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


READERS: Mapping[str, Callable[[bytes], Taken]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "md": _markdown,
}
