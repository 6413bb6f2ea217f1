"""How every file of the sample corpus is read, in tests/golden/corpus.json.

GOLDEN_UPDATE=1 writes the file anew; look at its difference before you keep it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.model import Report
from indexer.parsing.overrides import overrides_of
from indexer.parsing.parse import parse
from indexer.reading.formats import BY_NAME
from indexer.reading.left_out import FACTS, is_report
from indexer.reading.read import read

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "golden" / "corpus.json"


def _reports() -> Iterator[Report]:
    overrides = {
        source: override
        for file in sorted(CORPUS.rglob(FACTS))
        for source, override in overrides_of(
            file.read_text("utf-8"), file.parent.relative_to(CORPUS).as_posix()
        ).facts.items()
    }
    for file in sorted(CORPUS.rglob("*")):
        source = file.relative_to(CORPUS).as_posix()
        if file.suffix in BY_NAME and is_report(source):
            yield parse(source, read(file.name, file.read_bytes()), overrides.get(source))


def _summary(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "genre": report.genre,
        "year": report.year,
        "published": report.published,
        "issuer": report.issuer,
        "number": report.number,
        "region": [region.code for region in report.region],
        "sections": [f"{s.level} {'/'.join(s.path)} {s.kind}: {s.title}" for s in report.sections],
    }


def test_the_sample_corpus_is_read_as_before() -> None:
    found = {report.source: _summary(report) for report in _reports()}
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert sorted(found) == sorted(golden)
    for source, summary in found.items():
        assert summary == golden[source], source


def test_every_sample_has_the_sections_and_facts_of_its_genre() -> None:
    for report in _reports():
        headed = [s for s in report.sections if s.level == 1 and s.heading]
        assert report.genre != "other", report.source
        assert (report.year, bool(report.region)) != (None, False), report.source
        assert len(headed) >= 3, report.source
        assert len({s.path for s in headed if s.path}) == len([s for s in headed if s.path])
