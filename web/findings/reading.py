"""Files of findings, and any other file with passage links: what they say, whatever their format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from indexer.errors import CorpusError, LimitError, RequestError
from indexer.messages import Message
from indexer.reading.decode import decode
from indexer.reading.formats import format_of
from indexer.reading.office.cells import read_cells
from search.saved.finding import Finding
from web.findings.fields import Fields, field_of, finding_of
from web.findings.markdown import read_markdown
from web.findings.page_file import TextOfPage, read_page
from web.findings.table_file import read_csv, read_rows
from web.findings.text_file import read_text
from web.report.copied import LINK

MOST = 200_000
"""Most passages of one file."""
_DEEPEST = 10
"""Levels of JSON in which findings are looked for."""


def read_findings(name: str, data: bytes) -> tuple[Finding, ...]:
    """The passages of a file, in order. It is known by its content, and by its name where that says more.

    RequestError where there is no passage link in it, or it cannot be read; LimitError for more than MOST.
    """
    found = tuple(islice(filter(None, map(finding_of, _fields(name, data))), MOST + 1))
    if len(found) > MOST:
        raise LimitError(
            Message("findings_too_many", most=MOST), hint=Message("body_too_large_hint")
        )
    if not found:
        raise RequestError(
            Message("findings_no_link", name=name),
            parameter="file",
            hint=Message("findings_no_link_hint"),
        )
    return found


def _fields(name: str, data: bytes) -> Iterable[Fields]:
    try:
        if format_of(name, data) in ("sheet", "docx"):
            return read_rows(read_cells(data))
        text = decode(data).text
    except CorpusError as error:
        raise RequestError(
            Message("findings_unreadable", name=name, error=error.message),
            parameter="file",
            hint=Message("findings_broken_hint"),
        ) from error
    if text.lstrip()[:1] in ("{", "["):
        return _json(text) or read_text(text)
    if format_of(name, data) == "html":
        return _with_others(read_page(text), _text_of(text))
    if name.lower().endswith((".csv", ".tsv")):
        return read_csv(text)
    return _of_text(text)


def _of_text(text: str) -> Iterable[Fields]:
    """Markdown of ours; a table that was pasted; any other text."""
    for read in (read_markdown, _pasted_table):
        found = [fields for fields in read(text) if finding_of(fields)]
        if found:
            return _with_others(found, text)
    return read_text(text)


def _with_others(found: Iterable[Fields], text: str) -> Iterator[Fields]:
    """These, then the links of the text that none of them has: each link of a file is verified."""
    known = set()
    for fields in found:
        known.add(_link(fields))
        yield fields
    yield from (fields for fields in read_text(text) if _link(fields) not in known)


def _link(fields: Fields) -> str | None:
    found = LINK.search(str(fields.get("link")))
    return found[0] if found else None


def _pasted_table(text: str) -> Iterator[Fields]:
    """Rows of a spreadsheet, where the first line names a column of ours."""
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("# "))
    first = next(lines, "")
    if any(map(field_of, re.split("[\t,]", first.replace('"', "")))):
        yield from read_csv(text)


def _json(text: str) -> list[Fields]:
    """Of one value, or of a value a line."""
    whole = _value(text)
    values = map(_value, text.split("\n")) if whole is None else [whole]
    return [value for each in values for value in _objects(each, _DEEPEST)]


def _value(text: str) -> object:
    """What JSON says; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, depth: int) -> Iterator[Fields]:
    """The objects that have a link, whatever holds them."""
    if isinstance(value, Mapping) and isinstance(value.get("link"), str):
        yield value
    elif isinstance(value, Mapping | list) and depth:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _objects(each, depth - 1)


def _text_of(page: str) -> str:
    reader = TextOfPage()
    reader.feed(page)
    reader.close()
    return reader.text()
