"""Lists of queries on their page: sent, counted, stopped, gone on with, taken away."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import Any

import pytest
from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN, WORK
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.counts import Counted
from search.model import SearchRequest
from search.source import FixedSource
from search.spread import Below
from web.app import create_app
from web.batch import jobs
from web.batch.jobs import Job, Jobs
from web.batch.listed import MAX_KB
from web.http.application import Application
from web.language import COOKIE

HERE = {"Sec-Fetch-Site": "same-origin"}


class Gated(FakeEngine):
    """Counts no list before it is let."""

    def __init__(self) -> None:
        super().__init__((TOWN, WORK, HOSTILE))
        self.let = Event()

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        assert self.let.wait(60)
        return super().counts(queries, request, below, crossed=crossed)


class Page:
    """A reader of the pages of an engine."""

    def __init__(self, engine: FakeEngine) -> None:
        self.app: Application = create_app(FixedSource(engine))
        self.client: FlaskClient = self.app.test_client()

    @property
    def jobs(self) -> Jobs:
        found: Jobs = self.app.extensions["gongkai.lists"]
        return found

    def send(self, queries: str, **fields: object) -> TestResponse:
        return self.post("/batch", queries=queries, **fields)

    def post(self, path: str, **fields: object) -> TestResponse:
        token = re.search(r'name="token" value="(\w+)"', self.client.get("/batch").text)
        assert token
        return self.client.post(path, data={"token": token[1], **fields}, headers=HERE)

    def counted(self, queries: str, **fields: object) -> str:
        """The address of a list that is counted to its end."""
        address = self.send(queries, **fields).headers["Location"]
        self.job(address).wait()
        return address

    def job(self, address: str) -> Job:
        return self.jobs.get(address.rpartition("/")[2])


@pytest.fixture
def open_page() -> Page:
    """Of an engine that answers at once."""
    return Page(FakeEngine((TOWN, WORK, HOSTILE)))


@pytest.fixture
def gated() -> Iterator[tuple[Page, Gated]]:
    engine = Gated()
    yield Page(engine), engine
    engine.let.set()


def test_the_form_has_the_search_that_led_there(open_page: Page) -> None:
    code = TOWN.region[0].code
    results = open_page.client.get(f"/?q=三务&region={code}&literal=1&page=2").text
    link = re.search(r'href="(/batch\?[^"]*)"', results)
    assert link
    form = open_page.client.get(link[1].replace("&amp;", "&")).text
    assert re.search(r"<textarea[^>]*>\n三务\n</textarea>", form)
    assert f'<input type="hidden" name="region" value="{code}">' in form
    assert '<input type="hidden" name="literal" value="1">' in form
    assert 'name="page"' not in form


def test_lines_are_answered_as_single_searches_are(open_page: Page) -> None:
    address = open_page.counted("三务\n三務\n(没关\n没有人说", year="2020")
    page = open_page.client.get(address).text
    engine = FakeEngine((TOWN, WORK, HOSTILE))
    total = engine.count(SearchRequest(q="三务", year=(2020,)))
    rows = re.findall(r"<tr.*?</tr>", page.partition('class="scroll"')[2], re.DOTALL)[1:]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    assert [row[2:4] for row in cells[:2]] == [[str(total.reports), str(total.hits)]] * 2
    assert "与第 1 行相同" in rows[1]
    assert "wrong" in rows[2]
    assert cells[2][2:6] == [""] * 4
    assert cells[3][2:4] == ["0", "0"]
    assert "已完成" in page
    assert "http-equiv" not in page


def test_a_file_is_taken_before_what_is_typed(open_page: Page) -> None:
    file = (io.BytesIO("检索词\n三务\n村务\n".encode()), "list.csv")
    address = open_page.counted("别的", file=file)
    assert open_page.job(address).listing.queries == ("三务", "村务")


@pytest.mark.parametrize("form", ["csv", "xlsx", "md", "jsonl"])
def test_files_have_all_lines(open_page: Page, form: str) -> None:
    queries = [f"三务{at}" for at in range(jobs._A_TURN + 90)]
    answer = open_page.client.get(f"{open_page.counted(chr(10).join(queries))}/{form}")
    assert answer.status_code == 200
    assert f".{form}" in answer.headers["Content-Disposition"]
    if form == "xlsx":
        assert answer.data.startswith(b"PK")
    elif form == "csv":
        table = csv.reader(io.StringIO(answer.text))
        rows = [row for row in table if row and row[0].isdigit()]
        assert [row[1] for row in rows] == queries
    elif form == "jsonl":
        *notes, end = map(json.loads, answer.text.splitlines())
        assert [note["query"] for note in notes] == queries
        assert end == {"end": {"rows": len(queries)}}
    else:
        assert all(f"| {query} |" in answer.text for query in queries)


def test_a_list_is_watched_stopped_and_gone_on_with(gated: tuple[Page, Gated]) -> None:
    page, engine = gated
    address = page.send("\n".join(["三务"] * 200)).headers["Location"]
    told = page.client.get(f"{address}/status").get_json()
    assert (told["state"], told["done"], told["lines"]) == ("running", 0, 200)
    watched = page.client.get(address).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in watched
    assert page.client.get(f"{address}/csv").status_code == 400
    job = page.job(address)
    job._stop.set()
    engine.let.set()
    assert page.post(f"{address}/cancel").status_code == 303
    told = page.client.get(f"{address}/status").get_json()
    assert told["state"] == "cancelled"
    assert told["done"] < 200
    assert "继续" in page.client.get(address).text
    page.post(f"{address}/resume")
    job.wait()
    told = page.client.get(f"{address}/status").get_json()
    assert (told["state"], told["done"], told["same"]) == ("done", 200, 199)
    lines = page.client.get(f"{address}/jsonl").text.splitlines()
    assert [json.loads(line)["line"] for line in lines[:-1]] == list(range(1, 201))


def test_searches_are_answered_while_a_list_is_counted(gated: tuple[Page, Gated]) -> None:
    page, _ = gated
    page.send("三务")
    assert page.client.get("/?q=村务").status_code == 200


def test_what_fails_says_so_and_is_gone_on_with(open_page: Page) -> None:
    class Failing(FakeEngine):
        fails = True

        def counts(self, *arguments: object, **named: object) -> Iterator[Counted]:
            if self.fails:
                raise RuntimeError("broken")
            return super().counts(*arguments, **named)  # type: ignore[arg-type]

    engine = Failing((TOWN,))
    page = Page(engine)
    address = page.counted("三务")
    assert page.client.get(f"{address}/status").get_json()["state"] == "failed"
    engine.fails = False
    page.post(f"{address}/resume")
    page.job(address).wait()
    assert page.client.get(f"{address}/status").get_json()["state"] == "done"


def test_few_are_counted_at_a_time_and_few_are_kept(
    gated: tuple[Page, Gated], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, engine = gated
    first = [page.send("三务").headers["Location"] for _ in range(jobs.MOST_RUNNING)]
    refused = page.send("三务")
    assert refused.status_code == 413
    assert str(jobs.MOST_RUNNING) in refused.text
    engine.let.set()
    for address in first:
        page.job(address).wait()
    for _ in range(jobs.MOST_KEPT):
        page.counted("三务")
    assert [page.client.get(address).status_code for address in first] == [404, 404]


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda page: page.send(""), 400),
        (lambda page: page.send("x" * ((MAX_KB + 128) << 10)), 413),
        (lambda page: page.send("三务", below="street"), 400),
        (lambda page: page.send("三务\n" * 10_001), 413),
        (lambda page: page.send("", file=(io.BytesIO(b"PK\x03\x04"), "a.xlsx")), 400),
        (lambda page: page.client.post("/batch", data={"queries": "三务"}, headers=HERE), 403),
        (lambda page: page.client.get("/batch/unknown"), 404),
        (lambda page: page.client.get("/batch/unknown/status"), 404),
        (lambda page: page.client.get("/batch/unknown/csv"), 404),
        (lambda page: page.post("/batch/unknown/cancel"), 404),
    ],
)
def test_what_cannot_be(open_page: Page, send: Callable[[Page], TestResponse], status: int) -> None:
    assert send(open_page).status_code == status


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"queries": " \r\n"}, "清单里没有检索词"),
        ({"queries": "三务</textarea>\r\n村务", "below": "street"}, "street"),
        ({"queries": "三务", "file": (io.BytesIO(b"PK\x03\x04"), "a.xlsx")}, "<bdi>"),
        ({"queries": "三务\n" * 10_001}, "10001"),
    ],
)
def test_what_is_wrong_stands_above_the_form_as_it_was_sent(
    open_page: Page, fields: dict[str, Any], said: str
) -> None:
    code = TOWN.region[0].code
    page = open_page.send(**({"below": "city"} | fields), crossed="1", region=code).text
    before, _, form = page.partition('<form class="list"')
    assert said in before.partition('role="alert"')[2]
    typed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form, re.DOTALL)
    assert typed
    assert html.unescape(typed[1]) == fields["queries"]
    assert f'<input type="hidden" name="region" value="{code}">' in form
    assert 'name="crossed" value="1" checked' in form
    assert fields.get("below") or '<option value="city" selected>' in form


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_what_is_too_large_to_be_read_is_told_on_the_form(open_page: Page, kind: str) -> None:
    """How much it was and may be, and what to do; the filters are in the address of the form."""
    code = TOWN.region[0].code
    form = open_page.client.get(f"/batch?q=三务&region={code}&literal=1").text
    action = re.search(r'<form class="list" action="([^"]*)"', form)
    assert action
    large = b"x" * ((MAX_KB + 128) << 10)
    refused = open_page.client.post(
        html.unescape(action[1]), data=large, content_type=kind, headers=HERE
    )
    assert refused.status_code == 413
    before, _, form = refused.text.partition('<form class="list"')
    said = before.partition('role="alert"')[2]
    for part in ("2,048 KB", "2,17", "10,000 行", "CSV"):
        assert part in said
    assert f'<input type="hidden" name="region" value="{code}">' in form
    assert '<input type="hidden" name="literal" value="1">' in form
    assert re.search(r"<textarea[^>]*>\n</textarea>", form)


def test_messages_in_a_file_are_in_the_language_of_who_takes_it(open_page: Page) -> None:
    """Beside their keys, which are the same in all."""
    address = open_page.counted("(没关\n的三务")

    def notes(language: str) -> list[dict[str, Any]]:
        open_page.client.set_cookie(COOKIE, language)
        lines = open_page.client.get(f"{address}/jsonl").text.splitlines()
        return [json.loads(line) for line in lines[:-1]]

    chinese, english = notes("zh"), notes("en")
    for mine, theirs in zip(chinese, english, strict=True):
        assert mine.keys() == theirs.keys()
    (wrong, warned), (of_english, warned_of) = chinese, english
    assert wrong["error"]["message"] != of_english["error"]["message"]
    assert wrong["error"]["hint"] != of_english["error"]["hint"]
    assert wrong["error"]["key"] == of_english["error"]["key"]
    assert of_english["error"]["message"].isascii()
    assert [one["key"] for one in warned["warnings"]] == ["punctuation_ignored"]
    assert [one["key"] for one in warned_of["warnings"]] == ["punctuation_ignored"]
    assert warned["warnings"][0]["message"] != warned_of["warnings"][0]["message"]


def test_no_more_lists_at_a_time_keeps_what_was_sent(gated: tuple[Page, Gated]) -> None:
    page, _ = gated
    for _ in range(jobs.MOST_RUNNING):
        page.send("三务")
    refused = page.send("村务\r\n党务")
    assert refused.status_code == 413
    assert "正在计数的清单" in refused.text
    assert re.search(r"<textarea[^>]*>\n村务\r?\n党务</textarea>", refused.text)


def test_the_page_of_a_list_says_what_stands_where(open_page: Page) -> None:
    """The reason under the phrase that is wrong, once; further figures in the files, by their names."""
    page = open_page.client.get(open_page.counted("(没关\n三务")).text
    wrong = next(row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "wrong" in row)
    _, phrase, *others = re.findall(r"<td[^>]*>(.*?)</td>", wrong, re.DOTALL)
    assert re.search(r'</a>\s*<bdi class="why">[^<]+</bdi>', phrase)
    assert others == [""] * 5
    assert "逐年、逐地区的数在下载的文件里" in page
    for label in ("CSV", "Excel", "JSONL", "Markdown"):
        assert f"下载 {label}</a>" in page


def test_what_was_typed_is_escaped(open_page: Page) -> None:
    address = open_page.counted("<script>三务</script>\n三务 AND")
    page = open_page.client.get(address).text
    assert "<script>三务" not in page
    assert "&lt;script&gt;三务" in page
    assert "<script>" not in open_page.client.get("/batch?q=<script>").text.split("<textarea")[1]


def test_lists_have_addresses_that_none_can_guess(open_page: Page) -> None:
    ids = {open_page.counted("三务").rpartition("/")[2] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(job_id) >= 20 for job_id in ids)
