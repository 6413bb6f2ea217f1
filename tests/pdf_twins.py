"""Reports printed to PDF by LibreOffice and Chromium: what a reader of PDF must give back.

`as_letter` sets a document as offices do: A4, indented and justified paragraphs at a fixed distance,
bold headings, a running head, page numbers. `as_page` is the page that a browser prints.
"""

from __future__ import annotations

import html
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from indexer.reading.document import RawLine

HEAD = "某某资料汇编"
"""The running head of a letter."""
_MOST_SECONDS = 600
_SHORT = 900  # code points of a report that may be printed on one page
_LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>
 <style:font-face style:name="S" svg:font-family="'Noto Serif CJK SC'"/>
 <style:font-face style:name="H" svg:font-family="'Noto Sans CJK SC'"/>
</office:font-face-decls>
<office:styles>
 <style:style style:name="P" style:family="paragraph">
  <style:paragraph-properties fo:text-indent="32pt" fo:text-align="justify" fo:line-height="28pt"
   style:punctuation-wrap="simple"/>
  <style:text-properties style:font-name="S" style:font-name-asian="S" fo:font-size="16pt"
   style:font-size-asian="16pt" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/>
 </style:style>
 <style:style style:name="T" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center" fo:margin-bottom="16pt"/>
  <style:text-properties style:font-name="H" style:font-name-asian="H" fo:font-size="22pt" style:font-size-asian="22pt"/>
 </style:style>
 <style:style style:name="H" style:family="paragraph" style:parent-style-name="P">
  <style:text-properties style:font-name="H" style:font-name-asian="H" fo:font-weight="bold" style:font-weight-asian="bold"/>
 </style:style>
 <style:style style:name="C" style:family="paragraph">
  <style:text-properties style:font-name="S" style:font-name-asian="S" fo:font-size="10pt" style:font-size-asian="10pt"/>
 </style:style>
 <style:style style:name="F" style:family="paragraph" style:parent-style-name="C">
  <style:paragraph-properties fo:text-align="center"/>
 </style:style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="B" style:family="text">
  <style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/>
 </style:style>
 <style:style style:name="cell" style:family="table-cell">
  <style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/>
 </style:style>
 <style:page-layout style:name="A4">
  <style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="20mm"
   fo:margin-bottom="20mm" fo:margin-left="28mm" fo:margin-right="26mm"/>
  <style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="6mm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="6mm"/></style:footer-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="A4">
  <style:header><text:p text:style-name="F">%s</text:p></style:header>
  <style:footer><text:p text:style-name="F">— <text:page-number/> —</text:p></style:footer>
 </style:master-page>
</office:master-styles>
<office:body><office:text>
%s
</office:text></office:body>
</office:document>
"""
_PAGE = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>%s</title>
<style>td { border: 1px solid #999; padding: 3px } table { border-collapse: collapse }</style>
<body>%s</body></html>"""


def as_letter(title: str, lines: Sequence[RawLine]) -> str:
    """A document that LibreOffice prints (flat ODT); a short one, of a page, has no running head."""
    body = f'<text:p text:style-name="T">{html.escape(title)}</text:p>'
    head = HEAD if sum(len(line.text) for line in lines) > _SHORT else ""
    return _LETTER % (head, body + "".join(_letter_parts(lines)))


def as_page(title: str, lines: Sequence[RawLine]) -> str:
    """The page that a browser prints."""
    return _PAGE % (
        html.escape(title),
        f"<h1>{html.escape(title)}</h1>" + "".join(_page_parts(lines)),
    )


def print_letters(letters: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """The PDFs that LibreOffice makes, by the names of the letters."""
    for name, letter in letters.items():
        (folder / f"{name}.fodt").write_text(letter, "utf-8")
    files = [str(folder / f"{name}.fodt") for name in letters]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in letters}


def print_page(page: str, folder: Path) -> bytes:
    """The PDF that Chromium makes."""
    (folder / "page.html").write_text(page, "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", f"--user-data-dir={folder}/browser"]
    command += [f"--print-to-pdf={folder}/page.pdf", f"file://{folder}/page.html"]
    subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)
    return (folder / "page.pdf").read_bytes()


def _letter_parts(lines: Sequence[RawLine]) -> Iterator[str]:
    for is_row, group in groupby(lines, key=lambda line: line.row):
        if is_row:
            yield from _letter_table(list(group))
            continue
        for line in group:
            style = "H" if line.heading else "P"
            bold, rest = html.escape(line.text[: line.bold]), html.escape(line.text[line.bold :])
            span = f'<text:span text:style-name="B">{bold}</text:span>' if bold else ""
            yield f'<text:p text:style-name="{style}">{span}{rest}</text:p>'


def _letter_table(rows: Sequence[RawLine]) -> Iterator[str]:
    columns = max(row.text.count("\t") for row in rows) + 1
    yield f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>'
    for row in rows:
        cells = row.text.split("\t")
        cells += [""] * (columns - len(cells))
        inside = (f'<text:p text:style-name="C">{html.escape(cell)}</text:p>' for cell in cells)
        opened = '<table:table-cell table:style-name="cell">'
        yield f"<table:table-row>{''.join(f'{opened}{p}</table:table-cell>' for p in inside)}</table:table-row>"
    yield "</table:table>"


def _page_parts(lines: Sequence[RawLine]) -> Iterator[str]:
    for is_row, group in groupby(lines, key=lambda line: line.row):
        if is_row:
            rows = (row.text.split("\t") for row in group)
            cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
            continue
        for line in group:
            tag = f"h{line.heading}" if line.heading else "p"
            bold, rest = html.escape(line.text[: line.bold]), html.escape(line.text[line.bold :])
            yield f"<{tag}>{f'<b>{bold}</b>' if bold else ''}{rest}</{tag}>"
