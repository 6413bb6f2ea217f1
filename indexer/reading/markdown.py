"""Markdown: one source line is one line, since most reports have a paragraph on each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.html_page import table_lines
from indexer.reading.inline import read_inline, split_breaks
from indexer.reading.lines import Piece, dropped, line_of, plain_line, row_of
from indexer.reading.unwrap import unwrapped

_LEAD = re.compile(r"\s*(?:[-*+][ \t]+(?=\S))*")
_QUOTE = re.compile(r"(?:[ \t]*>[ \t]?)*")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_HEADING = re.compile(_LEAD.pattern + r"#{1,6}(?=[ \t\u3000\xa0]|\Z)")
_UNDERLINE = re.compile(r"(?:={2,}|-{2,})[ \t]*")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[^`]*")
_CELL_END = re.compile(r"(?<!\\)\|")
_EMPHASIS = r"[ \t]*(?:\*{2,}|_{2,}|~~)[ \t]*"
_AROUND_TABLE = re.compile(rf"^{_EMPHASIS}(?=\|.*\|(?:{_EMPHASIS})?$)|(?<=\|){_EMPHASIS}$")
_MARKS_ONLY = re.compile(rf"\s*(?:{_EMPHASIS}\s*)+")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_SEPARATOR = frozenset("|-: \t")


def read_markdown(text: str) -> tuple[tuple[RawLine, ...], tuple[Dropped, ...]]:
    """The lines of a Markdown text without its front matter, and the comments left out."""
    left, comments = _without_comments(text)
    lines: list[RawLine | None] = []
    for part, is_table in _html_tables(left):
        lines += table_lines(part) if is_table else _lines(part)
    return unwrapped([line for line in lines if line is not None]), tuple(comments)


def _html_tables(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it is a <table>."""
    at = 0
    while (start := _TABLE.search(text, at)) and (end := _TABLE_END.search(text, start.end())):
        yield text[at : start.start()], False
        yield text[start.start() : end.end()], True
        at = end.end()
    yield text[at:], False


def _without_comments(text: str) -> tuple[str, list[Dropped]]:
    kept: list[str] = []
    comments: list[Dropped] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        comments += dropped(text[start + 4 : end], Message("dropped_comment"))
        at = end + 3
    return "".join((*kept, text[at:])), comments


def _lines(text: str) -> Iterator[RawLine | None]:
    sources = [_QUOTE.sub("", line, count=1) for line in text.splitlines()]
    at = 0
    while at < len(sources):
        kind = _kind(sources, at)
        if kind == "fence":
            inner = _fenced(sources, at)
            yield from map(plain_line, inner)
            at += len(inner) + 2
        elif kind == "table":
            rows = _while(sources, at, lambda i: "|" in sources[i])
            yield from (_row(row) for i, row in enumerate(rows) if i != 1 or not _separates(row))
            at += len(rows)
        elif kind == "text":
            paragraph = _while(sources, at, lambda i: _kind(sources, i) == "text")
            yield from _paragraph(paragraph)
            at += len(paragraph)
        else:
            yield from _heading(kind, sources[at : at + 2])
            at += 2 if kind == "underlined" else 1


def _kind(sources: list[str], at: int) -> str:
    """What a line is, or begins."""
    source = sources[at]
    if not source or source.isspace():
        return "blank"
    if "|" in source and _begins_table(sources, at):
        return "table"
    if _FENCE.fullmatch(source):
        return "fence"
    if _HEADING.match(source):
        return "heading"
    if _RULE.fullmatch(source):
        return "rule"
    return "underlined" if _is_underlined(sources, at) else "text"


def _while(sources: list[str], start: int, holds: Callable[[int], bool]) -> list[str]:
    """The sources from `start` on for as long as their places pass the test."""
    return [sources[at] for at in takewhile(holds, range(start, len(sources)))]


def _fenced(sources: list[str], at: int) -> list[str]:
    """The lines between the code fence at `at` and the one that closes it, or the end."""
    mark = sources[at].strip()[:3]
    return _while(sources, at + 1, lambda i: not sources[i].lstrip().startswith(mark))


def _begins_table(sources: list[str], at: int) -> bool:
    line = sources[at].strip()
    fenced = line[0] == "|" == line[-1] and len(line) > 1
    return fenced or (at + 1 < len(sources) and _separates(sources[at + 1]))


def _separates(line: str) -> bool:
    """Whether this is the line between a table's head and body."""
    return _SEPARATOR.issuperset(line) and "|" in line and "-" in line


def _row(line: str) -> RawLine | None:
    cells = _CELL_END.split(_bare(line).removeprefix("|").removesuffix("|"))
    return row_of(map(_cell, cells))


def _bare(line: str) -> str:
    """A row without space around it, nor emphasis that begins or ends outside its outer bars.

    Emphasis around a table of many rows opens before the first bar and closes after the last.
    """
    return _AROUND_TABLE.sub("", line.strip())


def _cell(source: str) -> str:
    """The text of a cell without its emphasis; nothing where it is nothing else."""
    text = " ".join(split_breaks(source))
    if _MARKS_ONLY.fullmatch(text):
        return ""
    pieces = read_inline(text)
    return text if pieces is None else "".join(piece for piece, _ in pieces)


def _is_underlined(sources: list[str], at: int) -> bool:
    """Whether a row of = or - right below makes the line a heading.

    Below a paragraph of several lines, a row of - is a rule.
    """
    below = sources[at + 1] if at + 1 < len(sources) else ""
    if below[:1] not in ("=", "-") or not _UNDERLINE.fullmatch(below):
        return False
    return below[0] == "=" or not at or not sources[at - 1].strip()


def _heading(kind: str, sources: list[str]) -> Iterator[RawLine | None]:
    """The lines of a heading and what is below it; nothing for a blank line or a rule."""
    text = sources[0][_lead(sources[0]) :]
    if kind == "heading":
        title = text.lstrip("#")
        yield from _parts([_without_closing(title.strip())], len(text) - len(title))
    elif kind == "underlined":
        yield from _parts([text.strip()], 1 if sources[1].startswith("=") else 2)


def _paragraph(sources: list[str]) -> Iterator[RawLine | None]:
    """The lines of a paragraph, which share emphasis and links."""
    lines = _parts([s[_lead(s) :].rstrip().removesuffix("\\") for s in sources], 0)
    runs_on = not any(map(_lead, sources[1:]))  # neither indents nor marks of a list
    for at, line in enumerate(lines):
        yield replace(line, runs_on=True) if line and at and runs_on else line


def _parts(texts: list[str], level: int) -> Iterator[RawLine | None]:
    """The lines of the texts, ended by `<br>` too, as headings of this level."""
    parts = [part for text in texts for part in split_breaks(text)]
    pieces = read_inline("\n".join(parts))
    if pieces is None:
        yield from (plain_line(part, heading=level) for part in parts)
        return
    line: list[Piece] = []
    for text, bold in pieces:
        first, *others = text.split("\n")
        line.append((first, bold))
        for other in others:
            yield line_of(line, heading=level)
            line = [(other, bold)]
    yield line_of(line, heading=level)


def _lead(source: str) -> int:
    """How many characters of indentation and list marks come before the text."""
    lead = _LEAD.match(source)
    return lead.end() if lead else 0


def _without_closing(heading: str) -> str:
    """The heading without the #s that close it."""
    opened = heading.rstrip("#")
    return opened if not opened or opened[-1] in " \t" else heading
