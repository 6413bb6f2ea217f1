"""What goes wrong while a pack is written or opened, and what may be in none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from indexer.errors import (
    CorpusError,
    DamagedIndexError,
)
from indexer.pipeline.build import build
from indexer.store.manifest import read_manifest
from indexer.store.verify import verify
from search.handover import pack as pack_room
from search.handover import sources
from search.handover.errors import PackError
from search.handover.kept import open_pack
from search.handover.pack import Packed, pack
from tests.packs import refused
from tests.three_reports import edit, found, names, run, write


def test_a_full_disk_leaves_nothing(
    packed: Packed,
    corpus: Path,
    folder: Path,
    out: Path,
    packs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PackError, match="No space left"):
        pack(folder, corpus, out / "again.gongkai")
    assert names(out) == {packed.path.name}
    monkeypatch.undo()
    monkeypatch.setattr("os.utime", full)
    assert "No space left" in refused(packed.path, packs)
    monkeypatch.undo()
    usage = shutil.disk_usage(out)._replace(free=10)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert "10" in refused(packed.path, packs)


def test_an_interruption_leaves_nothing(
    packed: Packed, corpus: Path, folder: Path, out: Path, packs: Path
) -> None:
    def interrupt(total: int, done: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack(folder, corpus, out / "again.gongkai", interrupt)
    assert names(out) == {packed.path.name}
    with pytest.raises(KeyboardInterrupt):
        open_pack(packed.path, packs, interrupt)
    assert not packs.exists() or not names(packs)


def test_what_a_killed_process_left_goes(packed: Packed, packs: Path) -> None:
    """But not what another one may be at."""
    for name, age in ((".new-old", 100_000), (".new-now", 0)):
        write(packs / name / "corpus" / "x.txt", "x")
        now = (packs / name).stat().st_mtime
        os.utime(packs / name, (now - age, now - age))
    opened = open_pack(packed.path, packs)
    assert names(packs) == {opened.folder.name, ".new-now"}


def test_progress_ends_where_it_was_said_to(
    packed: Packed, corpus: Path, folder: Path, out: Path, packs: Path
) -> None:
    calls: list[tuple[int, int]] = []

    def progress(total: int, done: int) -> None:
        calls.append((total, done))

    pack(folder, corpus, out / "again.gongkai", progress)
    assert sum(done for _, done in calls) == calls[-1][0]
    calls.clear()
    open_pack(packed.path, packs, progress)
    assert calls[-1][0] - sum(done for _, done in calls) == 64  # the digits of the seal


def test_a_commit_in_between_changes_nothing(
    corpus: Path, folder: Path, out: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is committed anew while the pack begins to be written: files of its generation go."""
    run(corpus, folder)
    generation = read_manifest(folder).name
    ours = sources.open_generation

    def then_commit(*arguments: Any) -> Any:
        opened = ours(*arguments)
        edit(corpus / "东胜区" / "2018.txt")
        build(corpus, folder, jobs=1, rebuild=True)
        return opened

    monkeypatch.setattr(pack_room, "open_generation", then_commit)
    packed = pack(folder, corpus, out / "x.gongkai")
    assert read_manifest(folder).name != generation == packed.contents.generation
    assert packed.contents.changed == 1
    opened = open_pack(packed.path, packs)
    assert verify(opened.index).reports == 3
    assert found(opened.index, "党务公开") == []


def test_a_damaged_index_is_not_handed_on(
    packed: Packed, corpus: Path, folder: Path, out: Path
) -> None:
    (segment,) = folder.glob("segment-*")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    with pytest.raises(DamagedIndexError):
        pack(folder, corpus, out / "again.gongkai")
    assert names(out) == {packed.path.name}


def test_what_cannot_be_in_a_pack_is_told(
    corpus: Path, folder: Path, out: Path, tmp_path: Path
) -> None:
    write(tmp_path / "secret.txt", "别处2018年报告\n秘密。\n")
    (corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    write(corpus / "是不是?.txt", "是不是县2018年政府信息公开年度报告\n公开。\n")
    run(corpus, folder)
    packed = pack(folder, corpus, out / "x.gongkai")
    assert {(each.source, each.reason.key) for each in packed.left_out} == {
        ("link.txt", "pack_leads_out"),
        ("是不是?.txt", "pack_name"),
    }
    assert "秘密".encode() not in b"".join(
        ZipFile(packed.path).read(name)
        for name in ZipFile(packed.path).namelist()
        if name.startswith("corpus")
    )


def test_where_a_pack_may_not_be_written(
    packed: Packed, corpus: Path, folder: Path, out: Path
) -> None:
    write(out / "mine.txt", "mine")
    for output, said in (
        (corpus / "x.gongkai", "资料文件夹"),
        (out / "mine.txt", "不是打包的文件"),
        (out / "none" / "x.gongkai", "写不进去"),
    ):
        with pytest.raises(PackError, match=said):
            pack(folder, corpus, output)
    assert (out / "mine.txt").read_text() == "mine"
    assert pack(folder, corpus, packed.path).digest == packed.digest
    with pytest.raises(CorpusError):
        pack(folder, corpus / "none", out / "y.gongkai")
