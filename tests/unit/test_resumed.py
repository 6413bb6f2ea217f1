"""What a killed run had read is not read again, and the index is as if nothing had happened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from indexer.arrays import gather
from indexer.model import report_id
from indexer.pipeline import fill as fill_module
from indexer.pipeline.work import Outcome, Task, work
from indexer.store import resumed
from indexer.store.reader import IndexReader, known_files
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.three_reports import REPORT, edit, expected_names, names, run, touch, write

ALL = 24


@pytest.fixture(autouse=True)
def every_file_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "RUN_CODE_UNITS", 1)
    monkeypatch.setattr(fill_module, "is_light", lambda _: True)  # in this process, archives too


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number in range(ALL - 1):
        write(tmp_path / "corpus" / f"{number:02}.txt", REPORT.format(place=f"第{number}"))
    write(tmp_path / "corpus" / "20a.txt", "")
    return tmp_path / "corpus"


def interrupt(
    corpus: Path, folder: Path, after: int, error: type[BaseException] = KeyboardInterrupt
) -> None:
    """A run that ends after so many files."""
    done = 0

    def some(task: Task) -> Iterator[Outcome]:
        nonlocal done
        if done == after:
            raise error
        done += 1
        yield from work(task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fill_module, "work", some)
        with pytest.raises(error):
            run(corpus, folder)


def answers(folder: Path) -> object:
    """All that searches tell, and all that the index knows of its files."""
    verify(folder)
    assert names(folder) == expected_names(folder)
    result = IndexEngine(folder).search(SearchRequest(q="三务公开", size=100))
    return [(hit.id, hit.title, hit.hits) for hit in result.reports], known_files(folder)


def as_undisturbed(corpus: Path, folder: Path) -> None:
    run(corpus, folder.with_name("undisturbed"))
    assert answers(folder) == answers(folder.with_name("undisturbed"))


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ZeroDivisionError])
@pytest.mark.parametrize("after", [0, 1, ALL - 1])
def test_nothing_is_read_twice(
    corpus: Path, folder: Path, after: int, error: type[BaseException]
) -> None:
    interrupt(corpus, folder, after, error)
    assert IndexReader(folder).segments == ()  # nothing is to be seen of it
    counts = run(corpus, folder)
    assert counts == {"reports": ALL - 1, "added": ALL - 1, "read": ALL - after}
    as_undisturbed(corpus, folder)


def test_a_run_may_end_again_and_again(corpus: Path, folder: Path) -> None:
    for _ in range(3):
        interrupt(corpus, folder, 6)
    assert run(corpus, folder)["read"] == ALL - 18
    as_undisturbed(corpus, folder)


def test_a_full_disk_is_not_filled_further(corpus: Path, folder: Path) -> None:
    interrupt(corpus, folder, 6, OSError)
    assert not list(folder.glob("*.run*"))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [cut_off, flip, os.remove])
def test_what_is_not_whole_is_read_again(
    corpus: Path, folder: Path, harm: Callable[[Path], None]
) -> None:
    interrupt(corpus, folder, 6)
    harm(min(folder.glob("*.run*")))
    assert run(corpus, folder)["read"] == ALL - 5
    as_undisturbed(corpus, folder)


def test_what_another_installation_read_is_read_again(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(corpus, folder, 6)
    monkeypatch.setattr(resumed, "fingerprint", lambda: {"format": "another"})
    assert run(corpus, folder)["read"] == ALL


def test_a_rebuild_reads_all_anew(corpus: Path, folder: Path) -> None:
    interrupt(corpus, folder, 6)
    assert run(corpus, folder, rebuild=True)["read"] == ALL
    as_undisturbed(corpus, folder)


def test_what_changed_in_between(corpus: Path, folder: Path) -> None:
    interrupt(corpus, folder, 6)
    edit(corpus / "01.txt")
    (corpus / "02.txt").unlink()
    write(corpus / "00a.txt", REPORT.format(place="新"))
    counts = run(corpus, folder)
    assert counts == {"reports": ALL - 1, "added": ALL - 1, "read": ALL - 6 + 2}
    as_undisturbed(corpus, folder)


@pytest.mark.parametrize("back", [False, True])
def test_a_file_that_moved_keeps_its_ids(corpus: Path, folder: Path, back: bool) -> None:
    run(corpus, folder)
    (corpus / "03.txt").rename(corpus / "00moved.txt")
    for number in range(10, 20):
        edit(corpus / f"{number}.txt")
    interrupt(corpus, folder, 6)
    if back:
        (corpus / "00moved.txt").rename(corpus / "03.txt")
    counts = run(corpus, folder)
    assert counts["read"] == 5
    assert counts["reports"] == ALL - 1
    former = {} if back else {"00moved.txt": (report_id("03.txt"),)}
    assert {s: k.former for s, k in known_files(folder).items() if k.former} == former
    answers(folder)


def zipped(path: Path, *places: str) -> None:
    with ZipFile(path, "w") as archive:
        for place in places:
            archive.writestr(f"{place}.txt", REPORT.format(place=place))


@pytest.mark.parametrize(("after", "again"), [(1, ALL + 1), (3, ALL)])
def test_an_archive_is_taken_over_whole(
    corpus: Path, folder: Path, after: int, again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of an archive before the end of it does not tell what else it holds."""
    zipped(corpus / "-.zip", "甲", "乙")
    done = 0

    def some(task: Task) -> Iterator[Outcome]:
        nonlocal done
        for outcome in work(task):
            if done == after:
                raise KeyboardInterrupt
            done += 1
            yield outcome

    with monkeypatch.context() as patch:
        patch.setattr(fill_module, "work", some)
        with pytest.raises(KeyboardInterrupt):
            run(corpus, folder)
    counts = run(corpus, folder)
    assert counts == {"reports": ALL + 1, "added": ALL + 1, "read": again}
    as_undisturbed(corpus, folder)


def test_an_archive_that_changed_in_between_is_read_again(corpus: Path, folder: Path) -> None:
    zipped(corpus / "-.zip", "甲", "乙")
    interrupt(corpus, folder, 4)
    zipped(corpus / "-.zip", "乙", "丙")
    touch(corpus / "-.zip")
    interrupt(corpus, folder, 4)
    run(corpus, folder)
    as_undisturbed(corpus, folder)
