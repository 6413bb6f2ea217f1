"""What LibreOffice writes of every sample report is read back as the report, in each format.

A title that only a page's head or front matter states is printed at the top, as on paper; other facts that
are stated there have no place in these files, and are left out of the text twin too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.reading import Document, read
from indexer.reading.document import RawLine
from indexer.reading.formats import BY_NAME
from indexer.reading.left_out import is_report
from tests.depth import DEEP
from tests.office import SOFFICE, converted, flat_odt
from tests.phrases import drawn_phrases
from tests.reference import occurrences

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SOFFICE is None, reason="there is no LibreOffice: apt-get install libreoffice-writer-nogui"
    ),
]
CORPUS = Path(__file__).parents[2] / "corpus"
FORMS = ("docx", "doc", "rtf", "odt") if DEEP else ("docx", "doc")
PHRASES = 100


@pytest.fixture(scope="module")
def samples() -> Mapping[str, Document]:
    """The samples by source, as they would be printed."""
    paths = [path for path in sorted(CORPUS.rglob("*")) if path.suffix in BY_NAME]
    reports = [path for path in paths if is_report(path.name)]
    return {
        p.relative_to(CORPUS).as_posix(): _printed(read(p.name, p.read_bytes())) for p in reports
    }


def _printed(document: Document) -> Document:
    title = document.meta.get("title", "")
    stands = not title or title in [line.text for line in document.lines]
    above = () if stands else (RawLine(title, heading=1),)
    return replace(document, lines=(*above, *document.lines), meta={})


@pytest.fixture(scope="module", params=FORMS)
def written(
    request: pytest.FixtureRequest,
    samples: Mapping[str, Document],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Document]:
    """The samples as LibreOffice writes them, every third with automatic numbers."""
    folder = tmp_path_factory.mktemp("office")
    files = [folder / f"{at}.fodt" for at in range(len(samples))]
    for at, (file, document) in enumerate(zip(files, samples.values(), strict=True)):
        file.write_text(flat_odt(document.lines, numbered=at % 3 == 0), "utf-8")
    converted(files, folder, request.param)
    made = [file.with_suffix(f".{request.param}") for file in files]
    return {
        source: read(file.name, file.read_bytes())
        for source, file in zip(samples, made, strict=True)
    }


def test_lines_are_those_of_the_text(
    samples: Mapping[str, Document], written: Mapping[str, Document]
) -> None:
    """Their text, what is a heading and of which level, a row, and bold where it is no heading."""
    for source, document in samples.items():
        assert _lines(written[source]) == _lines(document), source


def test_region_year_and_sections_are_those_of_the_text(
    samples: Mapping[str, Document], written: Mapping[str, Document]
) -> None:
    for source, document in samples.items():
        ours = parse(str(PurePosixPath(source).with_suffix(".x")), written[source])
        assert _facts(ours) == _facts(parse(source, document)), source
        stated = parse(source, read(source, (CORPUS / source).read_bytes()))
        assert (ours.year, ours.region) == (stated.year, stated.region), source


def test_phrases_are_found_where_they_are_in_the_text(
    samples: Mapping[str, Document], written: Mapping[str, Document]
) -> None:
    texts = {source: _numbered(parse(source, document)) for source, document in samples.items()}
    ours = {source: _numbered(parse(source, written[source])) for source in samples}
    for phrase in drawn_phrases(texts, PHRASES, seed=16):
        assert _hits(phrase, ours) == _hits(phrase, texts), phrase


def _lines(document: Document) -> list[tuple[str, int, int, bool]]:
    return [
        (line.text, line.heading, 0 if line.heading else line.bold, line.row)
        for line in document.lines
    ]


def _facts(report: Report) -> tuple[object, ...]:
    sections = [
        (
            section.kind,
            section.title,
            section.level,
            section.path,
            [line.text for line in section.lines],
        )
        for section in report.sections
    ]
    return report.title, report.genre, report.year, [r.code for r in report.region], sections


def _numbered(report: Report) -> list[tuple[int, str]]:
    return [(line.start, line.text) for line in report.lines()]


def _hits(
    phrase: str, texts: Mapping[str, list[tuple[int, str]]]
) -> dict[str, list[tuple[int, int]]]:
    found = {
        source: [
            (start + a, start + b) for start, line in lines for a, b in occurrences(phrase, line)
        ]
        for source, lines in texts.items()
    }
    return {source: spans for source, spans in found.items() if spans}
