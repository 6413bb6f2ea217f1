"""Packs made by somebody who means harm: each is refused, with nothing left behind."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2

import pytest

from search.handover import seal
from search.handover.contents import CORPUS, MANIFEST, Contents, Entry, is_safe
from search.handover.table import read_table, written
from tests.packs import INDEX_FILE, Files, crafted, refused


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "/etc/passwd",
        "corpus/../../out.txt",
        "corpus/./x",
        "corpus//x",
        "corpus/",
        "corpus/a\\b",
        "corpus/C:/x",
        "corpus/c:x",
        "corpus/nul.txt",
        "corpus/x.",
        "corpus/x\x00y",
        "corpus/x\ny",
        "corpus/é".replace("é", "e\u0301"),
        "corpus/" + "x" * 1_001,
        "index/corpus.json",
        "index/../corpus/x",
        "index/segment-0.arrays",
        "pack.json",
        "elsewhere/x",
        "index.saved/x",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, out: Path, packs: Path) -> None:
    assert not is_safe(name)
    before = sorted(out.parent.rglob("*"))
    refused(crafted(out / "x.gongkai", [INDEX_FILE, (name, b"x")]), packs)
    assert set(out.parent.rglob("*")) - set(before) <= {out / "x.gongkai", packs}


@pytest.mark.parametrize(
    ("files", "more", "told"),
    [
        ([], [], {}),
        ([INDEX_FILE], [("corpus/x", b"")], {}),
        ([INDEX_FILE, ("corpus/x", b"1"), ("corpus/X", b"2")], [], {}),
        ([INDEX_FILE, ("corpus/x", b"1"), ("corpus/x/y", b"2")], [], {}),
        ([INDEX_FILE], [], {"files": None}),
        ([INDEX_FILE], [], {"files": [[]]}),
        ([INDEX_FILE], [], {"files": [{"name": "index/gongkai.json"}]}),
        ([INDEX_FILE], [], {"reports": -1}),
        ([INDEX_FILE], [], {"reports": "1"}),
        ([INDEX_FILE], [], {"generation": 1}),
    ],
)
def test_a_table_that_is_none_is_refused(
    files: Files, more: Files, told: dict[str, Any], out: Path, packs: Path
) -> None:
    refused(crafted(out / "x.gongkai", files, more=more, **told), packs)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ('"files": [', '"files": [['),
        ('"files": [', '"files": {['),
        ('"files": [', '"more": 1, "files": '),
        ('"files": [', '"files": [1, '),
        ("]\n}", "]\n}1"),
        ("]\n}", "]"),
        ("]\n}", ""),
        ("]\n}", '], "more": 1}'),
        ("]\n}", ",[" * 10_000),
        ('"mtime_ns": 0', '"mtime_ns": ' + "[" * 10_000),
        ('"mtime_ns": 0', '"mtime_ns": "' + "x" * 20_000 + '"'),
        ("甲", "\udcff"),
        ("{", ""),
        ("}", ","),
    ],
)
def test_text_that_is_no_table(part: str, other: str) -> None:
    files = (Entry(MANIFEST, 1, "0" * 64), Entry(f"{CORPUS}甲", 2, "1" * 64))
    table = b"".join(written(Contents("1-0", 1, 0, 0, files))).decode()
    assert read_table(io.BytesIO(table.encode())).files == files
    assert part in table
    harmed = table.replace(part, other, 1).encode("utf-8", "surrogateescape")
    with pytest.raises(ValueError):  # noqa: PT011 (whichever)
        read_table(io.BytesIO(harmed))


def _stated(bytes: int, data: bytes) -> dict[str, Any]:
    entry = {"name": "index/gongkai.json", "bytes": bytes, "mtime_ns": 0}
    return {"files": [entry | {"sha256": hashlib.sha256(data).hexdigest()}]}


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ((b"{}", 1), (3, b"{}", 1)),
        ((b"{}", 1), (2, b"[]", 1)),
        ((b"\0", 100_000_000), (100_000_000, b"\0", 100_000_000)),
        ((b"\0", 100_000_000), (10, b"\0", 10)),
    ],
)
def test_a_file_that_is_not_as_stated_is_refused(
    held: tuple[bytes, int], told: tuple[int, bytes, int], out: Path, packs: Path
) -> None:
    """Bytes, and how often they are repeated; what is told of them begins with their number."""
    data, (count, byte, times) = held[0] * held[1], told
    path = crafted(
        out / "x.gongkai", [("index/gongkai.json", data)], **_stated(count, byte * times)
    )
    refused(path, packs)


def test_a_size_that_lies_in_the_archive_too_is_refused(out: Path, packs: Path) -> None:
    """The archive itself says less than it holds."""
    path = crafted(out / "x.gongkai", [("index/gongkai.json", b"\0" * 5_000)], **_stated(10, b""))
    data = path.read_bytes().replace((5_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with path.open("w+b") as file:
        file.write(data)
        seal.seal(file)
    assert "已损坏" in refused(path, packs)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive" + seal.UNSEALED),
        lambda path: crafted(path, [INDEX_FILE], how=ZIP_BZIP2),
        lambda path: path.mkdir(),
        lambda path: None,
    ],
)
def test_what_is_no_pack_is_refused(make: Callable[[Path], object], out: Path, packs: Path) -> None:
    make(out / "x.gongkai")
    refused(out / "x.gongkai", packs)
