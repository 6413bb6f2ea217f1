"""Reports as office documents, written by LibreOffice: what the readers of its formats must give back."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from indexer.reading.document import RawLine
from indexer.reading.office.numbering import chinese

SOFFICE = shutil.which("soffice")
_LIMIT = 600  # seconds for all files of a call
_SPACES = (
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
)
_LEVELS = (("一, 二, 三, ...", "", "、"), ("一, 二, 三, ...", "（", "）"), ("1", "", "."))
_NUMBER = (
    re.compile(r"([一二三四五六七八九十]+)、(?!\s)"),
    re.compile(r"（([一二三四五六七八九十]+)）(?!\s)"),
    re.compile(r"(\d+)\.(?!\s)"),
)


def flat_odt(lines: Sequence[RawLine], *, numbered: bool = False) -> str:
    """The lines as Flat ODT; `numbered`: numbers that count on are automatic, not text."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{_styles()}</office:automatic-styles><office:body><office:text>"
        f"{''.join(_blocks(lines, _Counts() if numbered else None))}"
        "</office:text></office:body></office:document>"
    )


class _Counts:
    """How far each level of the list has been counted."""

    def __init__(self) -> None:
        self._counts = [0] * len(_LEVELS)

    def taken(self, text: str) -> tuple[int, str] | None:
        """The level of a text and what follows its number, where that is the next of its level."""
        for level, pattern in enumerate(_NUMBER):
            found = pattern.match(text)
            count = self._counts[level] + 1
            if found and found[1] == (str(count) if level == 2 else chinese(count)):
                self._counts[level:] = [count, *[0] * (len(_LEVELS) - level - 1)]
                return level, text[found.end() :]
        return None


def _styles() -> str:
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}"/>'
        for level, (form, before, after) in enumerate(_LEVELS, 1)
    )
    bold = '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/>'
    return (
        f'<text:list-style style:name="L1">{levels}</text:list-style>'
        f'<style:style style:name="B" style:family="text">{bold}</style:style>'
    )


def _blocks(lines: Sequence[RawLine], counts: _Counts | None) -> Iterable[str]:
    rows: list[str] = []
    for line in lines:
        if line.row:
            rows.append(line.text)
            continue
        yield _table(rows)
        rows = []
        taken = counts.taken(line.text) if counts else None
        yield _listed(line, *taken) if taken else _paragraph(line, line.text)
    yield _table(rows)


def _listed(line: RawLine, level: int, text: str) -> str:
    opened = '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item>'
    nested = "<text:list><text:list-item>" * level
    closed = "</text:list-item></text:list>" * (level + 1)
    return f"{opened}{nested}{_paragraph(line, text)}{closed}"


def _paragraph(line: RawLine, text: str) -> str:
    bold = max(line.bold - (len(line.text) - len(text)), 0)
    spans = f'<text:span text:style-name="B">{escape(text[:bold])}</text:span>' if bold else ""
    inside = spans + escape(text[bold:])
    if not line.heading:
        return f"<text:p>{inside}</text:p>"
    return f'<text:h text:outline-level="{line.heading}">{inside}</text:h>'


def _table(rows: Sequence[str]) -> str:
    if not rows:
        return ""
    cells = [row.split("\t") for row in rows]
    width = max(map(len, cells))
    filled = [row + [""] * (width - len(row)) for row in cells]
    return (
        f'<table:table><table:table-column table:number-columns-repeated="{width}"/>'
        + "".join(
            f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in filled
        )
        + "</table:table>"
    )


def _cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"


def converted(files: Sequence[Path], into: Path, form: str) -> None:
    """Convert files by LibreOffice; `form` as its --convert-to takes it."""
    assert SOFFICE is not None
    profile = into / "profile"
    subprocess.run(
        [
            *(SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
            *("--convert-to", form, "--outdir", str(into), *map(str, files)),
        ],
        check=True,
        capture_output=True,
        timeout=_LIMIT,
    )
