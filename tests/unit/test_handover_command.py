"""`gongkai pack`, `gongkai serve` of a pack, and where packs are unpacked to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import main, open_index
from search.handover.errors import PackError
from search.handover.kept import packs_folder
from search.handover.pack import Packed
from tests.three_reports import edit


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
