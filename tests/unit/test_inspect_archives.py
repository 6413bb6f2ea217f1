"""`gongkai inspect` of archives and mails, and of a file in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from tests.archives import mail_of, zip_of
from tests.three_reports import REPORT, write


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    inner = zip_of({"昆山市.txt": REPORT.format(place="昆山市")})
    path = tmp_path / "附件.zip"
    path.write_bytes(
        zip_of({"2016/榆中县.txt": REPORT.format(place="榆中县"), "b.zip": inner, "坏.txt": ""})
    )
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["inspect", *map(str, arguments)])


def run_json(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_archive_lists_its_files(archive: Path) -> None:
    read = run_json(archive)
    assert read["source"] == "附件.zip"
    assert [(m["source"], m.get("year"), m.get("key")) for m in read["members"]] == [
        ("附件.zip/2016/榆中县.txt", 2018, None),
        ("附件.zip/b.zip/昆山市.txt", 2018, None),
        ("附件.zip/坏.txt", None, "empty_file"),
    ]
    shown = run(archive)
    assert "其中 3 个文件" in shown.stdout
    assert "甘肃省 › 兰州市 › 榆中县 · 2018" in shown.stdout
    assert "没有收入：文件是空的" in shown.stdout


def test_a_file_in_an_archive(archive: Path) -> None:
    read = run_json(archive / "2016/榆中县.txt")
    assert (read["source"], read["year"]) == ("附件.zip/2016/榆中县.txt", 2018)
    assert "members" not in read
    assert run_json(archive / "b.zip")["members"][0]["source"] == "附件.zip/b.zip/昆山市.txt"
    assert run_json(archive / "b.zip" / "昆山市.txt")["region"][-1]["name"] == "昆山市"
    for path, said in (("坏.txt", "文件是空的"), ("无.txt", "附件.zip 里没有 无.txt")):
        result = run(archive / path)
        assert result.exit_code == 1
        assert said in result.output


def test_a_file_in_an_archive_of_a_corpus(archive: Path, tmp_path: Path) -> None:
    write(tmp_path / "metadata.csv", "source,year\n附件.zip/2016/榆中县.txt,2011\n")
    assert run_json(archive / "2016/榆中县.txt", "--corpus", tmp_path)["year"] == 2011


def test_a_mail_is_a_report_that_holds_others(tmp_path: Path) -> None:
    path = tmp_path / "邮件.eml"
    path.write_bytes(
        mail_of(REPORT.format(place="榆中县"), {"附件.txt": REPORT.format(place="昆山市")})
    )
    read = run_json(path)
    assert read["source"] == "邮件.eml"
    assert read["region"][-1]["name"] == "榆中县"
    assert [m["source"] for m in read["members"]] == ["邮件.eml/附件.txt"]


def test_what_cannot_be_read_at_all_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "空.zip"
    path.write_bytes(zip_of({}))
    result = run(path)
    assert result.exit_code == 1
    assert "里面没有可读的文件" in result.output
