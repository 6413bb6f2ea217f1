r"""RTF: paragraphs as Word prints them, tables as rows, with the automatic numbers that it wrote along.

Left out: hidden and deleted text, headers and footers, comments, pictures. Notes and boxes come last.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.document import RawLine
from indexer.reading.office.flow import Flow
from indexer.reading.office.rtf_text import Characters, Fonts
from indexer.reading.office.rtf_tokens import Token, tokens

_DEEPEST = 2_000
"""Groups within each other, at most."""
_SIGNS = {
    **dict.fromkeys(("tab", "~", "emspace", "enspace", "qmspace"), " "),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "_": "-",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SKIPPED = frozenset(
    (
        *("colortbl", "info", "pict", "object", "fldinst", "filetbl", "listtable", "revtbl"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("annotation", "atnid", "atnauthor", "nonesttables", "shprslt", "sp", "xe", "tc", "rxe"),
        *("bkmkstart", "bkmkend", "listoverridetable", "generator", "private", "template"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
    )
)
_PLACES = frozenset(
    (
        "fonttbl",
        "stylesheet",
        "listtext",
        "pntext",
        "footnote",
        "shptxt",
        "shpinst",
        "nesttableprops",
    )
)
"""Destinations that are read, also where a mark says that older readers may skip them."""
_SCRIPTS = ("loch", "hich", "dbch", "ltrch", "rtlch")
_NAME = re.compile(r"(?:heading|标题) ?([1-6])")


@dataclass(slots=True)
class _State:
    """What holds up to the end of a group; `place` is its destination, "" the text. Each group has its own."""

    place: str = ""
    starred: bool = False
    skipped: bool = False
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    depth: int = 0
    heading: int = 0
    style: int = 0
    instead: int = 1
    script: str = ""  # loch, hich, dbch (Chinese), ltrch or rtlch
    font: int | None = None
    chinese_font: int | None = None

    @property
    def font_used(self) -> int | None:
        chosen = self.script == "dbch" and self.chinese_font is not None
        return self.chinese_font if chosen else self.font


class RtfText(NamedTuple):
    """`whole` is false where the file ends before its last group does: it was cut off."""

    lines: tuple[RawLine, ...]
    whole: bool


def read_rtf(data: bytes) -> RtfText:
    """The lines of a document. UnreadableError where it was cut off before its text.

    Or where its groups nest as no program writes them.
    """
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    result = reader.result()
    if not (result.lines or result.whole):
        raise UnreadableError(Message("broken_document", error="EOF"))
    return result


class _Reader:
    def __init__(self) -> None:
        self._fonts = Fonts()
        self._characters = Characters(self._fonts)
        self._state = _State()
        self._flow = Flow()
        self._flows = [self._flow]
        self._stack: list[tuple[_State, Flow]] = []
        self._font: int | None = None  # of text that does not say its font
        self._headings: dict[int, int] = {}

    def result(self) -> RtfText:
        self._flush()
        lines = tuple(line for flow in self._flows for line in flow.lines())
        return RtfText(lines, not self._stack)

    def take(self, token: Token) -> None:
        if token.text:
            if not self._state.skipped:
                self._characters.bytes(token.text)
        elif token.word == "u":
            number, state = token.number or 0, self._state
            self._write(self._characters.number(number, state.instead, state.font_used))
        else:
            self._flush()
            self._control(token.word, token.number)

    def _control(self, word: str, number: int | None) -> None:
        if word == "{":
            self._open()
        elif word == "}":
            self._close()
        elif word == "*":
            self._state.starred = True
        elif word in _SKIPPED or (self._state.starred and word not in _PLACES):
            self._state.skipped, self._state.starred = True, False
        elif word in _PLACES:
            self._enter(word)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif not self._set(word, number) and not self._state.skipped:
            self._mark(word)

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise UnreadableError(Message("broken_document", error=f"{_DEEPEST} groups"))
        self._stack.append((self._state, self._flow))
        self._state = copy(self._state)

    def _close(self) -> None:
        if self._stack:
            self._state, self._flow = self._stack.pop()

    def _enter(self, place: str) -> None:
        if place in ("footnote", "shptxt") and not self._state.skipped:
            self._flow = Flow()
            self._flows.append(self._flow)
            self._state = _State(font=self._state.font, instead=self._state.instead)
        elif place not in ("shpinst", "nesttableprops"):
            self._state.place = place
        self._state.starred = False

    def _set(self, word: str, number: int | None) -> bool:
        """Whether the word changes how the text after it stands, and nothing else."""
        state, on, value = self._state, number != 0, number or 0
        if word in _SCRIPTS:
            state.script = word
        elif word == "b" or (word == "ab" and state.script == "dbch"):
            state.bold = on
        elif word in ("v", "deleted"):
            state.hidden, state.deleted = (on, state.deleted) if word == "v" else (state.hidden, on)
        elif word == "plain":
            state.bold = state.hidden = state.deleted = False
            state.font, state.chinese_font, state.script = self._font, None, ""
        elif word == "uc":
            state.instead = max(value, 0)
        else:
            return self._set_paragraph(word, value) or self._set_font(word, value)
        return True

    def _set_paragraph(self, word: str, value: int) -> bool:
        state = self._state
        if word == "pard":
            state.depth = state.heading = state.style = 0
        elif word in ("intbl", "itap"):
            state.depth = value if word == "itap" else max(state.depth, 1)
        elif word == "outlinelevel":
            state.heading = value + 1 if 0 <= value < 6 else 0
        elif word == "s":
            state.style, state.heading = value, self._headings.get(value, 0)
        else:
            return False
        return True

    def _set_font(self, word: str, value: int) -> bool:
        if word == "f":
            self._state.font = value
        elif word == "af" and self._state.script == "dbch":
            self._state.chinese_font = value
        elif word == "fcharset":
            self._fonts.charset(self._state.font, value)
        elif word == "ansicpg":
            self._fonts.page = value
        elif word == "deff":
            self._font = value
        else:
            return False
        return True

    def _mark(self, word: str) -> None:
        """What ends a line, a cell or a row."""
        if self._state.place:
            return
        depth = self._state.depth
        if word in ("par", "sect", "\n", "\r"):
            self._flow.end_paragraph()
        elif word == "line":
            self._flow.end_line()
        elif word in ("cell", "nestcell"):
            self._flow.end_cell(1 if word == "cell" else depth)
        elif word in ("row", "nestrow"):
            self._flow.end_row(1 if word == "row" else depth)

    def _flush(self) -> None:
        self._write(self._characters.taken(self._state.font_used))

    def _write(self, text: str) -> None:
        state = self._state
        if not text or state.skipped or state.hidden or state.deleted:
            return
        if state.place == "stylesheet":
            self._name_style(text)
        elif state.place in ("listtext", "pntext"):
            self._flow.number += text.strip()
        elif not state.place:
            self._flow.text(text, bold=state.bold, heading=state.heading, depth=state.depth)

    def _name_style(self, name: str) -> None:
        found = _NAME.match(name.lower())
        level = int(found[1]) if found else int(name.lower().startswith(("title;", "标题;")))
        if level:
            self._headings[self._state.style] = level
