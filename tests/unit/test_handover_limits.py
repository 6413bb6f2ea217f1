"""How large a pack and its table may be."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.handover.contents import CORPUS, MANIFEST, Contents, Entry, is_safe
from search.handover.errors import PackError
from search.handover.kept import open_pack
from search.handover.pack import Packed, pack
from search.handover.table import largest, read_table, written
from tests.depth import DEEP
from tests.packs import INDEX_FILE, crafted, refused
from tests.three_reports import run, write


def test_a_table_is_as_large_as_its_files_need(
    packed: Packed,
    corpus: Path,
    folder: Path,
    out: Path,
    packs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four MB of empty lists would take ninety of memory, and need not be read to be refused."""

    def read(file: IO[bytes]) -> Contents:
        raise AssertionError(file)

    monkeypatch.setattr("search.handover.unpack.read_table", read)
    harms: tuple[dict[str, Any], ...] = (
        {"files": [[]] * 1_400_000},
        {"files": [[]] * 1_000},
        {"another": "x" * 10_000},
    )
    for harm in harms:
        assert "too large" in refused(crafted(out / "x.gongkai", [INDEX_FILE], **harm), packs)


def test_a_pack_has_so_many_files_at_most(
    packed: Packed,
    corpus: Path,
    folder: Path,
    out: Path,
    packs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = len(packed.contents.files)
    for most in (count, count - 1):
        monkeypatch.setattr("search.handover.unpack.MOST_FILES", most)
        monkeypatch.setattr(
            "search.handover.pack.MOST_FILES", most + 1
        )  # it may have findings, too
        if most < count:
            assert "too large" in refused(packed.path, packs)
            with pytest.raises(PackError, match="文件太多"):
                pack(folder, corpus, out / "y.gongkai")
        else:
            assert pack(folder, corpus, packed.path).digest == packed.digest
            assert open_pack(packed.path, packs).contents == packed.contents
            shutil.rmtree(packs)
    assert not (out / "y.gongkai").exists()


def test_more_files_than_an_older_zip_has(
    corpus: Path, folder: Path, out: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 65,535 files on, and 4 GiB, ZIP has longer fields (ZIP64), here from a few on."""
    run(corpus, folder)
    monkeypatch.setattr("zipfile.ZIP_FILECOUNT_LIMIT", 3)
    made = pack(folder, corpus, out / "x.gongkai")
    assert b"PK\x06\x06" in made.path.read_bytes()
    assert len(made.contents.files) > 3
    monkeypatch.undo()
    assert open_pack(made.path, packs).contents == made.contents


@pytest.mark.skipif(not DEEP, reason="long: make test-deep")
def test_70_000_files(folder: Path, out: Path, packs: Path) -> None:
    """Which came to the corpus since it was indexed: a pack has them all the same."""
    corpus = out.parent / "many"
    write(corpus / "甲.txt", "甲县2018年政府工作报告\n推进三务公开。\n")
    run(corpus, folder)
    for number in range(70_000):
        write(corpus / f"{number % 70}" / f"{number}.txt", f"{number}")
    made = pack(folder, corpus, out / "x.gongkai")
    assert made.contents.of_corpus > 65_535
    opened = open_pack(made.path, packs)
    assert opened.contents == made.contents
    assert (opened.corpus / "69" / "69999.txt").read_text() == "69999"


@given(
    st.lists(st.text(max_size=1_000).map(lambda text: CORPUS + text).filter(is_safe), max_size=20)
)
def test_no_table_of_ours_is_too_large(sources: list[str]) -> None:
    """Whatever its names are, with the largest numbers that there are."""
    most = (1 << 62) - 1
    entries = tuple(Entry(name, most, "f" * 64, -most) for name in (MANIFEST, *sources))
    contents = Contents(f"{most}-{most}", most, most, most, entries)
    table = b"".join(written(contents))
    assert len(table) <= largest(entry.name for entry in entries)
    assert json.loads(table) == json.loads(json.dumps(asdict(contents)))
    if len({name.casefold() for name in sources}) == len(sources):
        assert read_table(io.BytesIO(table)) == contents
