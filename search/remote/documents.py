"""A report becomes a document of the cluster, its id the report's."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import state_of, times_of
from indexer.arrays.segment import NOT_RECOGNISED, Bools, Ints
from indexer.model import Report, report_id
from indexer.text.fold import fold
from indexer.text.fold_array import CodeUnits, text_of
from search.model import ORIGINS
from search.remote.alphabet import unpacked, written
from search.remote.kept import packed
from search.spread import said_in

TITLE = "title"
"""The kind of the unit that is a report's title."""
NOWHERE = "999999"  # reports of no region come last
NO_DAY = "~"  # after every ISO date
_LATEST = 40_000  # no year is later


def document(prepared: PreparedReport, record: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a report with its record (see `records.record_of`); its `_id` is `record["id"]`."""
    report = prepared.report
    facts = _facts(report)
    chain = [[region.code, region.name, region.level] for region in report.region]
    codes = " ".join(region.code for region in report.region) or NOWHERE
    said = said_in(report.genre, report.year, report.published)
    units = list(_units(prepared, facts))
    found = {
        **facts,
        **{name: units[0][name] for name in ("title",) if name in units[0]},
        "present": True,
        "former": record["former"],
        "source": report.source,
        "chain": json.dumps(chain, ensure_ascii=False),
        "origin": ORIGINS[bool((prepared.line_confidence != NOT_RECOGNISED).any())],
        "kinds": sorted({section.kind for section in report.sections}),
        "published": report.published or NO_DAY,
        "changed": times_of(record).changed,
        "tie": f"{_LATEST - (report.year or 0):05}\n{codes}\n{report.source}",
        "region_order": codes,
        "length": len(prepared.folded),
        "characters": sum(unit["characters"] for unit in units),
        "units": units,
        "kept": {"bytes": _base64(packed(prepared, record))},
    }
    if report.issuer is not None:
        found["issuer"] = report.issuer
    return found if said is None else found | {"said": said}


def rejected_document(record: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a file that is no report, or a copy of one."""
    found = {
        "present": False,
        "former": record["former"],
        "source": record["source"],
        "kept": {"record": json.dumps(record)},
    }
    copy_of = state_of(record).copy_of
    return found | {"copy_of": report_id(copy_of)} if copy_of else found


def _facts(report: Report) -> dict[str, Any]:
    """What sections have of their report, too."""
    found: dict[str, Any] = {
        "region": [region.code for region in report.region],
        "genre": report.genre,
    }
    if report.year is not None:
        found["year"] = report.year
    if report.issuer is not None:
        found["issuer_folded"] = fold(report.issuer)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """The folded text of a report; `begins`: for each code unit, whether a word begins there. `places`: for
    each code unit, its index in `words`, what the cluster's index is written from."""

    folded: CodeUnits
    begins: Bools
    words: list[str]
    places: Ints

    @staticmethod
    def of(prepared: PreparedReport) -> _Text:
        folded = prepared.folded
        begins = unpacked(prepared.word_starts, len(folded))
        low = (folded & 0xFC00) == 0xDC00
        places = np.arange(len(folded) + 1) - np.append(0, np.cumsum(low))
        return _Text(folded, begins, written(folded, begins), places)

    def between(self, first: int, end: int) -> dict[str, Any]:
        """What stands in lines [first, end) of code units, the last line end aside."""
        words = " ".join(self.words[self.places[first] : self.places[end - 1]])
        return {"words": words, "text": text_of(self.folded[first : end - 1])}

    def bounds(self, first: int, end: int) -> str:
        """A bit for each code unit, set where a word begins; six of them, the first one the lowest, make
        a character from "0" on."""
        bits = np.zeros((end - 1 - first + 5) // 6 * 6, np.uint8)
        bits[: end - 1 - first] = self.begins[first : end - 1]
        sixes = np.packbits(bits.reshape(-1, 6), axis=1, bitorder="little").ravel()
        return text_of(sixes.astype(np.uint16) + np.uint16(ord("0")))


def _units(prepared: PreparedReport, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The title, then each section."""
    text = _Text.of(prepared)
    ends = np.append(0, np.cumsum(prepared.line_folded, dtype=np.int64))
    blocks = np.append(0, np.cumsum(prepared.block_lines, dtype=np.int64)).tolist()
    sections = prepared.report.sections
    headed = [False, *(section.heading is not None for section in sections)]
    title = _title(text, int(ends[1]))
    for at, kind in enumerate([TITLE, *(section.kind for section in sections)]):
        lines = blocks[at], blocks[at + 1]
        first, end = int(ends[lines[0]]), int(ends[lines[1]])
        size = int(text.places[end] - text.places[first]) - (lines[1] - lines[0])
        unit = {"kind": kind, "characters": size, "headed": 0, **title, **facts}
        if size:
            here = text.between(first, end)
            unit |= {"text": here["words"], "scan": _base64(here["text"].encode())}
            unit["bounds"] = _base64(text.bounds(first, end).encode())
        if headed[at]:
            after = int(ends[lines[0] + 1])
            unit["headed"] = after - first
            unit["heading"] = text.between(first, after)["words"]
        yield unit


def _title(text: _Text, end: int) -> dict[str, str]:
    """The title, which stands in each section, too, for queries that ask one section about both."""
    if end < 2:
        return {}
    here = text.between(0, end)
    return {
        "title": here["words"],
        "title_scan": _base64(here["text"].encode()),
        "title_bounds": _base64(text.bounds(0, end).encode()),
    }


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
