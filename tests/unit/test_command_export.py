"""`gongkai export`: the same file as from the pages, whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from search.local.engine import IndexEngine
from search.model import ReportHit, SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.export.formats import ADDRESSES

Q = "三务公开"
ROOT = "http://127.0.0.1:8000"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.mark.parametrize("view", ADDRESSES)
@pytest.mark.parametrize("form", ["csv", "jsonl", "md"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_of_the_page(
    samples: IndexEngine, samples_index: Path, tmp_path: Path, view: str, form: str, language: str
) -> None:
    """All that narrows and sorts is taken along; the form is that of the file's name."""
    client = create_app(FixedSource(samples), public_url=ROOT).test_client()
    client.set_cookie("gongkai-language", language, domain="127.0.0.1")
    query = f"q={Q}&region=350000&year_from=2012&whole=1&sort=year&order=left&below=city"
    page = client.get(f"/{ADDRESSES[view]}.{form}?{query}", base_url=ROOT)
    output = tmp_path / f"a.{form}"
    result = run(
        *(Q, "--index", samples_index, "--view", view, "--output", output, "--lang", language),
        *("--region", "350000", "--year-from", "2012", "--whole", "--sort", "year"),
        *("--order", "left", "--below", "city"),
    )
    assert result.exit_code == 0, result.output
    assert output.read_bytes() == page.data
    assert str(output) in result.stderr
    assert list(tmp_path.iterdir()) == [output]


def test_to_standard_output(samples_index: Path) -> None:
    result = run(Q, "--index", samples_index, "--format", "jsonl", "--view", "reports")
    assert result.exit_code == 0
    assert result.stdout.endswith('{"end":{"rows":14}}\n')
    assert ROOT in result.stdout
    book = run(Q, "--index", samples_index, "--format", "xlsx", "--public-url", "https://a.example")
    assert book.stdout_bytes.startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("(",), 2, "括号"),
        ((Q, "--view", "lines"), 2, "lines"),
        ((Q, "--format", "pdf"), 2, "pdf"),
        ((Q, "--sort", "up"), 2, "sort"),
        ((Q, "--public-url", "x"), 2, "public-url"),
        ((Q, "--view", "matrix", "--below", "town"), 2, "5000"),
        ((Q, "--output", "nowhere/a.csv"), 1, "nowhere"),
    ],
)
def test_what_is_wrong(
    samples_index: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = run(*arguments, "--index", samples_index)
    assert result.exit_code == code, result.output
    assert told in result.output


def test_what_was_there_stays_until_the_file_is_whole(
    samples_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> ReportHit:
        raise OSError("no such disk")

    output = tmp_path / "a.csv"
    output.write_text("before")
    monkeypatch.setattr("search.local.collect.reports._report_hit", lost)
    result = run(Q, "--index", samples_index, "--view", "reports", "--output", output)
    assert result.exit_code == 1
    assert output.read_text() == "before"
    assert list(tmp_path.iterdir()) == [output]
    monkeypatch.undo()
    assert run(Q, "--index", samples_index, "--view", "reports", "--output", output).exit_code == 0
    found = IndexEngine(samples_index).count(SearchRequest(q=Q)).reports
    assert output.read_bytes().endswith(f"# 完,{found}\r\n".encode())
