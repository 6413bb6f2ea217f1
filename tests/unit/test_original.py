"""The original of a report: found in its corpus whatever its name, never outside of it."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from indexer.model import SourceFile
from indexer.pipeline.build import build
from indexer.pipeline.original import find_original
from indexer.store.corpus_note import note_corpus, noted_corpus
from indexer.store.directory import CORPUS_NOTE, NEW
from indexer.store.verify import verify
from tests.three_reports import touch, write

TEXT = "甲县2018年政府信息公开年度报告\n公开。\n"


def recorded(root: Path, source: str) -> SourceFile:
    path = root / source
    now = path.stat()
    return SourceFile(
        source, now.st_size, now.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "corpus/甲/2018.txt", TEXT)
    return tmp_path / "corpus"


def test_a_file_as_it_was(root: Path) -> None:
    file = recorded(root, "甲/2018.txt")
    found = find_original(root, file)
    assert (found.state, found.path, found.within) == ("unchanged", root / "甲/2018.txt", "")
    touch(root / "甲/2018.txt")  # copied, its bytes are the same
    assert find_original(root, file).state == "unchanged"


@pytest.mark.parametrize("text", [TEXT + "又一行。", TEXT.replace("公开", "公布")])
def test_a_file_that_changed(root: Path, text: str) -> None:
    file = recorded(root, "甲/2018.txt")
    write(root / "甲/2018.txt", text)
    touch(root / "甲/2018.txt")
    assert find_original(root, file).state == "changed"


@pytest.mark.parametrize(
    "source",
    [
        "甲/2019.txt",
        "甲",
        "../secret.txt",
        "甲/../../secret.txt",
        "/etc/passwd",
        "甲//2018.txt",
        "./甲/2018.txt",
        ".hidden/2018.txt",
        "甲/2018.txt\0",
        "甲/" + "长" * 300,
        "fifo",
        "circle/2018.txt",
        "",
    ],
)
def test_what_is_no_file_of_the_corpus(root: Path, source: str) -> None:
    write(root.parent / "secret.txt", "秘密")
    write(root / ".hidden/2018.txt", TEXT)
    os.mkfifo(root / "fifo")
    (root / "circle").symlink_to("circle")
    found = find_original(root, SourceFile(source, 6, 0, ""))
    assert (found.state, found.path) == ("missing", None)


def test_links_stay_inside(root: Path) -> None:
    write(root.parent / "secret/a.txt", "秘密")
    (root / "out.txt").symlink_to(root.parent / "secret/a.txt")
    (root / "folder").symlink_to(root.parent / "secret")
    (root / "in.txt").symlink_to(root / "甲/2018.txt")
    for source in ("out.txt", "folder/a.txt"):
        found = find_original(root, recorded(root, source))
        assert (found.state, found.path) == ("outside", None)
    assert find_original(root, recorded(root, "in.txt")).path == root / "甲/2018.txt"


def test_names_in_another_form(root: Path) -> None:
    name = "Café 報告.txt"
    write(root / unicodedata.normalize("NFD", name), TEXT)
    file = recorded(root, unicodedata.normalize("NFD", name))
    normal = SourceFile(name, file.size, file.mtime_ns, file.sha256)
    assert find_original(root, normal).state == "unchanged"


def test_a_report_in_a_container(root: Path) -> None:
    write(root / "附件.zip", "PK")
    now = (root / "附件.zip").stat()
    file = SourceFile("附件.zip/2016/某县.docx", 1, now.st_mtime_ns, "")
    found = find_original(root, file)
    assert (found.state, found.path) == ("unchanged", root / "附件.zip")
    assert found.within == "2016/某县.docx"
    touch(root / "附件.zip")
    assert find_original(root, file).state == "changed"


def test_an_index_notes_its_corpus(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    assert noted_corpus(folder) is None
    build(root, folder, jobs=1)
    assert noted_corpus(folder) == root
    other = tmp_path / "other"
    write(other / "乙.txt", TEXT)
    (folder / (CORPUS_NOTE + NEW)).write_bytes(b"{")  # of a run that was killed
    build(other, folder, jobs=1)
    assert noted_corpus(folder) == other
    assert not (folder / (CORPUS_NOTE + NEW)).exists()
    verify(folder)
    build(other, folder, jobs=1, rebuild=True)
    assert noted_corpus(folder) == other


@pytest.mark.parametrize(
    "data", ["", "[]", "{}", '{"corpus": 1}', '{"corpus": "a\\u0000"}', "[" * 9]
)
def test_a_note_that_says_nothing(tmp_path: Path, data: str) -> None:
    write(tmp_path / CORPUS_NOTE, data)
    assert noted_corpus(tmp_path) is None


def test_a_corpus_whose_name_is_no_text(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"a\xff")
    note_corpus(tmp_path, odd)
    assert noted_corpus(tmp_path) == odd
