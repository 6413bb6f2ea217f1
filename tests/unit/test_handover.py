"""Packs: what is handed over is whole, and what is not is refused, with nothing left behind."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gongkai import main, open_index
from indexer.echoes.find import find_echoes
from indexer.errors import (
    CorpusError,
    DamagedIndexError,
    GongkaiError,
    IndexUnusableError,
    OtherVersionError,
)
from indexer.pipeline.build import build
from indexer.pipeline.original import find_original
from indexer.store import directory
from indexer.store.alike_file import alike_name
from indexer.store.corpus_note import noted_corpus
from indexer.store.echo_file import echo_name
from indexer.store.manifest import read_manifest
from indexer.store.verify import verify
from search.handover import kept, seal, sources
from search.handover import pack as pack_room
from search.handover.contents import CORPUS, MANIFEST, NAME, Contents, Entry, is_safe
from search.handover.errors import PackError
from search.handover.kept import open_pack, packs_folder
from search.handover.pack import Packed, pack
from search.handover.table import largest, read_table, written
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved import copied
from search.saved.database import Database, saved_path
from search.saved.finding import Finding, Passage
from search.saved.findings import Findings
from tests.depth import DEEP
from tests.three_reports import edit, found, names, run, write

FINDING = "CREATE TABLE finding (number INTEGER PRIMARY KEY, quote TEXT);"
SECRET = "CREATE TABLE alert (number INTEGER PRIMARY KEY, secret TEXT);"


@pytest.fixture
def packed(corpus: Path, folder: Path, tmp_path: Path) -> Packed:
    write(corpus / "metadata.csv", "source,year\n昆山市/2018.txt,2017\n")
    run(corpus, folder)
    return pack(folder, corpus, tmp_path / "out" / "三区.gongkai")


@pytest.fixture(autouse=True)
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return tmp_path / "packs"


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What readers keep, with findings and a secret."""
    for room in ("search.saved.database", "search.saved.copied"):
        monkeypatch.setattr(f"{room}.STEPS", (FINDING, SECRET))


def refused(path: Path, packs: Path) -> str:
    """What is said of a pack that is not opened; nothing of it may be left."""
    with pytest.raises(GongkaiError) as caught:
        open_pack(path, packs)
    assert not packs.exists() or not any(packs.iterdir())
    assert caught.value.hint is not None
    return str(caught.value)


def test_what_was_packed_is_opened_whole(
    packed: Packed, corpus: Path, folder: Path, packs: Path
) -> None:
    opened = open_pack(packed.path, packs)
    assert opened.anew
    assert opened.contents == packed.contents
    assert (packed.contents.reports, packed.contents.of_corpus) == (3, 4)
    assert (packed.contents.changed, packed.left_out) == (0, ())
    for path in (path for path in corpus.rglob("*") if path.is_file()):
        twin = opened.corpus / path.relative_to(corpus)
        assert twin.read_bytes() == path.read_bytes()
        assert twin.stat().st_mtime_ns == path.stat().st_mtime_ns
    assert verify(opened.index) == verify(folder)
    assert noted_corpus(opened.index) == opened.corpus.resolve()
    one, other = IndexEngine(folder), IndexEngine(opened.index)
    asked = SearchRequest(q="“三务”公开")
    assert tuple(one.every_line(asked)) == tuple(other.every_line(asked))
    for hit in other.every_report(asked):
        assert find_original(opened.corpus, other.file(hit.id)).state == "unchanged"
    assert run(opened.corpus, opened.index) == {"reports": 3, "unchanged": 3}


def test_what_is_derived_of_the_index_goes_along(
    packed: Packed, corpus: Path, folder: Path, out: Path, packs: Path
) -> None:
    find_echoes(folder)
    opened = open_pack(pack(folder, corpus, out / "again.gongkai").path, packs)
    generation = read_manifest(folder).name
    for name in (alike_name(generation), echo_name(generation)):
        assert (opened.index / name).read_bytes() == (folder / name).read_bytes()
    assert IndexEngine(opened.index).generation == IndexEngine(folder).generation


def test_the_same_gives_the_same_bytes(
    packed: Packed, corpus: Path, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    again = pack(folder, corpus, out / "again.gongkai")
    assert again.path.read_bytes() == packed.path.read_bytes()
    assert again.digest == packed.digest
    with ZipFile(packed.path) as archive:
        table = json.loads(archive.read(NAME))
        for entry in table["files"]:
            data = archive.read(entry["name"])
            assert len(data) == entry["bytes"]
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(archive.infolist()) == len(table["files"]) + 1


def test_what_is_opened_again_is_not_unpacked_again(packed: Packed, packs: Path) -> None:
    first = open_pack(packed.path, packs)
    (first.index / "mine").write_text("x")
    renamed = packed.path.rename(packed.path.with_name("other name"))
    again = open_pack(renamed, packs)
    assert (again.folder, again.anew) == (first.folder, False)
    assert (first.index / "mine").exists()


@pytest.mark.parametrize("harm", ["missing", "shorter", "no note"])
def test_what_is_no_longer_all_there_is_unpacked_again(
    packed: Packed, packs: Path, harm: str
) -> None:
    first = open_pack(packed.path, packs)
    saved_path(first.index).write_bytes(b"mine")
    file = next(first.corpus.rglob("2018.txt"))
    if harm == "missing":
        file.unlink()
    elif harm == "shorter":
        file.write_bytes(b"")
    else:
        (first.folder / kept.NOTE).unlink()
    again = open_pack(packed.path, packs)
    assert again.anew
    assert "三务" in file.read_text("utf-8")
    assert saved_path(again.index).read_bytes() == b"mine"
    assert names(packs) == {first.folder.name}


def test_an_index_that_goes_on_after_it_was_unpacked_stays(packed: Packed, packs: Path) -> None:
    first = open_pack(packed.path, packs)
    edit(first.corpus / "东胜区" / "2018.txt")
    run(first.corpus, first.index)
    again = open_pack(packed.path, packs)
    assert not again.anew
    assert len(found(again.index, "党务公开")) == 1


def test_every_byte_counts(packed: Packed, packs: Path) -> None:
    """Any byte that is flipped, any end that is cut off: it is refused."""
    whole = packed.path.read_bytes()
    drawn = random.Random(17)
    flips = [0, len(whole) - 1, *(drawn.randrange(len(whole)) for _ in range(60))]
    for at in flips:
        harmed = bytearray(whole)
        harmed[at] ^= 1 << drawn.randrange(8)
        packed.path.write_bytes(harmed)
        assert "重新要一份" in refused(packed.path, packs)
    for length in (0, 1, 50, len(whole) // 2, len(whole) - 1):
        packed.path.write_bytes(whole[:length])
        assert "重新要一份" in refused(packed.path, packs)
    packed.path.write_bytes(whole + b"\0")
    refused(packed.path, packs)
    packed.path.write_bytes(whole)
    assert open_pack(packed.path, packs).anew


def test_a_pack_that_was_damaged_since_it_was_opened_is_refused(
    packed: Packed, packs: Path
) -> None:
    open_pack(packed.path, packs)
    harmed = bytearray(packed.path.read_bytes())
    harmed[len(harmed) // 2] ^= 1
    packed.path.write_bytes(harmed)
    with pytest.raises(PackError, match="已损坏"):
        open_pack(packed.path, packs)


Files = list[tuple[str, bytes]]


def crafted(
    path: Path, held: Files, *, more: Files | None = None, how: int = ZIP_DEFLATED, **told: Any
) -> Path:
    """A pack as somebody would make it who means harm: sealed rightly, whatever is in it."""
    entries = [
        {
            "name": name,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "mtime_ns": 0,
        }
        for name, data in held
    ]
    table = {"generation": "1-0", "reports": 0, "changed": 0, "findings": 0, "files": entries}
    with path.open("w+b") as file:
        with ZipFile(file, "w", how) as archive:
            archive.comment = seal.UNSEALED
            for name, data in [*held, *(more or [])]:
                info = ZipInfo("x")
                info.filename, info.compress_type = name, how
                archive.writestr(info, data)
            archive.writestr(NAME, json.dumps(table | told))
        seal.seal(file)
    return path


INDEX_FILE = ("index/gongkai.json", b"{}")


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
    ("data", "told"),
    [
        (b"{}", _stated(3, b"{}")),
        (b"{}", _stated(2, b"[]")),
        (b"\0" * 100_000_000, _stated(100_000_000, b"\0" * 100_000_000)),
        (b"\0" * 100_000_000, _stated(10, b"\0" * 10)),
    ],
)
def test_a_file_that_is_not_as_stated_is_refused(
    data: bytes, told: dict[str, Any], out: Path, packs: Path
) -> None:
    refused(crafted(out / "x.gongkai", [("index/gongkai.json", data)], **told), packs)


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


def test_a_pack_of_a_later_version_says_so(packed: Packed, packs: Path) -> None:
    data = packed.path.read_bytes().replace(b"gongkai-pack 0001", b"gongkai-pack 0002")
    with packed.path.open("w+b") as file:
        file.write(data)
        seal.seal(file)
    assert "更新 Gongkai" in refused(packed.path, packs)


def test_an_index_of_another_version_can_be_made_anew(
    packed: Packed, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "PARSER_VERSION", 999)
    with pytest.raises(OtherVersionError, match="gongkai index") as caught:
        open_pack(packed.path, packs)
    (folder,) = packs.iterdir()
    assert dict(caught.value.hint.values) == {  # type: ignore[union-attr]
        "corpus": str(folder / "corpus"),
        "index": str(folder / "index"),
    }
    run(folder / "corpus", folder / "index")
    assert not open_pack(packed.path, packs).anew


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


@pytest.mark.usefixtures("tables")
def test_findings_go_along_and_secrets_stay(
    packed: Packed, corpus: Path, folder: Path, out: Path, packs: Path
) -> None:
    mine = Database(saved_path(folder))
    with mine.writing() as open_:
        open_.execute("INSERT INTO finding (quote) VALUES ('三务公开'), ('党务公开')")
        open_.execute("INSERT INTO alert (secret) VALUES ('hush-hush')")
    again = pack(folder, corpus, out / "again.gongkai")
    assert again.contents.findings == 2
    assert pack(folder, corpus, out / "third.gongkai").digest == again.digest
    with ZipFile(again.path) as archive:
        assert b"hush" not in archive.read("index.saved")
    opened = open_pack(again.path, packs)
    theirs = Database(saved_path(opened.index))
    with theirs.writing() as open_:
        assert [row[0] for row in open_.execute("SELECT quote FROM finding")] == [
            "三务公开",
            "党务公开",
        ]
        assert open_.execute("SELECT count(*) FROM alert").fetchone()[0] == 0
        open_.execute("INSERT INTO finding (quote) VALUES ('村务公开')")
    assert open_pack(again.path, packs).anew is False
    with theirs.reading() as open_:
        assert open_.execute("SELECT count(*) FROM finding").fetchone()[0] == 3
    with mine.reading() as open_:
        assert open_.execute("SELECT count(*) FROM alert").fetchone()[0] == 1


def test_what_is_handed_over_is_what_readers_find(tmp_path: Path) -> None:
    """The tables by their names in the schema: findings go along, whatever else is kept does not."""
    with Database(tmp_path / "x.saved").writing() as open_:
        found = {
            row[0] for row in open_.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert set(copied.HANDED_OVER) <= found
    assert not set(copied.HANDED_OVER) & {"search", "known", "news", "target", "outbox"}
    assert copied.copy_findings(tmp_path / "x.saved", tmp_path / "copy") == 0
    assert not (tmp_path / "copy").exists()


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE finding (number INTEGER PRIMARY KEY, quote TEXT); PRAGMA user_version = 1;"
        "CREATE TRIGGER t AFTER INSERT ON finding BEGIN DELETE FROM finding; END;",
        "CREATE VIEW finding AS SELECT 1; PRAGMA user_version = 1;",
        "PRAGMA user_version = 1;",
        "CREATE TABLE finding (x); PRAGMA user_version = 99;",
    ],
)
def test_findings_of_another_make_are_refused(
    script: str, out: Path, packs: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "x.saved") as made:
        made.executescript(script)
    made.close()
    data = (tmp_path / "x.saved").read_bytes()
    refused(crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", data)]), packs)
    refused(crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", b"no database")]), packs)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE finding SET label = x'00ff'",
        "UPDATE finding SET first = 'here'",
        "UPDATE finding SET first = 1.5",
        "UPDATE finding SET year = x'32303138'",
        "UPDATE finding SET note = CAST(x'ff' AS TEXT)",
        "INSERT INTO search VALUES (1, '', '', 0, 0, 0, '', 0, NULL)",
        "UPDATE finding SET year = 2018, note = '注'",
    ],
)
def test_findings_alone_are_taken_over_with_values_of_their_kind(
    change: str, out: Path, packs: Path, tmp_path: Path
) -> None:
    """A column of SQLite holds anything, and the page of findings shows all of them; a saved search would send
    what it finds to whoever made the pack."""
    path = tmp_path / "x.saved"
    Findings(Database(path)).add(Finding(Passage("0" * 12, 0, 2, "0" * 8, "三务")))
    with contextlib.closing(sqlite3.connect(path)) as open_, open_:
        open_.execute(change)
    made = crafted(out / "x.gongkai", [INDEX_FILE, ("index.saved", path.read_bytes())])
    if "注" not in change:
        assert "index.saved" in refused(made, packs)
    else:
        with pytest.raises(IndexUnusableError):  # of an index that is none: the findings were fine
            open_pack(made, packs)


def test_command(
    packed: Packed, corpus: Path, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    monkeypatch.setenv("XDG_DATA_HOME", str(out / "data"))
    told = CliRunner().invoke(main, ["pack", "--index", str(folder)])
    assert told.exit_code == 0, told.output
    assert "3 份报告，4 个原件" in told.stdout
    assert "gongkai serve index.gongkai" in told.stdout
    as_json = CliRunner().invoke(main, ["pack", "--index", str(folder), "--json"])
    assert json.loads(as_json.stdout)["digest"] == packed.digest
    served: list[Path] = []
    monkeypatch.setattr("web.commands.serve._serve", lambda folder, *_, **__: served.append(folder))
    for said in ("已解开并核对", "先前已解开"):
        told = CliRunner().invoke(main, ["serve", "index.gongkai"])
        assert said in told.stdout
    assert served == [packs_folder() / packed.digest[:16] / "index"] * 2
    with open_index("index.gongkai") as index:
        assert index.search("“三务”公开").total.reports == 3
    edit(corpus / "东胜区" / "2018.txt")
    told = CliRunner().invoke(main, ["pack", "--index", str(folder), "--corpus", str(corpus)])
    assert "有 1 个文件改过" in told.stderr
    told = CliRunner().invoke(main, ["serve", "index.gongkai", "--index", str(folder)])
    assert (told.exit_code, len(served)) == (2, 2)
    assert "--index" in told.stderr
    Path("index.gongkai").write_bytes(b"x")
    told = CliRunner().invoke(main, ["serve", "index.gongkai"])
    assert (told.exit_code, "Traceback" in told.output) == (1, False)
    assert "没有传完" in told.stderr
    (folder / "corpus.json").unlink()
    told = CliRunner().invoke(main, ["pack", "--index", str(folder), "--output", "y.gongkai"])
    assert "--corpus" in told.stderr


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/d"}, "/d/gongkai/packs"),
        ("linux", {"XDG_DATA_HOME": "relative"}, "~/.local/share/gongkai/packs"),
        ("darwin", {}, "~/Library/Application Support/gongkai/packs"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/gongkai/packs"),
        ("win32", {}, "~/AppData/Local/gongkai/packs"),
    ],
)
def test_where_packs_are_unpacked_to(
    platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.handover.kept.sys.platform", platform)
    assert packs_folder(environment) == Path(expected).expanduser()


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", none)
    with pytest.raises(PackError, match="XDG_DATA_HOME"):
        packs_folder({})
