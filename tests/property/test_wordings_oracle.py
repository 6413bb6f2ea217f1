"""What reports say of what is looked for, against a reading of each character; and when that is another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from indexer.errors import DamagedIndexError
from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.depth import draws
from tests.echoing import CITY, report
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine
from tests.three_reports import REPORT, write

REQUESTS = 6
"""Drawn for each small corpus."""


@pytest.fixture(autouse=True, scope="module")
def _few_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.local.collect.wordings._AT_ONCE", 2)
        patch.setattr("search.local.printed.origins._AT_ONCE", 20)
        yield


@pytest.mark.parametrize("seed", range(draws(60)))
def test_drawn_corpora(seed: int) -> None:
    """In one to three segments, some reports deleted; of all reports found, and of some."""
    chooser = Random(seed)
    reports = drawn.reports(chooser)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    scan = ScanEngine(report for report in reports if report.id not in dead)
    queries = drawn.Queries(chooser, [line.text for r in scan.reports for line in r.lines()])
    with TemporaryDirectory() as folder:
        engine = engine_of(Path(folder), segments, dead)
        for _ in range(REQUESTS):
            request = drawn.request(chooser, queries.query())
            every = dict(scan.wordings(request))
            assert dict(engine.wordings(request)) == every
            some = {one for one in every if chooser.random() < 0.5} | {"0" * 12}
            assert dict(engine.wordings(request, some)) == dict(scan.wordings(request, some))


LINES = ("过去一年，推进“三务”公开；党务公开不足。明年再看！", "没有什么。三务公开2.5次")
ASKED = SearchRequest(q="三务公开")


def test_what_changed_on_the_disk_is_no_news(tmp_path: Path) -> None:
    """A sentence that is not what was written is refused, not taken for another one."""
    write(tmp_path / "corpus" / "甲.txt", REPORT.format(place="甲县"))
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    (path,) = (tmp_path / "index").glob("*.arrays")
    whole, printed = path.read_bytes(), "推进“三务”".encode("utf-16-le")
    assert dict(IndexEngine(tmp_path / "index").wordings(ASKED))
    path.write_bytes(whole.replace(printed, printed[:-2] + b"\x1d\x4e"))
    assert path.read_bytes() != whole
    with pytest.raises(DamagedIndexError):
        dict(IndexEngine(tmp_path / "index").wordings(ASKED))


@pytest.mark.parametrize(
    ("was", "now", "differs"),
    [
        ("推进", "全面推进", True),
        ("过去一年", "过去两年", True),  # of the same sentence
        ("“三务”", "三务", True),  # as printed
        ("；党务", "，党务", True),  # the sentence goes on
        ("2.5次", "25次", True),
        ("三务公开2.5次", "三务没有公开", True),
        ("没有什么。", "三务公开。", True),
        ("没有什么。", "什么也没有。", False),
        ("党务公开不足", "党务公开很好", False),
        ("明年再看！", "", False),
    ],
)
def test_when_it_is_another(tmp_path: Path, was: str, now: str, differs: bool) -> None:
    edited = [line.replace(was, now) for line in LINES]
    assert edited != [*LINES]
    digests = []
    for number, lines in enumerate((LINES, edited)):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        engine = engine_of(folder, [[report("甲.txt", CITY, 2020, None, lines)]])
        digests += dict(engine.wordings(ASKED)).values()
    assert len(digests) == 2
    assert (digests[0] != digests[1]) == differs
