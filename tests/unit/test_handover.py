"""Packs: what is handed over is whole, and what is not is refused, with nothing left behind."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from zipfile import ZipFile

import pytest

from indexer.echoes.find import find_echoes
from indexer.errors import (
    OtherVersionError,
)
from indexer.pipeline.original import find_original
from indexer.store import directory
from indexer.store.alike_file import alike_name
from indexer.store.corpus_note import noted_corpus
from indexer.store.echo_file import echo_name
from indexer.store.manifest import read_manifest
from indexer.store.verify import verify
from search.handover import kept, seal
from search.handover.contents import NAME
from search.handover.errors import PackError
from search.handover.kept import open_pack
from search.handover.pack import Packed, pack
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved.database import saved_path
from tests.packs import refused
from tests.three_reports import edit, found, names, run


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
