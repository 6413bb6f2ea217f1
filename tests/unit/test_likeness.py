"""The file of likenesses: made after a commit, kept as far as it still holds, mended where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner

from gongkai import main
from indexer.arrays.array_file import ArrayWriter, read_array_file
from indexer.errors import DamagedIndexError, LockedIndexError
from indexer.likeness import aligned, sketched
from indexer.likeness.find import find_alike
from indexer.likeness.measure import MAX_LINES
from indexer.model import report_id
from indexer.pipeline.build import build
from indexer.store.alike_file import (
    WITHOUT,
    AlikeArrays,
    alike_files,
    current_state,
    made_with,
    open_alike,
)
from indexer.store.lock import WriteLock
from indexer.store.manifest import current_generation, read_manifest
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from tests.depth import draws
from tests.drawn_reports import edited, sentence, write_reports


def lines(seed: int, count: int = 30) -> list[str]:
    draw = Random(seed)
    return [f"第{seed}号年度报告", *(sentence(draw) for _ in range(count))]


COPIED = edited(lines(1), 0.2, Random(9))
REPORTS = {"甲.txt": lines(1), "乙.txt": COPIED, "丙.txt": lines(3), "节.txt": lines(1)[10:25]}
PAIRS = {
    frozenset(pair) for pair in (("甲.txt", "乙.txt"), ("甲.txt", "节.txt"), ("乙.txt", "节.txt"))
}
NEW = frozenset(("39.txt", "丙.txt"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "corpus", REPORTS)


@pytest.fixture
def folder(corpus: Path, tmp_path: Path) -> Path:
    build(corpus, tmp_path / "index", jobs=1)
    return tmp_path / "index"


def pairs(folder: Path) -> set[frozenset[str]]:
    """The sources of each pair."""
    return {frozenset((p.a.source, p.b.source)) for p in IndexEngine(folder).every_alike()}


def arrays(folder: Path) -> AlikeArrays:
    found = open_alike(folder, read_manifest(folder))
    assert found is not None
    return found


def files(folder: Path) -> list[Path]:
    return [path for _, path in alike_files(folder)]


def test_likenesses_stand_beside_a_new_index(folder: Path) -> None:
    assert pairs(folder) == PAIRS
    engine = IndexEngine(folder)
    assert engine.state == engine.generation == current_generation(folder) == current_state(folder)
    found = engine.alike(report_id("节.txt"))
    assert (found.known, found.crowded) == (True, False)
    first = found.pairs[0]
    assert (first.a.source, first.b.source) == ("节.txt", "甲.txt")
    assert first.a.share > 0.99
    assert 0.4 < first.b.share < 0.5
    assert engine.alike(report_id("丙.txt")).pairs == ()
    verify(folder)


def test_nothing_is_written_where_they_stand(folder: Path) -> None:
    (path,) = files(folder)
    before = path.stat().st_mtime_ns
    find_alike(folder)
    assert [path.stat().st_mtime_ns for path in files(folder)] == [before]


def test_of_a_later_generation_only_what_is_new_is_looked_at(
    folder: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one of many reports edited: its sketch, and its pairs; all else as if made anew."""
    more = {f"{n}.txt": lines(100 + n) for n in range(40)}
    build(write_reports(corpus, more), folder, jobs=1)
    looked_at: list[int] = []
    making, trying = sketched._sketch, aligned.common
    monkeypatch.setattr(sketched, "_sketch", lambda t, r: looked_at.append(r) or making(t, r))
    tried: list[int] = []
    monkeypatch.setattr(aligned, "common", lambda a, b: tried.append(0) or trying(a, b))
    write_reports(corpus, {"39.txt": edited(lines(3), 0.1, Random(3))})
    build(corpus, folder, jobs=1)
    assert len(looked_at) == len(tried) == 1
    assert pairs(folder) == PAIRS | {NEW}
    (corpus / "乙.txt").unlink()
    build(corpus, folder, jobs=1)
    assert len(looked_at) == len(tried) == 1
    assert pairs(folder) == {NEW, frozenset(("甲.txt", "节.txt"))}
    build(corpus, tmp_path / "other", jobs=1)
    kept, anew = ({*IndexEngine(f).every_alike()} for f in (folder, tmp_path / "other"))
    assert {frozenset(pair) for pair in kept} == {frozenset(pair) for pair in anew}
    assert len(files(folder)) == 1


def test_an_index_without_them_says_so_until_they_are_found(folder: Path, corpus: Path) -> None:
    for path in files(folder):
        path.unlink()
    engine = IndexEngine(folder)
    assert not engine.alike(report_id("甲.txt")).known
    assert [*engine.every_alike()] == []
    assert engine.state == current_state(folder) == f"{engine.generation}{WITHOUT}"
    verify(folder)
    assert build(corpus, folder, jobs=1).read == 0
    assert pairs(folder) == PAIRS


def test_they_are_not_looked_for_while_another_run_writes(folder: Path) -> None:
    for path in files(folder):
        path.unlink()
    lock = WriteLock(folder)
    try:
        with pytest.raises(LockedIndexError):
            find_alike(folder)
    finally:
        lock.release()


@pytest.mark.parametrize("name", ["pair_of_a", "sketch_values", "report_digest"])
def test_what_is_damaged_is_told_and_made_anew(folder: Path, corpus: Path, name: str) -> None:
    (path,) = files(folder)
    right = path.read_bytes()
    start, _ = read_array_file(path).byte_ranges[name]
    path.write_bytes(right[:start] + bytes([right[start] ^ 1]) + right[start + 1 :])
    with pytest.raises(DamagedIndexError, match=path.name):
        verify(folder)
    build(corpus, folder, jobs=1)
    assert files(folder) == [path]
    assert path.read_bytes() == right


@pytest.mark.parametrize("data", [b"", b"gongkai3", b"\0" * 1000])
def test_what_is_no_file_of_ours_is_made_anew(folder: Path, data: bytes) -> None:
    (path,) = files(folder)
    path.write_bytes(data)
    assert not IndexEngine(folder).alike(report_id("甲.txt")).known
    find_alike(folder)
    assert pairs(folder) == PAIRS


CHANGES = {
    "pair_b": lambda a: a + 1000,
    "pair_a": lambda a: a[:-1],
    "sketch_start": lambda a: a[::-1],
    "report_segment": lambda a: a + 1,
    "report_file": lambda a: a.astype(np.uint64),
    "report_id": lambda a: a[::-1],
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_disagrees_with_itself_is_told_and_made_anew(folder: Path, name: str) -> None:
    """Though every checksum is right."""
    (path,) = files(folder)
    file = read_array_file(path)
    there = {known: array.copy() for known, array in file.arrays.items()}
    there[name] = CHANGES[name](there[name])
    path.unlink()
    with ArrayWriter(path) as writer:
        for known, array in there.items():
            writer.write(known, array)
        writer.tables = dict(file.tables)
    with pytest.raises(DamagedIndexError):
        verify(folder)
    if name != "report_id":
        find_alike(folder)
        assert pairs(folder) == PAIRS


def test_one_of_another_version_is_made_anew(
    folder: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {**made_with(), "alike": 0}
    monkeypatch.setattr("indexer.store.alike_file.made_with", lambda: other)
    assert open_alike(folder, read_manifest(folder)) is None
    monkeypatch.setattr("indexer.likeness.find.made_with", lambda: other)
    find_alike(folder)
    assert read_array_file(files(folder)[0]).tables["made_with"] == other
    assert pairs(folder) == PAIRS


def test_what_a_killed_run_left_goes(folder: Path, corpus: Path) -> None:
    left = folder / "alike-7-01234567.new"
    left.write_bytes(b"half")
    write_reports(corpus, {"丁.txt": lines(4)})
    build(corpus, folder, jobs=1)
    assert not left.exists()


def test_what_is_too_long_is_not_looked_at(corpus: Path, tmp_path: Path) -> None:
    long = [f"第{n}行" for n in range(MAX_LINES)]
    write_reports(corpus, {"长.txt": ["长报告", *long], "又长.txt": ["又长报告", *long]})
    build(corpus, tmp_path / "index", jobs=1)
    assert pairs(tmp_path / "index") == PAIRS


def test_an_empty_index_has_none(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    assert pairs(tmp_path / "index") == set()
    verify(tmp_path / "index")


def test_of_many_that_are_equal_some_are_told(tmp_path: Path) -> None:
    """A form that more fill in than a window holds."""
    forms = {f"{n}.txt": [f"甲{n}镇年度报告", *lines(1)[1:]] for n in range(80)}
    build(write_reports(tmp_path / "corpus", forms), tmp_path / "index", jobs=1)
    engine = IndexEngine(tmp_path / "index")
    for name in forms:
        found = engine.alike(report_id(name))
        assert found.crowded
        assert 32 <= len(found.pairs) <= 79
    assert len(arrays(tmp_path / "index").pair_a) <= 80 * 32


SIMILAR = [
    ("甲.txt", 2),
    (report_id("甲.txt"), 2),
    (f"http://127.0.0.1:8000/reports/{report_id('甲.txt')}/3-5/01234567?q=x#passage", 2),
    ("丙.txt", 0),
]


@pytest.mark.parametrize(("report", "count"), SIMILAR)
def test_similar_takes_an_id_a_source_or_a_link(folder: Path, report: str, count: int) -> None:
    for path in files(folder):
        path.unlink()  # it is made anew
    answer = CliRunner().invoke(main, ["similar", report, "--json", "--index", str(folder)])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output)
    assert found["known"]
    assert len(found["similar"]) == count
    plain = CliRunner().invoke(main, ["similar", report, "--index", str(folder)])
    assert plain.output.splitlines()[-1] == f"相似：{count}"


def test_similar_lists_all_pairs(folder: Path) -> None:
    def run(*options: str) -> str:
        answer = CliRunner().invoke(main, ["similar", *options, "--index", str(folder)])
        assert answer.exit_code == 0, answer.output
        return answer.output

    told = [json.loads(line) for line in run("--json").splitlines()]
    assert {frozenset((p["a"]["source"], p["b"]["source"])) for p in told} == PAIRS
    rows = run("--csv").splitlines()
    assert len([row for row in rows if "甲.txt" in row]) == 2
    assert not run("--json", "--least", "100")
    plain = run("--lang", "en")
    assert plain.splitlines()[-1] == "Alike: 3"
    for pair in told:
        assert pair["compare"] in plain


def test_similar_says_what_is_not_there(folder: Path) -> None:
    answer = CliRunner().invoke(main, ["similar", "无.txt", "--index", str(folder)])
    assert answer.exit_code == 1
    assert report_id("无.txt") in answer.output


@pytest.mark.parametrize("seed", range(1, 1 + draws(2)))
def test_two_are_found_among_many_with_the_same_form(tmp_path: Path, seed: int) -> None:
    """All have 40 % in common, and two of them as much again of what is their own."""
    form = lines(1, 40)[1:]
    reports = {
        f"{n}.txt": [f"甲{n}镇年度报告", *form, *lines(1000 * seed + n, 60)[1:]] for n in range(120)
    }
    two = reports["7.txt"], reports["90.txt"]
    two[1][60:85] = two[0][60:85]
    build(write_reports(tmp_path / "corpus", reports), tmp_path / "index", jobs=1)
    assert pairs(tmp_path / "index") == {frozenset(("7.txt", "90.txt"))}
