"""Regions of real reports; needs the shared corpora, which are not part of the repository."""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.regions.evidence import Evidence, Place
from indexer.regions.find import find_region
from indexer.regions.table import table

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS = SHARED / "golden" / "seeds.json"
ARCHIVE = SHARED / "corpora" / "government-work-reports.tar.xz"
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


def _unpacked(folder: Path) -> Iterator[WorkReport]:
    for file in sorted(folder.rglob("*.md")):
        with file.open("rb") as stream:
            yield _report(file.relative_to(folder).as_posix(), stream.read(HEAD))


def _packed(archive: Path) -> Iterator[WorkReport]:
    with tarfile.open(archive, "r|xz") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.name.endswith(".md") else None
            if stream is not None:
                yield _report(member.name, stream.read(HEAD))


@pytest.fixture(scope="module")
def reports() -> list[WorkReport]:
    folder = os.environ.get("GONGKAI_WORK_REPORTS")
    if folder:
        return list(_unpacked(Path(folder)))
    if not ARCHIVE.exists():
        pytest.skip(f"no work reports at {ARCHIVE}")
    return list(_packed(ARCHIVE))


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


@pytest.mark.skipif(not SEEDS.exists(), reason=f"no golden seeds at {SEEDS}")
@pytest.mark.parametrize("places", [("title",), ("text",), ("title", "path", "text")])
def test_region_of_seeds(places: tuple[Place, ...]) -> None:
    golden = json.loads(SEEDS.read_text(encoding="utf-8"))
    for name, expected in golden.items():
        text = (SHARED / "corpora" / "seeds" / name).read_text(encoding="utf-8")
        known: dict[Place, str] = {"title": expected["title"], "path": name, "text": text[:1500]}
        found = find_region(Evidence(place, known[place]) for place in places)
        assert [region.code for region in found.chain] == expected["region"], name
        assert [region.name for region in found.chain] == expected["region_names"], name
        assert found.warnings == (), name
