"""Answers as CSV files: what is in them, that they open, and that they are sent while they are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from urllib.parse import quote, unquote

import fake_reports
import pytest
from fake_engine import BrokenEngine, FakeEngine
from fake_reports import HOSTILE, TOWN
from flask.testing import FlaskClient
from taken import read

from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.model import Report
from search.labels import GENRE_LABELS
from search.local.engine import IndexEngine
from search.model import ConcordanceLine, ConcordanceOrder, SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.export.download import LONGEST_NAME, download
from web.export.formats import ADDRESSES, FORMATS
from web.export.sheet import Cell, Column, Sheet
from web.http.application import Application

Q = "“三务”公开"
COLUMNS = (Column("a", "甲"), Column("b", "乙"))


def made_of(reports: tuple[Report, ...]) -> Application:
    return create_app(FixedSource(FakeEngine(reports)))


def sent(head: list[tuple[str, str]], rows: list[list[Cell]], name: str = "a") -> tuple[str, str]:
    """The file's text, and the name that it is saved under."""
    with made_of(()).test_request_context("/"):
        response = download(Sheet(name, head, COLUMNS, rows), "csv")
        text = response.get_data().decode("utf-8")
    before, _, saved_as = response.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert before == 'attachment; filename="gongkai.csv"'
    assert saved_as.isascii()
    return text, unquote(saved_as)


def test_the_whole_file() -> None:
    text, _ = sent([("检索词", "三务"), ("日期", "2026-11-29")], [["5# 楼", 7], ['“引”"号', None]])
    assert text == (
        '\ufeff# 检索词,"三务"\r\n# 日期,"2026-11-29"\r\n\r\n"甲","乙"\r\n'
        '"5# 楼",7\r\n"“引”""号",""\r\n# 完,2\r\n'
    )


def test_a_file_without_rows() -> None:
    assert sent([], [])[0] == '\ufeff\r\n"甲","乙"\r\n# 完,0\r\n'


def test_what_stands_in_the_head_stays_on_its_line() -> None:
    """Else what follows a line's end would be no comment."""
    text, _ = sent([("检索词", '三务\r\n=1,2\n"#')], [])
    assert text.splitlines()[0] == '\ufeff# 检索词,"三务 =1,2 ""#"'
    assert sent([("检索词", "=1+1")], [])[0].splitlines()[0] == '\ufeff# 检索词,"\'=1+1"'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86", "'+86"),
        ("-2", "'-2"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ("—1", "—1"),
        ("", ""),
        ("\ud800", "?"),
        ("\0=1", "\ufffd=1"),
        ("两\n行", "两\n行"),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    [row] = list(csv.reader(io.StringIO(sent([], [[cell, 1]])[0], newline="")))[2:-1]
    assert row == [written, "1"]


def test_numbers_stay_numbers() -> None:
    assert sent([], [[-7, -0.5]])[0].endswith("\r\n-7,-0.5\r\n# 完,1\r\n")


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("gongkai-逐处-三务公开", "gongkai-逐处-三务公开.csv"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j.csv"),
        ("“三务” 公开\r\nX: y", "“三务”-公开-X-y.csv"),
        ("\u202e甲\u2066", "甲.csv"),
        ("..", "gongkai.csv"),
        ("", "gongkai.csv"),
        ("甲\ud800", "甲.csv"),
        ("字" * 300, "字" * LONGEST_NAME + ".csv"),
    ],
)
def test_names_of_files(name: str, saved_as: str) -> None:
    assert sent([], [], name)[1] == saved_as


def test_a_long_file_is_sent_in_pieces() -> None:
    def rows() -> Iterator[tuple[str, int]]:
        for number in range(20_000):
            made.append(number)
            yield "字" * 9, number

    made: list[int] = []
    with made_of(()).test_request_context("/"):
        response = download(Sheet("a", (), COLUMNS, rows()), "csv")
        pieces = response.iter_encoded()
        next(pieces)
        assert not made
        next(pieces)
        assert 0 < len(made) < 4_000
        rest = list(pieces)
        assert len(made) == 20_000
        assert max(map(len, rest)) < 1 << 18
        response.close()


def table(client: FlaskClient, url: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The head of a file, and its rows by columns."""
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    found = read("csv", answer.data)
    return dict(found.head), found.dicts()


@pytest.mark.parametrize("order", ["report", "left", "right"])
def test_every_hit_with_its_context(client: FlaskClient, order: ConcordanceOrder) -> None:
    """All of them, whatever the page."""
    head, rows = table(client, f"/concordance.csv?q={quote(Q)}&order={order}&page=3&size=2")
    lines = list(fake_reports.engine().every_line(SearchRequest(q=Q), order))
    assert len(rows) == len(lines) == 520
    for row, line in zip(rows, lines, strict=True):
        assert list(row) == [
            *("报告编号", "标题", "地区", "年份", "体裁", "栏目", "小标题"),
            *("前文", "命中", "后文", "页", "识别可信度（%）", "起", "止", "引用链接", "引注"),
        ]
        assert (row["页"], row["识别可信度（%）"]) == ("", "")
        assert row["报告编号"] == line.report
        assert row["地区"] == " / ".join(region.name for region in line.region)
        assert row["年份"] == ("" if line.year is None else str(line.year))
        assert row["体裁"] == GENRE_LABELS[line.genre]
        assert row["小标题"].lstrip("'") == " / ".join(line.section.headings)
        assert [row[name].lstrip("'") for name in ("前文", "命中", "后文")] == [
            text.lstrip("'") for text in (line.left, line.hit, line.right)
        ]
        assert (row["起"], row["止"]) == (str(line.start), str(line.end))
    mark = "" if order == "report" else f"&order={order}"
    assert head == {
        "检索词": Q,
        "检索式": '"三务公开"',
        "每行": head["每行"],
        "报告数": "105",
        "命中处数": "520",
        "制作日期": date.today().isoformat(),
        "索引": "1",
        "程序": f"Gongkai {version('gongkai')}",
        "网址": f"http://localhost/concordance?q={quote(Q)}&size=2{mark}",
    }
    assert "40 字" in head["每行"]


def test_links_of_the_lines_lead_to_them(client: FlaskClient) -> None:
    _, rows = table(client, f"/concordance.csv?q={quote(Q)}")
    for row in rows[:12]:
        answer = client.get(row["引用链接"])
        assert '<mark class="quoted" id="passage"' in answer.text


def test_links_begin_with_the_public_address() -> None:
    source = FixedSource(FakeEngine((TOWN,)))
    client = create_app(source, public_url="https://news.example").test_client()
    for url in (f"/concordance.csv?q={quote(Q)}", f"/search.csv?q={quote(Q)}"):
        head, rows = table(client, url)
        assert head["网址"].startswith("https://news.example/")
        assert all(row["引用链接"].startswith("https://news.example/reports/") for row in rows)
        assert rows


@pytest.mark.parametrize("sort", ["relevance", "year"])
def test_every_report_of_the_result(client: FlaskClient, sort: str) -> None:
    head, rows = table(client, f"/search.csv?q={quote(Q)}&sort={sort}&size=1&page=9")
    reports = list(fake_reports.engine().every_report(SearchRequest(q=Q)))
    assert len(rows) == len(reports) == 105
    assert [row["报告编号"] for row in rows] == [report.id for report in reports]
    [first] = [row for row in rows if row["报告编号"] == TOWN.id]
    link, citation = first.pop("引用链接"), first.pop("引注")
    assert citation.startswith(
        f"青山镇人民政府. {TOWN.title}[R/OL]. (2021-01-31)[{date.today()}]. "
    )
    assert first == {
        "报告编号": TOWN.id,
        "标题": TOWN.title,
        "地区": "青山省 / 白河市 / 绿水县 / 青山镇",
        "年份": "2020",
        "体裁": "政府信息公开年度报告",
        "机构": "青山镇人民政府",
        "发布日期": "2021-01-31",
        "处数": "5",
        "文件": TOWN.source,
    }
    assert f"/reports/{TOWN.id}?q={quote(Q)}" in link
    assert client.get(link).status_code == 200
    assert (head["报告数"], head["命中处数"]) == ("105", "520")


def test_the_head_says_how_it_was_asked(client: FlaskClient) -> None:
    code = TOWN.region[0].code
    url = f"/search.csv?q=三务&region={code}&year_from=2019&genre=disclosure&words=1&scope=section"
    head, _ = table(client, f"{url}&literal=1&whole=1")
    assert head["地区"] == "青山省"
    assert head["年份"] == "2019 年起"
    assert head["体裁"] == "政府信息公开年度报告"
    assert head["查法"] == "各词、整词、字形须完全一致、各词须在同一章节"


def test_in_english(client: FlaskClient) -> None:
    client.set_cookie("gongkai-language", "en")
    head, rows = table(client, f"/concordance.csv?q={quote(Q)}&year=2020")
    assert {"Query", "Year", "Each row", "Hits", "Made on", "Address"} <= head.keys()
    assert {"report", "region", "section", "before", "hit", "after"} <= rows[0].keys()
    assert {"Proactive disclosure", "Title"} & {row["section"] for row in rows}


@pytest.mark.parametrize("url", ["/concordance.csv?q=zzz", "/concordance.csv", "/search.csv?q=zzz"])
def test_nothing_found_is_a_file_too(client: FlaskClient, url: str) -> None:
    head, rows = table(client, url)
    assert rows == []
    assert head["命中处数"] == "0"


def test_hostile_reports(client: FlaskClient) -> None:
    """Their text comes as it is, in a cell of its own."""
    _, rows = table(client, f"/concordance.csv?q={quote(Q)}")
    own = [row for row in rows if row["报告编号"] == HOSTILE.id]
    assert own[0]["标题"] == HOSTILE.title
    assert any("<img src=x" in row["前文"] for row in own)


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=(", 400), ("order=up", 400), ("page=x", 400), ("q=" + "x" * 1_001, 413), ("q=出错", 500)],
)
def test_errors_are_pages(client: FlaskClient, query: str, status: int) -> None:
    for path in ("/concordance.csv", "/search.csv"):
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert "Content-Disposition" not in answer.headers


def test_an_index_that_cannot_be_used() -> None:
    broken = BrokenEngine(DamagedIndexError(Message("index_file_damaged", path="a")))
    client = create_app(FixedSource(broken)).test_client()
    assert client.get("/concordance.csv?q=x").status_code == 503


@dataclass
class SlowEngine(FakeEngine):
    """Counts the lines that it has made."""

    made: int = 0
    closed: bool = False

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        every = list(super().every_line(request, order, first)) * 40

        def lines() -> Iterator[ConcordanceLine]:
            try:
                for line in every:
                    self.made += 1
                    yield line
            finally:
                self.closed = True

        return lines()


def test_it_is_sent_while_it_is_made_and_ends_with_its_reader() -> None:
    engine = SlowEngine(fake_reports.engine().reports)
    client = create_app(FixedSource(engine)).test_client()
    headers = {"Accept-Encoding": "gzip"}
    answer = client.get(f"/concordance.csv?q={quote(Q)}", headers=headers, buffered=False)
    assert "Content-Encoding" not in answer.headers
    pieces = answer.iter_encoded()
    assert next(pieces).startswith(b"\xef\xbb\xbf# ")
    assert engine.made == 0
    next(pieces)
    assert 0 < engine.made < 1_000
    answer.close()
    assert engine.closed
    assert engine.made < 1_000


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for url in ("/concordance.csv?q=三务", "/search.csv?q=三务"):
        tag = client.get(url).headers["ETag"]
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
        head = client.head(url)
        assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


@pytest.mark.parametrize("page", ["/", "/concordance", "/trend"])
@pytest.mark.parametrize("form", FORMATS)
def test_pages_link_to_every_table(samples: IndexEngine, page: str, form: str) -> None:
    """With the state of the page, but for its number."""
    client = create_app(FixedSource(samples)).test_client()
    html = client.get(f"{page}?q=三务&year=2020&order=left&page=2").text
    for address in ADDRESSES.values():
        query = "q=%E4%B8%89%E5%8A%A1&amp;year=2020&amp;order=left"
        assert f'href="/{address}.{form}?{query}"' in html


def test_without_a_query_nobody_is_silent(client: FlaskClient) -> None:
    html = client.get("/").text + client.get("/trend").text
    assert "/silent." not in html
    assert "/concordance." not in html
    assert 'href="/matrix.xlsx"' in html


def test_the_samples(samples: IndexEngine) -> None:
    client = create_app(FixedSource(samples)).test_client()
    head, rows = table(client, "/concordance.csv?q=公开&sort=year")
    assert len(rows) == int(head["命中处数"]) == samples.search(SearchRequest(q="公开")).total.hits
    years = [int(row["年份"] or 9_999) for row in rows]
    assert years == sorted(years)
    assert len(set(years)) > 2
