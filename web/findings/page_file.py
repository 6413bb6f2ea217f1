"""Findings as a page that needs nothing but itself (templates/findings/file.html), and back from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser

from flask import render_template

from search.saved.finding import Finding
from web import assets, language
from web.findings.fields import FIELDS, Fields, fields_of, note_on_links
from web.texts import in_language

_SHEET = "findings-file"


def page_file(findings: Sequence[Finding], root: str) -> str:
    """The page. Within a request: its templates and its language are asked for."""
    return render_template(
        "findings/file.html",
        t=in_language(language.current()),
        style=assets.styles(_SHEET),
        entries=[fields_of(finding, root) for finding in findings],
        json=_json,
        note=note_on_links(root) if findings else "",
        today=date.today().isoformat(),
    )


def _json(fields: Fields) -> str:
    """What the page does not show of an entry, for whoever reads it back."""
    return json.dumps({name: fields[name] for name in FIELDS}, ensure_ascii=False)


def read_page(text: str) -> Iterator[Fields]:
    """The fields of each entry of such a page; none where it is another one."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from reader.entries


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[Fields] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs).get("data-finding")
        if kept is None:
            return
        try:
            fields = json.loads(kept)
        except ValueError:
            return
        if isinstance(fields, dict):
            self.entries.append(
                {
                    name: value
                    for name, value in fields.items()
                    if isinstance(value, str | int) or value is None
                }
            )


class TextOfPage(HTMLParser):
    """The text of any page, with the addresses that its links lead to; block quotes are led by ">"."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._quoted = 0

    def handle_data(self, data: str) -> None:
        self._pieces.append(data.replace("\n", self._line()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if href:
            self._pieces.append(f" {href} ")
        elif tag in ("p", "div", "br", "tr", "li", "blockquote"):
            self._quoted += tag == "blockquote"
            self._pieces.append(self._line())

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote" and self._quoted:
            self._quoted -= 1
            self._pieces.append("\n")

    def _line(self) -> str:
        return "\n> " if self._quoted else "\n"

    def text(self) -> str:
        return "".join(self._pieces)
