"""What a server has done in a process of its own: it outlasts whatever its tasks do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.pipeline.guarded import Guarded
from indexer.pipeline.pool import Limits
from indexer.pipeline.taken import Wanted, take, taker
from tests.archives import zip_of
from tests.pdf_writer import Put, pdf


def work(task: str) -> Iterator[bytes | Message]:
    if task == "hang":
        time.sleep(60)
    if task == "crash":
        os._exit(3)
    if task == "fail":
        raise ValueError(task)
    yield Message("empty_file") if task == "refuse" else f"{task} {os.getpid()}".encode()


def test_one_process_does_task_after_task() -> None:
    guarded = Guarded(work, Limits(seconds=30))
    answers = [guarded(task).split() for task in ("a", "b", "c")]
    assert [task for task, _ in answers] == [b"a", b"b", b"c"]
    assert len({pid for _, pid in answers}) == 1
    assert int(answers[0][1]) != os.getpid()


@pytest.mark.parametrize(
    ("task", "key"),
    [
        ("refuse", "empty_file"),
        ("crash", "reader_crashed"),
        ("fail", "reader_crashed"),
        ("hang", "reader_slow"),
    ],
)
def test_what_goes_wrong_is_told_once(task: str, key: str) -> None:
    guarded = Guarded(work, Limits(seconds=0.5 if task == "hang" else 30))
    for _ in range(2):
        with pytest.raises(UnreadableError) as raised:
            guarded(task)
        assert raised.value.message.key == key
        assert guarded("after").startswith(b"after ")


def test_who_comes_while_many_wait_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.pipeline.guarded.MOST_AT_ONCE", 2)
    guarded = Guarded(work, Limits(seconds=0.5))
    with ThreadPoolExecutor(4) as readers:
        told = [readers.submit(guarded, "hang") for _ in range(4)]
    errors = [one.exception() for one in told]
    assert sorted(type(error).__name__ for error in errors) == [
        *("BusyError", "BusyError", "UnreadableError", "UnreadableError"),
    ]
    assert guarded("after").startswith(b"after ")


def test_what_is_taken_out_of_files(tmp_path: Path) -> None:
    page = pdf([Put(90, 100, "公开")])
    inner = zip_of({"某县.pdf": page})
    (tmp_path / "a.zip").write_bytes(zip_of({"2016/甲.zip": inner, "b.txt": "公开。"}))
    (tmp_path / "a.pdf").write_bytes(page)
    took = taker()
    assert took(Wanted(tmp_path / "a.zip", "b.txt")) == "公开。".encode()
    assert took(Wanted(tmp_path / "a.zip", "2016/甲.zip/某县.pdf")) == page
    for wanted in (
        Wanted(tmp_path / "a.zip", "2016/甲.zip/某县.pdf", 1),
        Wanted(tmp_path / "a.pdf", "", 1),
    ):
        assert took(wanted).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (Wanted(Path("a.zip"), "c.txt"), "original_missing"),
        (Wanted(Path("a.zip"), "../b.txt"), "original_missing"),
        (Wanted(Path("b.txt"), "b.txt"), "original_missing"),
        (Wanted(Path("gone.zip"), "b.txt"), "cannot_open"),
        (Wanted(Path("b.txt"), "", 1), "pdf_damaged"),
    ],
)
def test_what_cannot_be_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: Wanted, key: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.zip").write_bytes(zip_of({"b.txt": "公开。"}))
    Path("b.txt").write_text("公开。", "utf-8")
    (found,) = take(wanted)
    assert isinstance(found, Message)
    assert found.key == key
