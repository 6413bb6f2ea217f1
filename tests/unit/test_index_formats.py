"""Indexes of other formats: refused with the way out, replaced by `gongkai index`, ids kept.

tests/formats/2 is an index that the last code of format 2 built, in two runs, of the corpus below:
between them one file moved. tests/formats/3 is one of format 3, tests/formats/4 of this one, of the same corpus.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import struct
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.errors import DamagedIndexError, OtherVersionError
from indexer.messages import Message, word
from indexer.model import report_id
from indexer.pipeline.build import build
from indexer.store.alike_file import alike_name
from indexer.store.directory import CORPUS_NOTE, FORMAT_VERSION, MANIFEST, fingerprint
from indexer.store.lock import LOCK
from indexer.store.manifest import stored_manifest
from indexer.store.reader import IndexReader, known_files
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.three_reports import counts, expected_names, names

FORMATS = Path(__file__).parents[1] / "formats"
PRESENT = FORMATS / str(FORMAT_VERSION)
REPORTS = Path(__file__).parents[1] / "conformance" / "small" / "reports"
FORMER, MOVED = "福建/2020.txt", "福建/南平市/2020.txt"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The corpus of the committed indexes."""
    root = shutil.copytree(REPORTS, tmp_path / "reports")
    (root / MOVED).parent.mkdir()
    (root / FORMER).rename(root / MOVED)
    return root


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copytree(FORMATS / "2", tmp_path / "old")


@pytest.fixture(params=["2", "3"])
def earlier(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return shutil.copytree(FORMATS / request.param, tmp_path / "old")


@pytest.fixture
def present(corpus: Path, tmp_path: Path) -> Path:
    """The index of this format, as if built here: fold rules and segmenter differ between machines.

    GOLDEN_UPDATE=1 builds it anew.
    """
    if os.environ.get("GOLDEN_UPDATE"):
        shutil.rmtree(PRESENT, ignore_errors=True)
        (corpus / MOVED).rename(corpus / FORMER)
        build(corpus, PRESENT, jobs=1)
        (corpus / FORMER).rename(corpus / MOVED)
        build(corpus, PRESENT, jobs=1)
        for beside in (LOCK, CORPUS_NOTE, alike_name(stored_manifest(PRESENT).name)):
            (PRESENT / beside).unlink()
    folder = shutil.copytree(PRESENT, tmp_path / "present")
    manifest = stored_manifest(folder)
    assert manifest.fingerprint["format"] == str(FORMAT_VERSION)
    (folder / MANIFEST).write_bytes(replace(manifest, fingerprint=fingerprint()).data())
    return folder


def test_an_index_of_this_format_answers(present: Path) -> None:
    engine = IndexEngine(present)
    found = engine.search(SearchRequest(q="公开培训"))
    assert [hit.source for hit in found.reports if hit.source == "说明.txt"] == ["说明.txt"]
    assert {hit.source for hit in engine.search(SearchRequest(size=100)).reports} == {
        "说明.txt",
        "内蒙古/2018.txt",
        "内蒙古/2019.txt",
        "内蒙古/阿拉善右旗/2018.txt",
        "福建/三明市/2018.txt",
        MOVED,
    }
    moved = engine.report(report_id(FORMER))
    assert moved.source == MOVED
    assert moved.text() in (REPORTS / FORMER).read_text(encoding="utf-8").replace("\n\n", "\n")


def test_an_index_of_this_format_goes_on(corpus: Path, present: Path) -> None:
    assert build(corpus, present, jobs=1).notice is None
    assert IndexEngine(present).report(report_id(FORMER)).source == MOVED


def test_the_layout_is_that_of_format_md(present: Path) -> None:
    """Read by nothing but what indexer/arrays/FORMAT.md says."""
    manifest = json.loads((present / "gongkai.json").read_bytes())
    documents = deleted = 0
    for segment in manifest["segments"]:
        data = (present / f"{segment['name']}.arrays").read_bytes()
        assert len(data) == segment["bytes"]
        size, footer_size, checksum, magic = struct.unpack("<QQI8s", data[-28:])
        assert magic == b"gongkai3"
        assert f"{checksum:08x}" == segment["checksum"]
        assert crc32(data[size:-12]) == checksum
        sums = struct.unpack(f"<{(len(data) - 28 - size) // 4}I", data[size:-28])
        assert list(sums) == [
            crc32(data[at : min(at + 65_536, size)]) for at in range(0, size, 65_536)
        ]
        footer = json.loads(data[size - footer_size : size])
        arrays = {
            name: np.frombuffer(data, kind, count, start)
            for name, (kind, start, count) in footer["arrays"].items()
        }
        assert all(start % 64 == 0 for _, start, _ in footer["arrays"].values())
        text = arrays["printed"].tobytes().decode("utf-16-le")
        assert text.count("\n") == len(arrays["line_printed"]) - 1
        assert set(footer["tables"]) == {"issuers", "chains", "paths"}
        assert segment["documents"] == len(arrays["block_kind"]) - len(arrays["file_genre"])
        documents += segment["documents"]
        deleted += sum(end - first for first, end in segment["deleted"])
    assert (documents, deleted) == (19, 4)


def test_an_earlier_format_is_refused_with_the_way_out(earlier: Path) -> None:
    for use in (IndexReader, verify, IndexEngine):
        with pytest.raises(OtherVersionError, match=r"format：[23] → ") as error:
            use(earlier)
        assert error.value.hint == Message("other_version_hint")


@pytest.mark.parametrize("rebuild", [False, True])
def test_an_earlier_format_is_replaced_and_ids_stay(
    corpus: Path, earlier: Path, rebuild: bool
) -> None:
    summary = build(corpus, earlier, jobs=1, rebuild=rebuild)
    assert counts(summary) == {"reports": 6, "added": 6, "read": 6}
    assert (summary.notice is None) is rebuild
    verify(earlier)
    assert names(earlier) == expected_names(earlier)
    engine = IndexEngine(earlier)
    for source in (MOVED, FORMER):
        assert engine.report(report_id(source)).source == MOVED


def test_the_command_line_says_so(corpus: Path, old: Path) -> None:
    """`search`, `check` and `serve` refuse it and name the command, which then does as they say."""

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    for name in (["search", "公开"], ["check"], ["serve"]):
        refused = command(*name, "--index", old)
        assert refused.exit_code == 1
        assert "gongkai index" in refused.output
    done = command("index", corpus, "--index", old)
    assert done.exit_code == 0
    assert "另一个版本" in done.output
    assert command("check", "--index", old).exit_code == 0
    assert "另一个版本" not in command("index", corpus, "--index", old).output


def test_a_file_that_moved_since_keeps_all_its_ids(corpus: Path, earlier: Path) -> None:
    (corpus / MOVED).rename(corpus / "2020.txt")
    summary = build(corpus, earlier, jobs=1)
    assert counts(summary) == {"reports": 6, "added": 5, "moved": 1, "read": 6}
    engine = IndexEngine(earlier)
    for source in ("2020.txt", MOVED, FORMER):
        assert engine.report(report_id(source)).source == "2020.txt"


def test_what_an_earlier_format_knows_is_what_it_knew(earlier: Path) -> None:
    """Files that were deleted since their segment was written are known no more."""
    known = known_files(earlier)
    assert sorted(known) == sorted(
        [
            "说明.txt",
            "内蒙古/2018.txt",
            "内蒙古/2019.txt",
            "内蒙古/阿拉善右旗/2018.txt",
            "福建/三明市/2018.txt",
            MOVED,
        ]
    )
    assert known[MOVED].former == (report_id(FORMER),)
    assert known["说明.txt"].former == ()
    digest = hashlib.sha256((REPORTS / "说明.txt").read_bytes()).hexdigest()
    assert known["说明.txt"].state.sha256 == digest


def test_a_kill_before_format_2_is_replaced_leaves_it_as_it_was(
    corpus: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in old.iterdir()}

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.store.commit.replace_durably", dies)
    with pytest.raises(KeyboardInterrupt):
        build(corpus, old, jobs=1)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in old.iterdir() if path.name != LOCK} == before
    notice = build(corpus, old, jobs=1).notice
    assert notice
    assert notice.key == "index_replaced"
    assert f"format：2 → {FORMAT_VERSION}；" in word(notice, "zh")


def test_a_kill_while_format_2_is_replaced_costs_no_former_id(
    corpus: Path, old: Path, present: Path
) -> None:
    """The new table of contents may stand, and the new manifest not."""
    left = shutil.copy(next(present.glob("*.toc")), old / "_MAIN_3.toc")
    assert known_files(old)[MOVED].former == (report_id(FORMER),)
    summary = build(corpus, old, jobs=1)
    assert summary.notice
    assert summary.notice.key == "index_replaced"
    assert IndexEngine(old).report(report_id(FORMER)).source == MOVED
    assert not Path(left).exists()
    verify(old)


@pytest.mark.parametrize("pattern", ["_MAIN_2.toc", "*.arrays"])
@pytest.mark.parametrize("content", [b"", b"x" * 100, None])
def test_a_format_2_that_cannot_be_read_is_replaced_and_that_is_said(
    corpus: Path, old: Path, pattern: str, content: bytes | None
) -> None:
    for path in old.glob(pattern):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    summary = build(corpus, old, jobs=1)
    assert counts(summary) == {"reports": 6, "added": 6, "read": 6}
    assert summary.notice
    assert summary.notice.key == "index_replaced_unread"
    verify(old)


def test_every_flipped_byte_of_a_format_2_is_borne(corpus: Path, old: Path) -> None:
    """It has no checksums by block: what is read is right or said to be damaged, and never runs."""
    for path in sorted(old.glob("*.arrays")) + sorted(old.glob("*.toc")):
        data = path.read_bytes()
        for at in range(0, len(data), max(1, len(data) // 300)):
            for change in (1, 0x80, 0xFF):
                changed = bytearray(data)
                changed[at] ^= change
                path.unlink()
                path.write_bytes(changed)
                with contextlib.suppress(DamagedIndexError):
                    known_files(old)
        path.write_bytes(data)
    assert len(known_files(old)) == 6


@pytest.mark.parametrize("version", [str(FORMAT_VERSION + 1), "17"])
def test_a_later_format_is_left_alone(corpus: Path, present: Path, version: str) -> None:
    """This code does not know what it would throw away."""
    later = json.dumps({"format": version, "all": "otherwise"})
    (present / MANIFEST).write_text(later)
    with pytest.raises(OtherVersionError, match=f"{version} → "):
        build(corpus, present, jobs=1)
    assert (present / MANIFEST).read_text() == later
    assert counts(build(corpus, present, jobs=1, rebuild=True))["reports"] == 6


@pytest.mark.parametrize("format_", ["1", "0.1"])
def test_what_was_before_format_2_is_replaced(corpus: Path, tmp_path: Path, format_: str) -> None:
    """Or refused as damaged, where it names no format."""
    folder = tmp_path / "ancient"
    folder.mkdir()
    (folder / MANIFEST).write_text(json.dumps({"format": format_, "parser": "1"}))
    (folder / "_MAIN_3.toc").write_bytes(b"\x04")
    (folder / "MAIN_abc.seg").write_bytes(b"x")
    if format_ == "1":
        notice = build(corpus, folder, jobs=1).notice
        assert notice
        assert notice.key == "index_replaced_unread"
        assert not (folder / "MAIN_abc.seg").exists()
        verify(folder)
    else:
        with pytest.raises(DamagedIndexError):
            build(corpus, folder, jobs=1)
