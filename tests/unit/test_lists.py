"""Lists of queries: how they are read, what is noted of their lines, and the command that counts them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from gongkai import main
from indexer.errors import GongkaiError, LimitError, RequestError, UnreadableError
from indexer.store.lock import lock
from search.local.engine import IndexEngine
from search.model import SearchRequest
from web.batch.files import pieces
from web.batch.listed import MAX_KB, MAX_LINES, read_list, read_pasted
from web.batch.noted import Lines, Listing
from web.batch.part import SUFFIX, Part
from web.export.formats import FORMATS

QUERIES = (
    "三务公开",
    "三務公開",
    "村务 OR 党务",
    "(没有关",
    "政府信息",
    "二〇一九",
    "没有人这样说",
)


def sheet(*rows: tuple[str | float, ...]) -> bytes:
    """A workbook of one sheet."""
    made = io.BytesIO()
    book = Workbook(made)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "queries"),
    [
        ("a.txt", "三务公开\r\n\r\n  村务 \n", ("三务公开", "村务")),
        ("a.txt", "\ufeff三务公开\n", ("三务公开",)),
        ("a.txt", "三务公开\t12\n村务\t3", ("三务公开", "村务")),
        ("a.txt", "甲, 乙\n“甲”", ("甲, 乙", "“甲”")),
        ("a.csv", "三务公开,12\n村务,3\n", ("三务公开", "村务")),
        ("a.csv", '序号,检索词\n1,"甲, ""乙"""\n2,\n3,丙\n', ('甲, "乙"', "丙")),
        ("a.CSV", "# 检索词,一份清单\n\n行,query\n1,'-甲\n2,'乙", ("-甲", "'乙")),
        ("a.tsv", "词\t数\n甲\t1\n", ("甲",)),
        ("a", "甲,乙\n", ("甲,乙",)),
        ("a.xlsx", sheet(("编号", "短语"), (1.0, "三务公开"), (2.0, 2019.0)), ("三务公开", "2019")),
        ("a.txt", sheet(("三务公开",), ("村务",)), ("三务公开", "村务")),
    ],
)  # fmt: skip
def test_lists_are_read(name: str, data: str | bytes, queries: tuple[str, ...]) -> None:
    assert read_list(data if isinstance(data, bytes) else data.encode(), name) == queries


def test_a_list_in_an_older_encoding() -> None:
    text = "政府信息公开\n村务公开\n基层治理\n"
    assert read_list(text.encode("gb18030"), "a.csv") == tuple(text.split())


@pytest.mark.parametrize(
    ("name", "data", "error", "key"),
    [
        ("a.txt", b" \n\n", RequestError, "list_empty"),
        ("a.csv", "检索词\n".encode(), RequestError, "list_empty"),
        ("a.txt", b"a\n" * (MAX_LINES + 1), LimitError, "list_too_long"),
        ("a.txt", b"a" * ((MAX_KB << 10) + 1), LimitError, "list_too_big"),
        ("a.csv", b'"' + b"a" * 200_000, UnreadableError, "list_not_csv"),
        ("a.xlsx", b"PK\x03\x04 no workbook", UnreadableError, None),
    ],
)
def test_what_is_no_list(
    name: str, data: bytes, error: type[GongkaiError], key: str | None
) -> None:
    with pytest.raises(error) as raised:
        read_list(data, name)
    assert key in (None, raised.value.message.key)


def test_lines_are_told_what_is_wrong_and_what_repeats(samples: IndexEngine) -> None:
    lines = Lines(samples, Listing(QUERIES, SearchRequest()))
    notes = [*lines.next(3), *lines.next(100)]
    assert [note["line"] for note in notes] == [1, 2, 3, 4, 5, 6, 7]
    assert [note["same_as"] for note in notes] == [None, 1, None, None, None, None, None]
    assert [note["error"] is not None for note in notes] == [False] * 3 + [True] + [False] * 3
    assert notes[0]["total"] == notes[1]["total"]
    assert not list(lines.next(5))


def test_notes_taken_over_are_those_of_one_run(samples: IndexEngine) -> None:
    listing = Listing(QUERIES * 2, SearchRequest(), crossed=True)
    whole = list(Lines(samples, listing).next(100))
    later = Lines(samples, listing)
    for note in whole[:5]:
        later.known(note)
    assert [*whole[:5], *later.next(100)] == whole


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, arguments)], input=typed)


def written(result: Result) -> list[list[str]]:
    """The table of a CSV file, without what stands above and below it."""
    rows = csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    return [row for row in rows if row and not row[0].startswith("#")]


def test_the_command_tells_what_single_searches_do(
    samples: IndexEngine, samples_index: Path
) -> None:
    found = run("-", "--index", samples_index, "--year-from", "2018", typed="\n".join(QUERIES))
    assert found.exit_code == 0
    heading, *rows = written(found)
    for query, row in zip(QUERIES, rows, strict=True):
        told = dict(zip(heading, row, strict=True))
        try:
            total = samples.count(SearchRequest(q=query, year_from=2018))
        except GongkaiError:
            assert (told["报告"], told["命中"]) == ("", "")
            assert "括号" in told["说明"]
            continue
        assert (told["报告"], told["命中"]) == (str(total.reports), str(total.hits))
        for year in ("2018", "2019"):
            alone = samples.count(SearchRequest(q=query, year=(int(year),)))
            assert told[year] == str(alone.reports)
    assert dict(zip(heading, rows[1], strict=True))["说明"] == "与第 1 行相同"


def test_years_by_region_add_up(samples_index: Path) -> None:
    summed = run("-", "--index", samples_index, typed="三务公开\n村务")
    crossed = run("-", "--index", samples_index, "--crossed", typed="三务公开\n村务")
    heading, *rows = written(summed)
    _, *cells = written(crossed)
    for row in rows:
        told = dict(zip(heading, row, strict=True))
        own = [cell for cell in cells if cell[1] == told["检索词"]]
        assert sum(int(cell[5]) for cell in own) == int(told["报告"])
        assert sum(int(cell[6]) for cell in own) == int(told["命中"])


def test_a_run_that_was_stopped_is_gone_on_with(
    samples: IndexEngine, samples_index: Path, tmp_path: Path
) -> None:
    listed, output = tmp_path / "list.txt", tmp_path / "out.jsonl"
    listed.write_text("\n".join(QUERIES), encoding="utf-8")
    listing = Listing(QUERIES, SearchRequest())
    with Part(output, listing.digest(samples.generation)) as part:
        part.add(Lines(samples, listing).next(3))
    beside = output.with_name(output.name + SUFFIX)
    with beside.open("ab") as file:
        file.write(b'{"line": 4, "que')  # killed while it was written
    again = run(listed, "--index", samples_index, "--output", output)
    assert again.exit_code == 0
    assert "已有 3 行" in again.stderr
    assert not beside.exists()
    notes = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert notes[:-1] == json.loads(json.dumps(list(Lines(samples, listing).next(100))))
    assert notes[-1] == {"end": {"rows": len(QUERIES)}}


def test_another_list_begins_anew(samples_index: Path, tmp_path: Path) -> None:
    listed, output = tmp_path / "list.txt", tmp_path / "out.csv"
    listed.write_text("三务公开", encoding="utf-8")
    with Part(output, "of something else") as part:
        part.add([{"line": 1, "query": "别的", "canonical": "别的"}])
    told = run(listed, "--index", samples_index, "--output", output)
    assert told.exit_code == 0
    assert "从头数起" in told.stderr
    assert "别的" not in output.read_text(encoding="utf-8")


def test_two_runs_do_not_write_one_file(
    samples_index: Path, samples: IndexEngine, tmp_path: Path
) -> None:
    """The second is told, and goes on with what the first left."""
    listed, output = tmp_path / "list.txt", tmp_path / "out.csv"
    listed.write_text("\n".join(QUERIES), encoding="utf-8")
    listing = Listing(QUERIES, SearchRequest())
    lines = Lines(samples, listing)
    with Part(output, listing.digest(samples.generation)) as part:
        part.add(lines.next(2))
        told = run(listed, "--index", samples_index, "--output", output)
        assert (told.exit_code, output.exists()) == (1, False)
        assert "另一个 gongkai batch" in told.stderr
        assert "--output" in told.stderr
        part.add(lines.next(2))
    told = run(listed, "--index", samples_index, "--output", output)
    assert (told.exit_code, "已有 4 行" in told.stderr) == (0, True)


def test_a_part_that_goes_while_another_run_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other run has one of its own, that a third one sees."""
    output = tmp_path / "out.csv"
    first = Part(output, "x")

    def gone(file: int) -> bool:
        monkeypatch.undo()
        first.remove()
        return lock(file)

    monkeypatch.setattr("web.batch.part.lock", gone)
    with Part(output, "x") as second:
        with pytest.raises(GongkaiError, match="另一个"):
            Part(output, "x")
        second.add([{"line": 1}])
    with Part(output, "x") as third:
        assert list(third.notes()) == [{"line": 1}]


@pytest.mark.parametrize(
    "harmed", [b'{"line":2}\n', b'{"line":4}\n', b"\0\0\n", b"[]\n", b'{"line":3}']
)
def test_of_a_part_what_is_in_order_is_taken_over(tmp_path: Path, harmed: bytes) -> None:
    output = tmp_path / "out.csv"
    with Part(output, "x") as part:
        part.add([{"line": 1}, {"line": 2}])
    with output.with_name(output.name + SUFFIX).open("ab") as file:
        file.write(harmed + b'{"line":4}\n')
    with Part(output, "x") as part:
        assert list(part.notes()) == [{"line": 1}, {"line": 2}]
        part.add([{"line": 3}])
        assert [note["line"] for note in part.notes()] == [1, 2, 3]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("crossed", [False, True])
@pytest.mark.parametrize("kept", [(0, 0, 1, 1), (0,), (1, 0), (0, 1, 2)])
def test_a_file_of_other_lines_has_no_end(
    samples: IndexEngine, form: str, crossed: bool, kept: tuple[int, ...]
) -> None:
    listing = Listing(("三务公开", "村务"), SearchRequest(), crossed=crossed)
    notes = list(Lines(samples, replace(listing, queries=QUERIES)).next(3))
    frame = listing.frame(samples)
    for lines in ((0, 1), kept):
        made = pieces(form, listing, frame, [notes[at] for at in lines], samples.generation)
        if lines is not kept:
            assert b"".join(made)
            continue
        with pytest.raises(GongkaiError):
            b"".join(made)


def test_a_place_that_cannot_be_written_to_is_said(samples_index: Path, tmp_path: Path) -> None:
    told = run("-", "--index", samples_index, "--output", tmp_path / "no" / "o.csv", typed="甲")
    assert told.exit_code == 1
    assert "o.csv" in told.stderr
    assert "--output" in told.stderr


def test_pasted_lines_are_those_of_a_file() -> None:
    assert read_pasted("甲\r\n乙\n") == read_list("甲\n乙".encode(), "a.txt")
