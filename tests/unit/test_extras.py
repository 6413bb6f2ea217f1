"""What a package was missing for is read again when it is there, and not before."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from zipfile import ZipFile

import pytest

from indexer.messages import Message
from indexer.model import Dropped
from indexer.pipeline import fill as fill_module
from indexer.reading import extras
from indexer.reading.document import Document, RawLine
from tests.three_reports import run, write

READ = sys.modules["indexer.reading.read"]
SCAN = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write(tmp_path / "corpus" / "甲.txt", "甲县2018年政府信息公开年度报告\n公开。\n")
    (tmp_path / "corpus" / "乙.png").write_bytes(SCAN)
    with ZipFile(tmp_path / "corpus" / "丙.zip", "w") as archive:
        archive.writestr("丁.png", SCAN + bytes(1))
    return tmp_path / "corpus"


@pytest.fixture(autouse=True)
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, without what reads pictures."""
    monkeypatch.setattr(fill_module, "is_light", lambda _: True)
    monkeypatch.setitem(sys.modules, "PIL", None)


def install(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    def find(name: str) -> ModuleSpec | None:
        return ModuleSpec(name, None) if name in packages else None

    monkeypatch.setattr(extras, "find_spec", find)


def test_it_is_read_when_it_can_be(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    assert run(corpus, folder)["reports"] == 1
    assert "read" not in run(corpus, folder)
    install(monkeypatch, "libarchive", "PIL")
    assert "read" not in run(corpus, folder)
    install(monkeypatch, "rapidocr", "onnxruntime", "PIL")
    monkeypatch.setattr(READ, "_READERS", {"image": _recognised})
    assert run(corpus, folder) == {"reports": 3, "added": 2, "unchanged": 1, "read": 2}
    assert "read" not in run(corpus, folder)


def test_pages_that_were_left_out_are_read(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = Message("pdf_pages_scanned", pages=("2",))
    install(monkeypatch)
    readers = {"image": lambda data: _recognised(data, warning), "text": _recognised}
    monkeypatch.setattr(READ, "_READERS", readers)
    assert run(corpus, folder)["reports"] == 3
    assert "read" not in run(corpus, folder)
    install(monkeypatch, "rapidocr", "onnxruntime", "PIL")
    assert run(corpus, folder)["read"] == 2


def _recognised(data: bytes, *warnings: Message) -> Document:
    lines = (RawLine("乙县2019年政府信息公开年度报告"), RawLine(f"公开{len(data)}条。"))
    dropped = (Dropped("1", Message("dropped_page_number")),)
    return Document(lines, {}, dropped, "", "image", warnings)
