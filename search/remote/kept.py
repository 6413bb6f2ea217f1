"""A report as bytes that stand in its document: from them its page is shown, without the cluster's help.

A head in JSON (the record, facts, how many items each array has) and the arrays of a PreparedReport,
compressed; of the folded text, what differs from the printed one. Nothing in them is run: whatever the bytes
are, they become a report or a DamagedIndexError.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from isal import igzip_lib, isal_zlib
from numpy.typing import NDArray

from indexer.arrays.prepare import PreparedReport
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.model import GENRES, KINDS, Line, Region, Report, Section
from indexer.text.fold_array import CodeUnits

_ARRAYS: Mapping[str, str] = {
    "printed": "<u2",
    "kept": "|u1",
    "folded": "<u2",
    "word_starts": "|u1",
    "line_printed": "<u4",
    "line_folded": "<u4",
    "line_page": "<u2",
    "line_pages": "|u1",
    "line_confidence": "|u1",
    "block_lines": "<u4",
}
_BITS = frozenset(("kept", "word_starts"))
_HEADED = Line("", 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report, its sections without their lines, and its record."""

    prepared: PreparedReport
    record: dict[str, Any]


def packed(prepared: PreparedReport, record: Mapping[str, Any]) -> bytes:
    """The bytes of a report."""
    parts = {name: _bytes(getattr(prepared, name), kind) for name, kind in _ARRAYS.items()}
    parts["folded"] = _bytes(_crossed(prepared.folded, prepared.printed, prepared.kept), "<u2")
    report = prepared.report
    head = {
        "record": record,
        "genre": report.genre,
        "year": report.year,
        "issuer": report.issuer,
        "region": [[region.code, region.name, region.level] for region in report.region],
        "sections": [[s.kind, s.heading is not None, s.level, s.path] for s in report.sections],
        "sizes": [len(part) for part in parts.values()],
    }
    data = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return isal_zlib.compress(b"".join((len(data).to_bytes(4, "little"), data, *parts.values())), 1)


def _crossed(folded: CodeUnits, printed: CodeUnits, kept: bytes) -> CodeUnits:
    """The folded text to what it differs from the printed one in, nearly all zeros, and back: their exclusive or."""
    marks = np.unpackbits(np.frombuffer(kept, np.uint8), count=len(printed))
    found: CodeUnits = folded.copy()
    same = printed[marks.view(bool)][: len(found)]
    found[: len(same)] ^= same
    return found


def _bytes(array: NDArray[Any] | bytes, kind: str) -> bytes:
    return array if isinstance(array, bytes) else np.ascontiguousarray(array, kind).tobytes()


def unpacked(data: bytes, report_id: str) -> Kept:
    """The report of these bytes. Raises DamagedIndexError."""
    try:
        return _unpacked(isal_zlib.decompress(data))
    except (  # type: ignore[misc]  # the stubs of isal do not say that its error is one
        igzip_lib.IsalError,
        ValueError,
        KeyError,
        TypeError,
    ) as error:
        raise DamagedIndexError(
            Message("cluster_report_damaged", id=report_id), hint=Message("cluster_rebuild_hint")
        ) from error


def _unpacked(data: bytes) -> Kept:
    at = 4 + int.from_bytes(data[:4], "little")
    head = json.loads(data[4:at].decode("utf-8", "surrogatepass"))
    arrays: dict[str, Any] = {}
    for (name, kind), size in zip(_ARRAYS.items(), head["sizes"], strict=True):
        part = data[at : at + size]
        arrays[name] = part if name in _BITS else np.frombuffer(part, kind)
        at += size
    arrays["folded"] = _crossed(arrays["folded"], arrays["printed"], arrays["kept"])
    record = head["record"]
    prepared = PreparedReport(_report(head, record), record["characters"], **arrays)
    _check(prepared)
    return Kept(prepared, record)


def _report(head: Mapping[str, Any], record: Mapping[str, Any]) -> Report:
    return Report(
        source=record["source"],
        title="",
        genre=GENRES[GENRES.index(head["genre"])],
        year=head["year"],
        published=record["published"],
        issuer=head["issuer"],
        number=record["number"],
        url=record["url"],
        region=tuple(Region(*region) for region in head["region"]),
        sections=tuple(
            Section(KINDS[KINDS.index(kind)], _HEADED if headed else None, level, tuple(path), ())
            for kind, headed, level, path in head["sections"]
        ),
    )


def _check(prepared: PreparedReport) -> None:
    """ValueError where the arrays are not as long as each other say."""
    lines = int(prepared.block_lines.sum())
    of_lines = ("line_printed", "line_folded", "line_page", "line_pages", "line_confidence")
    sound = (
        all(len(getattr(prepared, name)) == lines for name in of_lines)
        and len(prepared.block_lines) == len(prepared.report.sections) + 1
        and int(prepared.line_printed.sum()) == len(prepared.printed)
        and int(prepared.line_folded.sum()) == len(prepared.folded)
        and len(prepared.kept) * 8 >= len(prepared.printed)
        and len(prepared.word_starts) * 8 >= len(prepared.folded)
    )
    if not sound:
        raise ValueError("arrays of other lengths")
