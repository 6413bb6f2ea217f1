"""A server's engine takes up what is committed while it answers, and never less than it had."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.arrays import array_file, checksums
from indexer.arrays.array_file import read_array_file
from indexer.messages import word
from indexer.pipeline.build import build
from indexer.store import harm
from indexer.store.alike_file import alike_name
from indexer.store.manifest import current_generation
from indexer.store.reader import IndexReader
from search.cache import Cache
from search.local.engine import IndexEngine
from search.local.live import TRY_AGAIN, LiveSource
from search.model import SearchRequest
from web import pages
from web.app import create_app

PATIENCE = 30.0  # seconds


class Folder:
    """A corpus that grows, and its index."""

    def __init__(self, place: Path) -> None:
        self.corpus, self.index = place / "corpus", place / "index"
        self.corpus.mkdir()
        self.reports = 0

    def add(self, *, rebuild: bool = False) -> None:
        """One more report, committed."""
        self.reports += 1
        text = f"甲县第{self.reports}次报告\n一、总体情况\n每月公布“三务”公开的目录。\n"
        (self.corpus / f"{self.reports}.txt").write_text(text, "utf-8")
        build(self.corpus, self.index, jobs=1, rebuild=rebuild)

    def arrays(self) -> set[Path]:
        return set(self.index.glob("*.arrays"))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add()
    return made


def reports(source: LiveSource) -> int:
    return found_by(source.now())


def found_by(engine: IndexEngine) -> int:
    return engine.search(SearchRequest(q="“三务”公开")).total.reports


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_the_current_generation_is_the_reader_s(folder: Folder, tmp_path: Path) -> None:
    first = current_generation(folder.index)
    assert first == IndexReader(folder.index).generation
    folder.add()
    second = current_generation(folder.index)
    assert second == IndexReader(folder.index).generation != first
    assert current_generation(tmp_path / "nothing") is None
    assert current_generation(folder.corpus) is None


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_commit_is_seen_while_serving(folder: Folder, rebuild: bool) -> None:
    with LiveSource(folder.index, every=0.02) as live:
        before = live.now().generation
        assert reports(live) == 1
        folder.add(rebuild=rebuild)
        newest = current_generation(folder.index)
        assert newest != before
        wait_for(lambda: live.now().generation == newest)  # likenesses come a moment later
        assert reports(live) == 2
        engine = live.now()
        (found,) = engine.search(SearchRequest(q="第2次报告")).reports
        assert len(engine.hits(found.id, SearchRequest(q="三务公开"))) == 1
        assert engine.report(found.id).title == "甲县第2次报告"
        assert engine.suggest("甲县第2")


def test_outside_of_with_nothing_is_taken_up_by_itself(folder: Folder) -> None:
    with LiveSource(folder.index, every=0.01) as live:
        pass
    old = live.now()
    folder.add()
    assert reports(live) == 1
    live.look()
    assert live.now() is not old
    assert (reports(live), found_by(old)) == (2, 1)


Damaged = tuple[LiveSource, list[float], Callable[[], object]]


@pytest.fixture
def damaged(folder: Folder) -> Damaged:
    """An engine, its clock, and what mends the generation that came after it."""
    clock = [0.0]
    live = LiveSource(folder.index, clock=lambda: clock[0])
    before = folder.arrays()
    folder.add()
    (new,) = folder.arrays() - before
    aside = new.rename(new.with_suffix(".aside"))
    new.write_bytes(b"\x00" * 100)
    return live, clock, lambda: aside.replace(new)


def test_a_damaged_new_index_leaves_the_old_one_answering(
    damaged: Damaged, caplog: pytest.LogCaptureFixture
) -> None:
    live, clock, mend = damaged
    old = live.now()
    for seconds in (0, 1, TRY_AGAIN, 2 * TRY_AGAIN):
        clock[0] = seconds
        live.look()
        assert live.now() is old
        assert reports(live) == 1
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert "--rebuild" in errors[0]
    told = create_app(live).test_client().get("/healthz").get_json()
    assert told["status"] == "stale"
    assert told["reports"] == 1
    assert "--rebuild" in told["refused"]
    mend()
    live.look()
    assert live.now() is old  # it is tried again in a while
    clock[0] += TRY_AGAIN
    live.look()
    assert reports(live) == 2
    told = create_app(live).test_client().get("/healthz").get_json()
    assert told == {"status": "ok", "generation": live.now().generation, "reports": 2}


def test_a_rebuild_mends_what_was_damaged(folder: Folder, damaged: Damaged) -> None:
    live, _, _ = damaged
    live.look()
    assert reports(live) == 1
    folder.add(rebuild=True)
    live.look()
    assert reports(live) == 3


Flipped = tuple[Path, bytes]


@pytest.fixture
def flipped(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Flipped:
    """The segment's file, in which a byte of the positions has changed, and what it was."""
    for module in (checksums, array_file, harm):
        monkeypatch.setattr(
            module, "PIECE", 64
        )  # else who opens so small an index looks at all of it
    folder.add(rebuild=True)
    (path,) = folder.arrays()
    whole = path.read_bytes()
    at = read_array_file(path).byte_ranges["positions"][0]
    path.unlink()
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    return path, whole


def test_a_byte_that_changed_is_told_on_every_page(folder: Folder, flipped: Flipped) -> None:
    """Which file, which reports, what mends it; and nothing else is answered, not what was kept either."""
    path, whole = flipped
    clock = [0.0]
    live = LiveSource(folder.index, every=PATIENCE, clock=lambda: clock[0])
    client = create_app(live).test_client()
    client.get("/?q=报告")
    with live:
        wait_for(lambda: not live.status().warming)
        for address in ("/", "/?q=报告", "/concordance?q=报告", "/rejected"):
            page = client.get(address)
            assert page.status_code == 503, address
            text = page.get_data(as_text=True)
            assert path.name in text, address
            assert "--rebuild" in text, address
        for address in ("/healthz", "/api/search?q=报告"):
            told = client.get(address)
            assert told.status_code == 503
            assert told.get_json()["error"]["code"] == "index_damaged"
            assert "2.txt" in told.get_data(as_text=True)
    path.unlink()
    path.write_bytes(whole)  # restored from elsewhere
    live.look()
    assert live.status().damaged
    clock[0] = TRY_AGAIN
    live.look()
    assert not live.status().damaged
    assert client.get("/?q=报告").status_code == 200


@pytest.fixture
def sound(folder: Folder, flipped: Flipped, monkeypatch: pytest.MonkeyPatch) -> Flipped:
    """The file as it was, and what is in it once a byte has changed; opened files see that."""
    monkeypatch.setattr(harm, "_AT_A_STEP", 2)
    path, whole = flipped
    harmed = path.read_bytes()
    path.write_bytes(whole)
    return path, harmed


def test_what_rots_later_is_found_and_told_like_all_damage(folder: Folder, sound: Flipped) -> None:
    """By the watcher itself, after a rest; until then it is answered, and once mended again."""
    path, harmed = sound
    whole = path.read_bytes()
    clock = [0.0]
    with LiveSource(folder.index, every=0.01, rest=60, clock=lambda: clock[0]) as live:
        client = create_app(live).test_client()
        wait_for(lambda: not live.status().warming)
        path.write_bytes(harmed)
        assert client.get("/?q=报告").status_code == 200
        clock[0] = 61
        wait_for(lambda: bool(live.status().damaged))
        page = client.get("/?q=报告")
        assert page.status_code == 503
        assert path.name in page.text
        assert "--rebuild" in page.text
        told = client.get("/healthz")
        assert told.status_code == 503
        assert told.get_json()["error"]["code"] == "index_damaged"
        path.write_bytes(whole)
        clock[0] += TRY_AGAIN
        wait_for(lambda: not live.status().damaged)
        assert client.get("/?q=报告").status_code == 200


def test_a_round_is_a_step_at_a_time_and_rests(folder: Folder, sound: Flipped) -> None:
    path, harmed = sound
    clock = [0.0]
    live = LiveSource(folder.index, rest=60, clock=lambda: clock[0])
    live.go_round()
    path.write_bytes(harmed)
    for clock[0] in (10, 59):
        live.go_round()
        assert not live.status().damaged
    clock[0] = 60
    steps = 0
    while not live.status().damaged:
        live.go_round()
        steps += 1
    assert steps > 3
    engine = live.now()
    live.go_round()
    assert live.now() is engine


def test_rounds_go_on_while_generations_change(folder: Folder, sound: Flipped) -> None:
    """What was damaged before is found in the newest one, too, if it has the file."""
    path, harmed = sound
    live = LiveSource(folder.index, rest=0)
    live.go_round()
    first = live.now()
    (folder.corpus / "2.txt").write_text("甲县第2次报告\n一、其他\n没有。\n", "utf-8")
    build(folder.corpus, folder.index, jobs=1)
    live.look()
    assert live.now() is not first
    assert path in folder.arrays()
    path.write_bytes(harmed)
    while not first.damage:
        live.go_round()
    assert live.now().damage
    assert path.name in word(live.status().damaged[0], "zh")


def test_a_round_that_fails_ends_no_watcher(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveSource(folder.index, rest=0)
    monkeypatch.setattr(IndexEngine, "verify_again", lambda _: 1 / 0)
    live.go_round()
    assert "could not be looked at again" in caplog.text
    monkeypatch.undo()
    for _ in range(200):
        live.go_round()
    assert not live.status().damaged


def test_a_new_index_of_which_a_byte_changed_is_not_taken_up(
    folder: Folder, flipped: Flipped
) -> None:
    path, whole = flipped
    damage = path.read_bytes()
    path.unlink()
    path.write_bytes(whole)
    live = LiveSource(folder.index)
    old = live.now()
    path.unlink()
    path.write_bytes(damage)
    (folder.corpus / "2.txt").write_text("甲县第2次报告\n一、其他\n没有。\n", "utf-8")
    build(folder.corpus, folder.index, jobs=1)
    assert path in folder.arrays()
    live.look()
    assert live.now() is old
    assert path.name in word(live.status().refused[0], "zh")


def test_damaged_likenesses_are_told_once_and_cost_nothing_else(folder: Folder) -> None:
    folder.add()
    (path,) = folder.index.glob("alike-*")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    clock = [0.0]
    live = LiveSource(folder.index, clock=lambda: clock[0])
    live.look()
    first = live.now()
    for _ in range(3):
        live.look()
        assert live.now() is first
        assert reports(live) == 2
    told = create_app(live).test_client().get("/healthz").get_json()
    assert told["status"] == "stale"
    assert path.name in told["refused"]
    build(folder.corpus, folder.index, jobs=1)
    assert path.read_bytes() == whole
    clock[0] = TRY_AGAIN
    live.look()
    assert not live.status().refused
    assert not live.now().generation.endswith("-bare")


def test_an_index_that_is_gone_goes_on_answering(folder: Folder, tmp_path: Path) -> None:
    live = LiveSource(folder.index)
    folder.index.rename(tmp_path / "elsewhere")
    live.look()
    assert reports(live) == 1


def test_threads_get_whole_answers_while_generations_change(folder: Folder) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def ask(live: LiveSource) -> None:
        seen = 0
        while not done.is_set():
            engine = live.now()
            counted = found_by(engine)
            listed = engine.search(SearchRequest(size=100)).total.reports
            if not seen <= counted == listed:
                wrong.append((seen, counted, listed))
            seen = counted

    with LiveSource(folder.index, every=0.01) as live:
        threads = [threading.Thread(target=ask, args=(live,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(4):
            folder.add()
        wait_for(lambda: reports(live) == 5)
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_request_stays_with_one_generation(folder: Folder) -> None:
    live = LiveSource(folder.index)
    app = create_app(live)
    with app.test_request_context():
        first = pages.engine()
        folder.add()
        live.look()
        assert pages.engine() is first
    with app.test_request_context():
        assert pages.engine() is live.now() is not first


@pytest.mark.parametrize("fails", [False, True])
def test_it_says_while_it_warms_up(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """It answers meanwhile; what cannot be loaded does not keep it warming for ever."""
    go_on = threading.Event()

    def warm(engine: IndexEngine) -> None:
        assert go_on.wait(PATIENCE)
        if fails:
            raise RuntimeError

    monkeypatch.setattr(IndexEngine, "warm", warm)
    with LiveSource(folder.index) as live:
        client = create_app(live).test_client()
        told = client.get("/healthz").get_json()
        assert (told["status"], told["reports"], told["warming"]) == ("ok", 1, True)
        go_on.set()
        wait_for(lambda: "warming" not in client.get("/healthz").get_json())
        assert client.get("/?q=三务").status_code == 200


def test_what_a_former_generation_held_is_given_back(folder: Folder) -> None:
    """Cycles, too, though what a server holds is hidden from the garbage collector."""
    gc.unfreeze()  # what tests before this one left
    others = caches()
    source = LiveSource(folder.index)
    found_by(source.now())
    one = caches() - others
    for _ in range(4):
        folder.add()
        source.look()
        found_by(source.now())
    assert 0 < one <= caches() - others < 2 * one


def test_likenesses_that_come_later_cost_no_second_warming(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what is loaded and counted already; a newer generation is warmed as ever."""
    beside = folder.index / alike_name(current_generation(folder.index) or "")
    aside = beside.rename(folder.index.parent / "aside")
    source = LiveSource(folder.index)
    former = source.now()
    assert not former.alike(id_of(former)).known
    warmed: list[IndexEngine] = []
    monkeypatch.setattr(IndexEngine, "warm", lambda engine: warmed.append(engine))
    aside.rename(beside)
    source.look()
    assert source.now() is not former
    assert source.now().alike(id_of(former)).known
    assert not former.alike(id_of(former)).known, "whoever asks it meanwhile sees one state"
    assert reports(source) == found_by(former) == 1
    assert warmed == []
    folder.add()
    source.look()
    assert warmed == [source.now()]
    assert reports(source) == 2


def test_likenesses_that_come_while_it_warms_make_no_state_of_their_own(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = LiveSource(folder.index)
    folder.add()
    beside = folder.index / alike_name(current_generation(folder.index) or "")
    aside = beside.rename(folder.index.parent / "aside")
    monkeypatch.setattr(IndexEngine, "warm", lambda engine: aside.rename(beside))
    source.look()
    taken = source.now()
    assert taken.alike(id_of(taken)).known
    source.look()
    assert source.now() is taken


def id_of(engine: IndexEngine) -> str:
    return engine.search(SearchRequest()).reports[0].id


def caches() -> int:
    """How many there are that something holds, or that are garbage which is never collected."""
    gc.collect()
    gc.unfreeze()
    there = sum(isinstance(each, Cache) for each in gc.get_objects())
    gc.freeze()
    return there
