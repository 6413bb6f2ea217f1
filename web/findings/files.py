"""Findings as files: of which kinds there are, and what each holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from search.saved.finding import Finding
from web.export.formats import FORMATS
from web.export.sheet import Sheet, named_columns
from web.findings.fields import FIELDS, fields_of, note_on_links, told_fields
from web.findings.markdown import markdown
from web.findings.page_file import page_file
from web.findings.table_file import led
from web.texts import t

Write = Callable[[Sequence[Finding], str], Iterator[bytes]]
"""Of findings and what their links begin with, the file piece by piece; within a request."""


def _sheet(findings: Sequence[Finding], root: str) -> Sheet:
    note = note_on_links(root)
    head = (
        (t("csv_counted"), t("findings_one")),
        (t("findings_number"), str(len(findings))),
        (t("csv_made"), date.today().isoformat()),
        *([(t("findings_links"), note)] if note and findings else ()),
    )
    rows = (
        [led(value) if isinstance(value, str) else value for value in row.values()]
        for finding in findings
        for row in [told_fields(finding, root)]
    )
    return Sheet("gongkai", head, named_columns(*FIELDS), rows, len(findings))


def _csv(findings: Sequence[Finding], root: str) -> Iterator[bytes]:
    return FORMATS["csv"].write(_sheet(findings, root))


def _xlsx(findings: Sequence[Finding], root: str) -> Iterator[bytes]:
    return FORMATS["xlsx"].write(_sheet(findings, root))


def _markdown(findings: Sequence[Finding], root: str) -> Iterator[bytes]:
    return (piece.encode("utf-8", "replace") for piece in markdown(findings, root))


def _page(findings: Sequence[Finding], root: str) -> Iterator[bytes]:
    yield page_file(findings, root).encode("utf-8", "replace")


def _json(findings: Sequence[Finding], root: str) -> Iterator[bytes]:
    """A finding a line, then their number."""
    for finding in findings:
        yield (json.dumps(fields_of(finding, root), ensure_ascii=False) + "\n").encode()
    yield (json.dumps({"complete": True, "entries": len(findings)}) + "\n").encode()


WRITERS: Mapping[str, tuple[str, Write]] = {
    "csv": (FORMATS["csv"].media, _csv),
    "xlsx": (FORMATS["xlsx"].media, _xlsx),
    "md": ("text/markdown; charset=utf-8", _markdown),
    "html": ("text/html; charset=utf-8", _page),
    "jsonl": ("application/x-ndjson", _json),
}
"""By the ending of the file's name: what it is, and how it is written."""
