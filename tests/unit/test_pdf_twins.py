"""All sample reports as LibreOffice prints them, and some as Chromium does, are what they were.

Marked `real` for the minute that it takes; needs soffice and chromium, not the shared folder's texts.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from indexer.model import Report
from indexer.parsing.page import sort_page
from indexer.parsing.parse import parse
from indexer.reading.document import Document, RawLine
from indexer.reading.read import read
from indexer.text.fold import fold
from tests.pdf_twins import as_letter, as_page, print_letters, print_page

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.usefixtures("shared")]
CORPUS = Path(__file__).parents[2] / "corpus"
PHRASES = 100
OF_CHROMIUM = 6


class Twin(NamedTuple):
    """A sample: its report, and the lines that are printed under its title."""

    source: str
    report: Report
    lines: list[RawLine]


@pytest.fixture(scope="module")
def samples() -> list[Twin]:
    paths = sorted(p for p in CORPUS.rglob("*") if p.suffix in (".txt", ".md", ".html"))
    return [sample(p) for p in paths if p.name != "README.md"]


def sample(path: Path) -> Twin:
    source = path.relative_to(CORPUS).as_posix()
    document = read(source, path.read_bytes())
    return Twin(source, parse(source, document), sort_page(document, source).lines)


@pytest.fixture(scope="module")
def letters(samples: list[Twin], tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    texts = {f"{at:03}": as_letter(s.report.title, s.lines) for at, s in enumerate(samples)}
    printed = print_letters(texts, tmp_path_factory.mktemp("letters"))
    return [read("a.pdf", printed[name]) for name in texts]


def folded(lines: list[str]) -> list[str]:
    return [line for line in map(fold, lines) if line]


def facts(report: Report) -> tuple[object, ...]:
    codes = [region.code for region in report.region]
    sections = [(s.kind, s.level, fold(s.title)) for s in report.sections]
    return codes, report.year, report.genre, fold(report.title), sections


def test_letters_have_the_same_lines(samples: list[Twin], letters: list[Document]) -> None:
    for twin, letter in zip(samples, letters, strict=True):
        printed = [twin.report.title, *(line.text for line in twin.lines)]
        assert folded([line.text for line in letter.lines]) == folded(printed), twin.source


def test_letters_have_the_same_facts(samples: list[Twin], letters: list[Document]) -> None:
    for twin, letter in zip(samples, letters, strict=True):
        found = parse(str(Path(twin.source).with_suffix(".pdf")), letter)
        assert facts(found) == facts(twin.report), twin.source


def test_drawn_phrases_have_the_same_hits(samples: list[Twin], letters: list[Document]) -> None:
    chooser = Random(29)
    texts = [folded([line.text for line in twin.report.lines()]) for twin in samples]
    found = [
        folded([line.text for line in parse(twin.source, letter).lines()])
        for twin, letter in zip(samples, letters, strict=True)
    ]
    for _ in range(PHRASES):
        line = chooser.choice(chooser.choice(texts))
        start = chooser.randrange(len(line))
        phrase = line[start : start + chooser.randint(2, 12)]
        hits = [
            [sum(line.count(phrase) for line in text) for text in side] for side in (texts, found)
        ]
        assert hits[0] == hits[1], phrase


def test_pages_that_chromium_prints_have_the_same_lines(
    samples: list[Twin], tmp_path: Path
) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed")
    for twin in Random(3).sample(samples, OF_CHROMIUM):
        printed = read("a.pdf", print_page(as_page(twin.report.title, twin.lines), tmp_path))
        lines = [twin.report.title, *(line.text for line in twin.lines)]
        assert folded([line.text for line in printed.lines]) == folded(lines), twin.source
