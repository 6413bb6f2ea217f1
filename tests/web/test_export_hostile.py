"""What may go wrong on the way to a file: hostile cells, cut streams, errors between rows, a new index."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fake_reports
import pytest
from fake_engine import FakeEngine, make_report
from taken import CutError, read

from indexer.errors import DamagedIndexError, GongkaiError
from indexer.messages import Message
from indexer.model import Report
from search.model import ConcordanceLine, ConcordanceOrder, SearchRequest
from search.source import FixedSource, Status
from web.app import create_app
from web.export import xlsx
from web.export.formats import FORMATS
from web.export.sheet import Column, Figure, Row, Sheet

Q = "三务公开"
COLUMNS = (Column("a", "甲|*乙*"), Column("b", "乙"))
HOSTILE = [
    *("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠A"),
    *("http://a.example/b", "https://a.example/?q=<b>", "www.a.example", "mailto:a@a.example"),
    *(
        "<script>alert(1)</script>",
        "&amp;&#61;",
        "a|b",
        "\\|",
        "`x`",
        "*x*",
        "_x_",
        "[x](y)",
        "![x](y)",
    ),
    *(
        "# 完,1",
        "\n# 完,1",
        "完，1",
        '"',
        '","',
        "'",
        "'=1",
        " x ",
        "x\ty",
        "x\r\ny",
        "\u2028",
        "~~x~~",
    ),
    *("_x0041_", "\u202e甲", "𠮷", "1.0", "001", "1e5", "TRUE", "2020-01-01", "{=1}", "", "$x$"),
]


def written(form: str, rows: Iterable[Row], count: int | None = None) -> bytes:
    head = [("检索词", "=1|<b>\n# 完,9")]
    sheet = Sheet("gongkai-*a*", head, COLUMNS, rows, count, "完")
    with create_app(FixedSource(FakeEngine(()))).test_request_context("/"):
        return b"".join(FORMATS[form].write(sheet))


@pytest.mark.parametrize("form", FORMATS)
def test_every_cell_comes_back_as_it_was(form: str) -> None:
    rows = [[text, number] for number, text in enumerate(HOSTILE)]
    found = read(form, written(form, rows))
    assert found.labels == ["甲|*乙*", "乙"]
    assert [value.replace("\n", " ") for _, value in found.head] == ["=1|<b> # 完,9"]
    assert [row[0] for row in found.rows] == [kept(form, text) for text in HOSTILE]
    assert [row[1] for row in found.rows] == [str(number) for number in range(len(HOSTILE))]


def kept(form: str, text: str) -> str:
    """What `read` gives of a cell: it takes a guard off, and decimals."""
    if form == "csv" and text.startswith("'="):
        return text[1:]
    return text.removesuffix(".0")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_character(form: str) -> None:
    found = read(form, written(form, [["甲\ud800乙", 1], ["\x01\x1f", 2]]))
    assert found.rows[0][0] == "甲?乙"


@pytest.mark.parametrize("form", FORMATS)
def test_a_cut_file_is_seen_to_be_cut(form: str) -> None:
    rows = [[text, number] for number, text in enumerate(HOSTILE)]
    whole = written(form, rows)
    assert len(read(form, whole).rows) == len(HOSTILE)
    step = max(1, len(whole) // 300)
    for length in (*range(0, len(whole), step), len(whole) - 1):
        with pytest.raises((CutError, ValueError, AssertionError, KeyError)):
            read(form, whole[:length])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_file_that_lacks_a_row_gets_no_end(form: str, count: int) -> None:
    with pytest.raises(GongkaiError):
        written(form, [["a", 1], ["b", 2]], count)


def test_rows_that_a_sheet_has_no_room_for_go_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    rows = [[f"r{number}", number] for number in range(8)]
    assert read("xlsx", written("xlsx", rows)).rows == [[f"r{n}", str(n)] for n in range(8)]
    assert read("xlsx", written("xlsx", rows[:3])).rows == [[f"r{n}", str(n)] for n in range(3)]
    assert read("xlsx", written("xlsx", [])).rows == []


@pytest.mark.parametrize("text", ["字" * 40_000, "𠮷" * 20_000, "a" * 32_767, "字" * 16_384])
def test_long_cells(text: str) -> None:
    [[found, _]] = read("xlsx", written("xlsx", [[text, 1]])).rows
    units = len(text.encode("utf-16-le")) // 2
    if units <= xlsx.LONGEST_CELL:
        assert found == text
    else:
        assert len(found.encode("utf-16-le")) // 2 <= xlsx.LONGEST_CELL
        assert text.startswith(found.removesuffix(xlsx.CUT))
        assert found.endswith(xlsx.CUT)
        assert len(found) * 2 > len(text)


def test_no_room_for_a_workbook_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(xlsx, "_write", full)
    with pytest.raises(GongkaiError, match="disk full"):
        written("xlsx", [])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    """And says the same of each cell, none of which it takes for a formula or a number."""
    rows: list[Row] = [[text, number] for number, text in enumerate(HOSTILE)]
    (tmp_path / "a.xlsx").write_bytes(written("xlsx", [*rows, [Figure("-1.5%"), None]]))
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    ran = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", filters, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = [line for line in (ran.stdout + ran.stderr).splitlines() if "javaldx" not in line]
    assert not [line for line in told if "warn" in line.lower() or "error" in line.lower()]
    [made] = tmp_path.glob("a*.csv")
    labels, *found = csv.reader(io.StringIO(made.read_text("utf-8"), newline=""))
    assert labels == ["甲|*乙*", "乙"]
    for row, (text, number) in zip(found, rows, strict=False):
        assert row == [str(text).replace("\r\n", "\n"), str(number)]
    assert len(found) == len(rows) + 1


@dataclass
class Failing(FakeEngine):
    """Finds its index damaged after some lines."""

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        def lines() -> Iterator[ConcordanceLine]:
            for number, line in enumerate(every):
                if number == 300:
                    raise DamagedIndexError(Message("index_file_damaged", path="a"))
                yield line

        every = list(super().every_line(request, order, first))
        return lines()


@pytest.mark.parametrize("form", FORMATS)
def test_an_error_between_rows_leaves_a_file_without_end(form: str) -> None:
    client = create_app(FixedSource(Failing(fake_reports.engine().reports))).test_client()
    sent: list[bytes] = []
    with pytest.raises(DamagedIndexError):
        sent.extend(client.get(f"/concordance.{form}?q={Q}", buffered=False).iter_encoded())
    assert bool(sent) == (form != "xlsx")  # which begins when it is whole
    with pytest.raises((CutError, ValueError, AssertionError, KeyError)):
        read(form, b"".join(sent))


@dataclass
class Changing:
    """A source whose index changes."""

    engine: FakeEngine

    def now(self) -> FakeEngine:
        return self.engine

    def status(self) -> Status:
        return Status()


def numbered(number: int) -> Report:
    return make_report(f"{number}.txt", f"报告{number}", [("other", "", 1, [Q * 300])], year=2020)


def test_a_new_index_on_the_way_changes_nothing() -> None:
    """The file says which index it is of, and is all of that."""
    source = Changing(FakeEngine((numbered(1), numbered(2)), generation="old"))
    client = create_app(source).test_client()
    answer = client.get(f"/concordance.csv?q={Q}", buffered=False)
    pieces = answer.iter_encoded()
    sent = next(pieces)
    source.engine = FakeEngine((numbered(3),), generation="new")
    found = read("csv", sent + b"".join(pieces))
    answer.close()
    assert dict(found.head)["索引"] == "old"
    assert len(found.rows) == 600
    assert {row["标题"] for row in found.dicts()} == {"报告1", "报告2"}
    after = read("csv", client.get(f"/concordance.csv?q={Q}").data)
    assert (dict(after.head)["索引"], len(after.rows)) == ("new", 300)
