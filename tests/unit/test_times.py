"""When a report came into the index, and when it changed: kept through all that happens to an index."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.errors import RequestError
from indexer.model import Indexed
from indexer.pipeline import fill as fill_module
from indexer.pipeline.build import build
from indexer.pipeline.work import Outcome, Task, work
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.oracle.scan_engine import ScanEngine
from tests.three_reports import REPORT, edit, touch, write

FIRST, LATER = 1_000, 2_000


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for place in ("甲县", "乙县", "丙县"):
        write(tmp_path / "corpus" / f"{place}.txt", REPORT.format(place=place))
    return tmp_path / "corpus"


def times(folder: Path) -> dict[str, Indexed]:
    """The times of all reports: a result's, a report's, and the oracle's are the same."""
    engine, scan = IndexEngine(folder), ScanEngine.of_index(folder)
    hits = engine.search(SearchRequest(size=100, sort="-changed")).reports
    assert [hit.source for hit in hits] == [
        hit.source for hit in scan.search(SearchRequest(size=100, sort="-changed")).reports
    ]
    for hit in hits:
        assert hit.indexed == engine.report(hit.id).indexed == scan.report(hit.id).indexed
    return {Path(hit.source).stem: hit.indexed for hit in hits}


def run(corpus: Path, folder: Path, at: float, **options: bool) -> dict[str, Indexed]:
    build(corpus, folder, jobs=1, clock=lambda: at, **options)
    return times(folder)


def untouched(corpus: Path) -> None:
    """Nothing happens."""


def touched(corpus: Path) -> None:
    touch(corpus / "甲县.txt")


def edited(corpus: Path) -> None:
    edit(corpus / "甲县.txt")


def named(corpus: Path) -> None:
    write(corpus / "metadata.csv", "source,issuer\n甲县.txt,甲县人民政府办公室\n")


def moved(corpus: Path) -> None:
    (corpus / "2018").mkdir()
    (corpus / "甲县.txt").rename(corpus / "2018" / "甲县.txt")


def moved_and_named(corpus: Path) -> None:
    moved(corpus)
    write(corpus / "metadata.csv", "source,issuer\n2018/甲县.txt,甲县人民政府办公室\n")


def replaced(corpus: Path) -> None:
    write(corpus / "甲县.txt", REPORT.format(place="丁县"))
    touch(corpus / "甲县.txt")


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (untouched, Indexed(FIRST, FIRST)),
        (touched, Indexed(FIRST, FIRST)),
        (edited, Indexed(FIRST, LATER)),
        (named, Indexed(FIRST, LATER)),
        (moved, Indexed(FIRST, FIRST)),
        (moved_and_named, Indexed(FIRST, LATER)),
        (replaced, Indexed(FIRST, LATER)),
    ],
)
def test_what_happens_to_a_report(
    corpus: Path, folder: Path, rebuild: bool, happens: Callable[[Path], None], expected: Indexed
) -> None:
    run(corpus, folder, FIRST)
    happens(corpus)
    found = run(corpus, folder, LATER, rebuild=rebuild)
    assert found == {
        "甲县": expected,
        "乙县": Indexed(FIRST, FIRST),
        "丙县": Indexed(FIRST, FIRST),
    }


def test_one_that_comes_and_one_that_comes_back(corpus: Path, folder: Path) -> None:
    run(corpus, folder, FIRST)
    text = (corpus / "甲县.txt").read_text(encoding="utf-8")
    (corpus / "甲县.txt").unlink()
    write(corpus / "丁县.txt", REPORT.format(place="丁县"))
    assert run(corpus, folder, LATER)["丁县"] == Indexed(LATER, LATER)
    write(corpus / "甲县.txt", text)
    assert run(corpus, folder, 3_000)["甲县"] == Indexed(3_000, 3_000)


def test_one_that_becomes_readable_is_new(corpus: Path, folder: Path) -> None:
    write(corpus / "丁县.txt", "")
    run(corpus, folder, FIRST)
    write(corpus / "丁县.txt", REPORT.format(place="丁县"))
    touch(corpus / "丁县.txt")
    assert run(corpus, folder, LATER)["丁县"] == Indexed(LATER, LATER)


def test_a_copy_that_stands_for_its_report_has_its_times(corpus: Path, folder: Path) -> None:
    run(corpus, folder, FIRST)
    shutil.copy(corpus / "甲县.txt", corpus / "甲县二.txt")
    run(corpus, folder, LATER)
    (corpus / "甲县.txt").unlink()
    assert run(corpus, folder, 3_000)["甲县二"] == Indexed(FIRST, FIRST)


@pytest.mark.parametrize("clock", [FIRST, 5.5])
def test_a_run_is_later_than_those_before_it(corpus: Path, folder: Path, clock: float) -> None:
    run(corpus, folder, FIRST)
    edit(corpus / "甲县.txt")
    assert run(corpus, folder, clock)["甲县"] == Indexed(FIRST, FIRST + 1)


def test_what_a_killed_run_had_read_is_new_to_who_saw_the_index_before(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, folder, FIRST)
    for place in "丁戊":
        write(corpus / f"{place}.txt", REPORT.format(place=f"{place}县"))
    done = 0

    def one(task: Task) -> Iterator[Outcome]:
        nonlocal done
        if done:
            raise KeyboardInterrupt
        done += 1
        yield from work(task)

    with monkeypatch.context() as patch:
        patch.setattr(fill_module, "work", one)
        with pytest.raises(KeyboardInterrupt):
            build(corpus, folder, jobs=1, clock=lambda: LATER)
    found = run(corpus, folder, 3_000)
    assert {found.pop("丁"), found.pop("戊")} == {Indexed(LATER, LATER), Indexed(3_000, 3_000)}
    assert set(found.values()) == {Indexed(FIRST, FIRST)}


def test_an_index_of_before_has_unknown_times(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("indexer.arrays.records.list", lambda _: [], raising=False)
        build(corpus, folder, jobs=1)
    assert set(times(folder).values()) == {Indexed(0, 0)}
    edit(corpus / "甲县.txt")
    write(corpus / "丁县.txt", REPORT.format(place="丁县"))
    found = run(corpus, folder, LATER)
    assert found["甲县"] == Indexed(0, LATER)
    assert found["乙县"] == Indexed(0, 0)
    assert found["丁县"] == Indexed(LATER, LATER)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("1970-01-01", "甲乙丙丁"),
        ("1970-01-01T00:16:41Z", "甲丁"),  # a second after the first run
        ("1970-01-01T00:33:20Z", "甲丁"),
        ("1970-01-01T00:33:21Z", ""),
        ("1970-01-02", ""),
    ],
)
def test_what_came_or_changed_since(corpus: Path, folder: Path, since: str, expected: str) -> None:
    run(corpus, folder, FIRST)
    edit(corpus / "甲县.txt")
    write(corpus / "丁县.txt", REPORT.format(place="丁县"))
    run(corpus, folder, LATER)
    request = SearchRequest(q="三务公开", since=since)
    for engine in (IndexEngine(folder), ScanEngine.of_index(folder)):
        found = engine.search(request).reports
        assert {Path(hit.source).stem[0] for hit in found} == set(expected)
        assert engine.count(request).reports == len(expected)
    assert IndexEngine(folder).overview().newest == LATER


@pytest.mark.parametrize(
    "since", ["x", "2026", "2026-13-01", "2026-1-1", "2026-01-01T25:00:00Z", "2026-01-01T10:00:00"]
)
def test_what_is_no_time(samples: IndexEngine, since: str) -> None:
    with pytest.raises(RequestError) as error:
        samples.search(SearchRequest(since=since))
    assert error.value.parameter == "since"


def test_segments_are_merged(corpus: Path, folder: Path) -> None:
    chooser = random.Random(3)
    expected = run(corpus, folder, FIRST)
    for at in range(LATER, LATER + 8):
        place = "".join(chooser.sample("东南西北中山川河湖海", 3))
        write(corpus / f"{place}.txt", REPORT.format(place=place))
        expected[place] = Indexed(at, at)
        assert run(corpus, folder, at) == expected
