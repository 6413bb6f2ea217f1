"""Regions of real reports; needs the shared corpora, which are not part of the repository."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.regions.evidence import Evidence, Place
from indexer.regions.find import find_region
from indexer.regions.table import table

NATIONAL = ("政府工作报告-国务院", "五年规划", "国家统计局年度统计", "国务院机构改革")
HEAD = 6_000  # bytes of a file that are looked at
FRONT = re.compile(r"---\n(.*?)\n---\n", re.S)
TITLE = re.compile(r"^title:\s*(.*)$", re.M)

pytestmark = pytest.mark.real


@dataclass(frozen=True)
class WorkReport:
    path: str
    title: str
    text: str

    @property
    def region(self) -> str:
        """The code that the folders tell."""
        folder, region = self.path.split("/")[:2]
        return "000000" if folder in NATIONAL else table().named(region)[0]

    def found(self, *places: Place) -> bool:
        """Whether the right region is found from these pieces alone."""
        known: dict[Place, str] = {"path": self.path, "title": self.title, "text": self.text}
        chain = find_region(Evidence(place, known[place]) for place in places).chain
        return bool(chain) and chain[-1].code == self.region


def _report(name: str, data: bytes) -> WorkReport:
    raw = data.decode("utf-8", "ignore")
    front = FRONT.match(raw)
    title = TITLE.search(front.group(1)) if front else None
    body = raw[front.end() :] if front else raw
    path = name.removeprefix("./").removeprefix("lawtext-gov/")
    return WorkReport(path, title.group(1) if title else "", body.strip()[:1500])


@pytest.fixture(scope="module")
def reports(work_reports: Path) -> list[WorkReport]:
    found: list[WorkReport] = []
    for file in sorted(work_reports.rglob("*.md")):
        with file.open("rb") as stream:
            found.append(_report(file.relative_to(work_reports).as_posix(), stream.read(HEAD)))
    return found


@pytest.mark.parametrize(
    ("places", "floor"),
    [(("path", "title", "text"), 0.997), (("title", "text"), 0.99), (("text",), 0.97)],
)
def test_region_of_work_reports(
    reports: list[WorkReport], places: tuple[Place, ...], floor: float
) -> None:
    assert len(reports) == 3_074
    assert sum(report.found(*places) for report in reports) / len(reports) >= floor


def test_region_of_work_reports_by_their_path(reports: list[WorkReport]) -> None:
    """The five-year plans' paths name no region."""
    told = [report for report in reports if not report.path.startswith("五年规划")]
    assert [report.path for report in told if not report.found("path")] == []


@pytest.mark.parametrize("places", [("title",), ("text",), ("title", "path", "text")])
def test_region_of_seeds(places: tuple[Place, ...], shared: Path) -> None:
    golden = json.loads((shared / "golden" / "seeds.json").read_text(encoding="utf-8"))
    for name, expected in golden.items():
        text = (shared / "corpora" / "seeds" / name).read_text(encoding="utf-8")
        known: dict[Place, str] = {"title": expected["title"], "path": name, "text": text[:1500]}
        found = find_region(Evidence(place, known[place]) for place in places)
        assert [region.code for region in found.chain] == expected["region"], name
        assert [region.name for region in found.chain] == expected["region_names"], name
        assert found.warnings == (), name
