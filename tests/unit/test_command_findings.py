"""`gongkai findings` and `gongkai verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.pipeline.build import build
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved.database import Database, saved_path
from search.saved.findings import Findings
from web.findings.collect import finding_at
from web.findings.files import WRITERS
from web.urls import passage_url


@pytest.fixture
def index(corpus: Path, folder: Path) -> Path:
    build(corpus, folder, jobs=1)
    return folder


@pytest.fixture
def kept(index: Path) -> Findings:
    """Two findings in the first report."""
    engine = IndexEngine(index)
    report = engine.report(engine.search(SearchRequest(size=1)).reports[0].id)
    kept = Findings(Database(saved_path(index)))
    for start, end in ((0, 6), (2, 9)):
        kept.add(finding_at(report, report.text(), start, end))
    kept.edit(1, "村务", "一\n二")
    return kept


def run(*arguments: object, sent: str | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), input=sent)


def test_listing(index: Path, kept: Findings) -> None:
    shown = run("findings", "list", "--index", index).stdout
    assert shown.index("2\n") < shown.index("1  村务")
    assert "摘录 2 条" in shown
    assert "2 findings" in run("findings", "list", "--index", index, "--lang", "en").stdout
    found = json.loads(
        run("findings", "list", "--index", index, "--label", "村务", "--json").stdout
    )
    assert [each["note"] for each in found["findings"]] == ["一\n二"]


@pytest.mark.parametrize("ending", WRITERS)
def test_taken_out_and_in(index: Path, kept: Findings, tmp_path: Path, ending: str) -> None:
    file, before = tmp_path / f"摘录.{ending}", kept.every()
    wrote = run("findings", "export", file, "--index", index)
    assert "2 条摘录已写入" in wrote.stdout
    kept.delete(1)
    taken = json.loads(run("findings", "import", file, "--index", index, "--json").stdout)
    assert (taken["added"], taken["same"], taken["differing"]) == (1, 1, [])
    assert {each.passage for each in kept.every()} == {each.passage for each in before}
    assert {each.note for each in kept.every()} == {"", "一\n二"}
    verified = run("verify", file, "--index", index)
    assert verified.exit_code == 0
    assert "一字不差 2，换了位置 0，与报告不符 0，报告已不在 0" in verified.stdout


@pytest.mark.parametrize("ending", WRITERS)
def test_what_cannot_be_written_leaves_the_file_as_it_was(
    index: Path, kept: Findings, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"x.{ending}"
    file.write_text("旧")
    saved_path(index).write_bytes(b"damaged" * 999)
    refused = run("findings", "export", file, "--index", index)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "saved" in refused.stderr
    assert file.read_text() == "旧"
    assert [each.name for each in tmp_path.glob("x.*")] == [file.name]


def test_what_differs_is_told(index: Path, kept: Findings, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    run("findings", "export", file, "--index", index)
    kept.edit(1, "村务", "三")
    shown = run("findings", "import", file, "--index", index).stdout
    assert "不一致 1 条" in shown
    assert shown.index("三") < shown.index("都保留了我的")
    run("findings", "import", file, "--index", index, "--on-conflict", "both")
    assert "三\n\n一\n二" in {each.note for each in kept.every()}


def test_a_form_that_there_is_not(index: Path, tmp_path: Path) -> None:
    refused = run("findings", "export", tmp_path / "x.docx", "--index", index)
    assert refused.exit_code == 2
    assert ".xlsx" in refused.output


def test_verifying(index: Path, kept: Findings, tmp_path: Path) -> None:
    """A text from standard input, in each form; what is not there is exit code 1."""
    passage = kept.every()[0].passage
    there = passage_url(*passage[:4])
    moved = passage_url(passage.report, 50, 57, checksum(passage.quote))
    text = f"“{passage.quote}”{there} {moved}"
    told = run("verify", "-", "--index", index, sent=text)
    assert told.exit_code == 0
    assert "其中 1 条只核对了链接" in told.stdout
    assert f"换了位置  {moved}" in told.stdout
    text += f" {passage_url('0' * 12, 0, 4, '00000000')}"
    told = run("verify", "-", "--index", index, "--json", sent=text)
    assert told.exit_code == 1
    answer = json.loads(told.stdout)
    assert answer["counts"] == {"exact": 1, "moved": 1, "changed": 0, "gone": 1}
    assert [each["url"] for each in answer["quotes"]] == [there, there, None]
    table = run("verify", "-", "--index", index, "--csv", sent=text)
    assert table.exit_code == 1
    assert [line[:7] for line in table.stdout.splitlines() if "/reports/" in line] == [
        '"exact"',
        '"moved"',
        '"gone",',
    ]
    assert run("verify", "-", "--index", index, sent="没有").exit_code == 2
    assert run("verify", tmp_path / "none.csv", "--index", index).exit_code == 2
