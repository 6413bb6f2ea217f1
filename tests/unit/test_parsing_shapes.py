"""Pages as sites of all kinds show them, and what a careful reader gets out of each.

The texts are made up; where title, facts, menus and headings stand is as it is on such pages. The
golden file says what is right, `FIELD_variants` what is also right.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.reading.read import read

FOLDER = Path(__file__).parents[1] / "golden" / "shapes"
GOLDEN: dict[str, dict[str, Any]] = json.loads((FOLDER / "golden.json").read_text("utf-8"))


@pytest.fixture(params=sorted(GOLDEN))
def shape(request: pytest.FixtureRequest) -> tuple[Report, dict[str, Any]]:
    name: str = request.param
    return parse(name, read(name, (FOLDER / name).read_bytes())), GOLDEN[name]


def _solid(text: str) -> str:
    return "".join(text.split())


def test_facts(shape: tuple[Report, dict[str, Any]]) -> None:
    report, golden = shape
    found: dict[str, Any] = {
        "genre": report.genre,
        "year": report.year,
        "published": report.published,
        "region": [region.name for region in report.region],
        "title": _solid(report.title),
        "issuer": report.issuer,
    }
    for field in ("title", "issuer"):
        if golden.get(field) is None:
            del found[field]
    right = {name: [golden[name], *golden.get(f"{name}_variants", [])] for name in found}
    assert {n: v for n, v in found.items() if v not in right[n]} == {}


def test_outer_sections(shape: tuple[Report, dict[str, Any]]) -> None:
    report, golden = shape
    outer = [[s.kind, _solid(s.title)] for s in report.sections if s.level == 1]
    assert outer == golden["top"]


def test_furniture_is_not_in_the_text(shape: tuple[Report, dict[str, Any]]) -> None:
    report, golden = shape
    text = report.text()
    assert [piece for piece in golden["not_in_text"] if piece in text] == []


def test_every_text_has_its_golden_facts() -> None:
    texts = {file.name for file in FOLDER.iterdir()} - {"golden.json"}
    assert texts == set(GOLDEN)
