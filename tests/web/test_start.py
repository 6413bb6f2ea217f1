"""The first page and the list of rejected files: each number is what its link finds, nothing waits."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from html import unescape
from io import StringIO
from pathlib import Path

import fake_reports as samples_in_memory
import pytest
from fake_engine import FakeEngine
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from indexer.messages import Message
from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource, Status
from search.spread import Overview, RejectedFile
from tests.three_reports import REPORT, write
from web.app import create_app
from web.params import read
from web.rejected import cause_of, causes
from web.start.glance import MOST_YEARS, Glance, glance
from web.start.views import FILES
from web.texts import t


def seen(engine: Engine) -> Glance:
    with create_app(FixedSource(engine)).test_request_context():
        return glance(engine, engine.search(SearchRequest(size=1, passages=0)))


def found_at(engine: Engine, href: str) -> int:
    """The reports that the page of an address lists."""
    pairs = re.findall(r"[?&](\w+)=([^&]*)", href)
    with create_app(FixedSource(engine)).test_request_context(href) as context:
        assert len(context.request.args) == len(pairs)
        return engine.count(read(MultiDict(context.request.args))).reports


def check(engine: Engine) -> Glance:
    """Each number is what its link finds, each row adds up, and all rows are all reports."""
    shown = seen(engine)
    for row in shown.rows:
        assert sum(tile.span for tile in row.tiles) == len(shown.columns)
        assert sum(tile.reports for tile in row.tiles) == row.total.reports
        for tile in (*row.tiles, row.total):
            assert not tile.href or found_at(engine, tile.href) == tile.reports
            assert tile.reports or not tile.href
    assert sum(row.total.reports for row in shown.rows) == engine.count(SearchRequest()).reports
    for tile in (shown.undated, shown.unplaced):
        assert not tile.reports or found_at(engine, tile.href) == tile.reports
    for at, column in enumerate(shown.columns):
        in_column = sum(_spread_out(row.tiles)[at] for row in shown.rows)
        assert found_at(engine, column.href) == in_column
    return shown


def _spread_out(tiles: tuple[tuple[int, str, int], ...]) -> list[int]:
    return [reports for reports, _, span in tiles for _ in range(span)]


def indexed(folder: Path, **texts: str) -> IndexEngine:
    for name, text in texts.items():
        write(folder / "corpus" / f"{name}.txt", text)
    build(folder / "corpus", folder / "index", jobs=1)
    return IndexEngine(folder / "index")


def test_the_samples_at_a_glance(samples: IndexEngine) -> None:
    shown = check(samples)
    names = [row.name for row in shown.rows]
    assert "内蒙古" in names
    assert "新疆" in names
    assert "北京" in shown.regions
    assert not set(names) & set(shown.regions)
    assert all(row.total.reports for row in shown.rows)


def test_one_province_is_told_by_its_parts(tmp_path: Path) -> None:
    engine = indexed(
        tmp_path,
        a="鄂尔多斯市2018年政府工作报告\n\n一、概述\n\n推进公开。\n",
        b="包头市2018年政府工作报告\n\n一、概述\n\n推进公开。\n",
        c="内蒙古自治区2018年政府工作报告\n\n一、概述\n\n推进公开。\n",
    )
    shown = check(engine)
    names = [row.name for row in shown.rows]
    assert {"鄂尔多斯市", "包头市"} < set(names)
    assert names[-1] == t("start_own", name="内蒙古自治区")
    assert shown.unplaced.reports == 0


def test_the_only_region_is_a_row_of_its_own(tmp_path: Path) -> None:
    engine = indexed(tmp_path, a="包头市2018年政府工作报告\n\n一、概述\n\n推进公开。\n")
    (row,) = check(engine).rows
    assert (row.name, row.total.reports) == ("包头市", 1)
    assert row.total.href


def test_country_and_unknown_places_and_years_are_told_apart(tmp_path: Path) -> None:
    engine = indexed(
        tmp_path,
        a=REPORT.format(place="东胜区"),
        b="国务院2016年政府工作报告\n\n各位代表：现在，我代表国务院报告工作。\n",
        c="甲乙丙丁\n\n没有年份，也没有地方。\n",
        d="福建省2012年政府工作报告\n\n各位代表：现在报告工作。\n",
    )
    shown = check(engine)
    assert [row.name for row in shown.rows][-1] == t("start_unplaced")
    assert shown.unplaced.reports >= 1
    assert shown.undated.reports >= 1
    assert shown.columns[-1].period is None
    assert "2013–2015" in shown.years
    assert not shown.complete


def test_a_long_time_shares_its_first_column(tmp_path: Path) -> None:
    years = (1950, 1955, 1999, 2024)
    engine = indexed(
        tmp_path,
        **{f"y{y}": f"福建省{y}年政府工作报告\n\n各位代表：现在报告工作。\n" for y in years},
    )
    shown = check(engine)
    assert len(shown.columns) == MOST_YEARS + 1
    assert shown.columns[0].full == t("start_before", year=2024 - MOST_YEARS + 1)
    assert _spread_out(shown.rows[0].tiles)[0] == 2


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    client = create_app(FixedSource(indexed(tmp_path))).test_client()
    html = client.get("/").text
    assert t("start_empty") in html
    assert "gongkai index" in html
    assert 'class="matrix"' not in html
    assert t("rejected_nothing") in client.get("/rejected").text


def test_the_page_has_totals_examples_and_ways_in(client: FlaskClient) -> None:
    html = client.get("/").text
    assert "106 份报告" in html
    for example in samples_in_memory.EXAMPLES:
        assert example.query in unescape(html)
    assert t("rejected_why", count=3) in html
    assert 'href="/rejected"' in html
    same = client.get("/?q=+&region=&year=").text
    assert same.partition("<footer")[0] == html.partition("<footer")[0]


@dataclass
class Warming:
    """A source that is warming, or is not any more; a page that waits for its overview fails."""

    engine: FakeEngine
    warming: bool = True

    def now(self) -> FakeEngine:
        return self.engine

    def status(self) -> Status:
        return Status(warming=self.warming)


class NotYet(FakeEngine):
    ready = False

    def overview(self) -> Overview:
        assert self.ready
        return super().overview()


def test_a_page_does_not_wait_and_is_made_anew_once_all_is_there() -> None:
    made = samples_in_memory.engine()
    engine = NotYet(made.reports, examples=made.examples, rejected=made.rejected)
    source = Warming(engine)
    client = create_app(source).test_client()
    cold = {url: client.get(url) for url in ("/", "/rejected", "/?q=三务")}
    assert [answer.status_code for answer in cold.values()] == [200, 200, 200]
    assert t("start_warming") in cold["/"].text
    assert t("rejected_warming") in cold["/rejected"].text
    assert t("query_neutral") in cold["/?q=三务"].text
    source.warming, engine.ready = False, True
    for url, before in cold.items():
        now = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
        assert now.status_code == 200
        assert t("query_example", query="三务公开") in now.text
    assert t("start_warming") not in client.get("/").text


def test_rejected_files_are_listed_by_reason(client: FlaskClient) -> None:
    html = client.get("/rejected").text
    sections = re.findall(r"<section.*?</section>", html, re.S)
    assert len(sections) == 3
    assert t("rejected_files", count=2) in sections[1]
    sources = [unescape(source) for source in re.findall(r"<li><bdi>(.*?)</bdi>", html)]
    assert sorted(sources) == sorted(file.source for file in samples_in_memory.REJECTED)
    assert "<script>alert" not in html
    assert "gongkai inspect" in html


def test_many_rejected_files_have_pages() -> None:
    files = tuple(RejectedFile(f"{at:04}.txt", Message("empty_file")) for at in range(FILES + 3))
    client = create_app(FixedSource(FakeEngine((), rejected=files))).test_client()
    first, second = (client.get(f"/rejected?page={page}").text for page in (1, 2))
    assert (first.count("<li><bdi>"), second.count("<li><bdi>")) == (FILES, 3)
    assert t("rejected_files", count=f"{FILES + 3:,}") in second
    assert 'href="/rejected?page=2"' in first
    assert 'href="/rejected"' in second
    assert t("no_page", number=9) in client.get("/rejected?page=9").text
    assert client.get("/rejected?page=0").status_code == 400
    assert client.get("/rejected?page=x").status_code == 400
    assert (
        'href="/rejected?reason=empty_file&amp;page=2"'
        in client.get("/rejected?reason=empty_file").text
    )


def test_files_of_one_reason(client: FlaskClient) -> None:
    page = client.get("/rejected").text
    links = re.findall(r'href="(/rejected\?reason=[^"]+)"', page)
    assert len(links) == len(causes(samples_in_memory.REJECTED))
    found = [
        unescape(source)
        for link in links
        for source in re.findall(r"<li><bdi>(.*?)</bdi>", client.get(link).text)
    ]
    assert sorted(found) == sorted(file.source for file in samples_in_memory.REJECTED)
    assert t("rejected_none_of_reason") in client.get("/rejected?reason=nothing").text
    assert client.get("/rejected?reason=a&reason=b").status_code == 400
    table = client.get(links[0].replace("/rejected", "/rejected.csv")).text
    assert table.count("\r\n") < client.get("/rejected.csv").text.count("\r\n")


def test_rejected_files_as_a_table(client: FlaskClient) -> None:
    answer = client.get("/rejected.csv")
    assert answer.mimetype == "text/csv"
    head, _, table = answer.text.partition("\r\n\r\n")
    assert f'# {t("csv_files")},"3"' in head
    *rows, end = csv.reader(StringIO(table))
    assert end == ["# 完", "3"]
    assert rows[0] == [t("column_source"), t("column_reason_key"), t("column_reason")]
    assert [row[0] for row in rows[1:]] == [file.source for file in samples_in_memory.REJECTED]
    assert [row[1] for row in rows[1:]] == [
        cause_of(file.reason) for file in samples_in_memory.REJECTED
    ]
    assert all(row[2] for row in rows[1:])


@pytest.mark.real
def test_the_work_reports_at_a_glance(work_reports_engine: IndexEngine) -> None:
    shown = check(work_reports_engine)
    assert len(shown.rows) >= 31
    client = create_app(FixedSource(work_reports_engine)).test_client()
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert len(page.data) <= 80 << 10
