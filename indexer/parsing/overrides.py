"""metadata.csv: facts that its owner writes beside the files, and that win over what was read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, fields

from indexer.errors import CorpusError
from indexer.model import normal_source
from indexer.parsing.dates import first_date

FILE_NAME = "metadata.csv"


@dataclass(frozen=True, slots=True)
class Override:
    """The facts of one row; None where its cell is empty."""

    title: str | None = None
    year: int | None = None
    region: str | None = None
    issuer: str | None = None
    published: str | None = None
    url: str | None = None


def overrides_of(text: str, folder: str) -> Mapping[str, Override]:
    """Source -> facts, from the text of the metadata.csv in `folder` (a corpus path, "" the root).

    CorpusError names the row and what is wrong with it.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = [name.strip() for name in reader.fieldnames or ()]
    known = {"source", *(f.name for f in fields(Override))}
    if "source" not in columns or not set(columns) <= known:
        raise CorpusError(
            f"{_place(folder)} 的表头应为 source 与 {'、'.join(sorted(known - {'source'}))} 中的若干列，"
            f"读到的是：{'、'.join(columns) or '（空）'}",
            hint="请改正表头后重新运行 gongkai index。",
        )
    reader.fieldnames = columns
    found: dict[str, Override] = {}
    for row in reader:
        cells = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}
        if cells["source"]:
            source = normal_source(f"{folder}/{cells['source']}" if folder else cells["source"])
            found[source] = _override(cells, f"{_place(folder)} 第 {reader.line_num} 行")
    return found


def _override(cells: Mapping[str, str], place: str) -> Override:
    year = cells.get("year") or None
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise CorpusError(f"{place}：year 应为四位数字，读到的是“{year}”", hint="请改正这一格。")
    published = cells.get("published") or None
    if published is not None and first_date(published) is None:
        raise CorpusError(
            f"{place}：published 应为 2018-03-30 这样的日期，读到的是“{published}”",
            hint="请改正这一格。",
        )
    return Override(
        title=" ".join(cells.get("title", "").split("\n")) or None,
        year=int(year) if year else None,
        region=cells.get("region") or None,
        issuer=cells.get("issuer") or None,
        published=first_date(published) if published else None,
        url=cells.get("url") or None,
    )


def _place(folder: str) -> str:
    return f"{folder}/{FILE_NAME}" if folder else FILE_NAME
