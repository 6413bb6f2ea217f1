"""Findings on pages and in files: collected, changed, taken away, taken in, verified."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import fake_reports as samples
import pytest
from fake_reports import HOSTILE, TOWN
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from indexer.errors import LimitError, RequestError
from search.links import checksum
from search.saved.database import Database
from search.saved.finding import Facts, Finding, Passage
from search.saved.findings import Findings
from search.source import FixedSource
from web.app import create_app
from web.findings import reading
from web.findings.files import WRITERS
from web.findings.markdown import markdown, read_markdown
from web.findings.reading import read_findings
from web.urls import passage_url

SAME = {"Sec-Fetch-Site": "same-origin"}
TEXT = TOWN.text()
ODD = "‮<b>&amp;\\*_[x](y)</b>\n\n  =1+1\t| \u3000“引”\u2028# 一\n1. 二\n- 三"
"""All that a format could take for its own."""


@pytest.fixture
def kept(tmp_path: Path) -> Findings:
    return Findings(Database(tmp_path / "i.saved"))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(FixedSource(samples.engine()), saved=Database(tmp_path / "i.saved"))


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


def link(start: int, end: int, report: Any = TOWN) -> str:
    return passage_url(report.id, start, end, checksum(report.text()[start:end]))


def send(reader: FlaskClient, path: str, **fields: Any) -> TestResponse:
    found = re.search(r'name="token" value="(\w+)"', reader.get("/verify").text)
    assert found
    headers = {**SAME, **fields.pop("headers", {})}
    return reader.post(path, data={"token": found[1], **fields}, headers=headers)


def finding(note: str = "", *, quote: str = "三务公开", start: int = 3, label: str = "") -> Finding:
    passage = Passage("0123456789ab", start, start + len(quote), checksum(quote), quote)
    facts = Facts("年报", "甲省 / 乙市", 2020, "disclosure", source="甲/乙.txt")
    times = {"made": "2026-01-02T03:04:05Z", "changed": "2026-01-02T03:04:05Z"}
    return Finding(passage, facts, label, note, **times)


def test_a_passage_or_its_sentence_is_collected(reader: FlaskClient, kept: Findings) -> None:
    start = TEXT.index("“三务”公开台账")
    for field, quoted in (("exact", TEXT[start : start + 6]), ("passage", None)):
        answer = send(reader, "/findings", **{field: link(start, start + 6)})
        assert answer.status_code == 303
        (newest, *_) = kept.every()
        passage = newest.passage
        assert TEXT[passage.start : passage.end] == passage.quote
        assert passage.check == checksum(passage.quote)
        assert passage.quote == quoted or TEXT[start : start + 6] in passage.quote
        assert (newest.facts.title, newest.facts.source) == (TOWN.title, TOWN.source)
    assert len({each.passage for each in kept.every()}) == 2


def test_without_scripts_one_comes_back(reader: FlaskClient) -> None:
    headers = {"Referer": "http://localhost/?q=%E5%85%AC%E5%BC%80"}
    answer = send(reader, "/findings", exact=link(0, 6), headers=headers)
    page = reader.get(answer.location).text
    assert "已摘录。" in page
    assert 'href="/?q=%E5%85%AC%E5%BC%80"' in page
    elsewhere = {"Referer": "http://evil.example//x"}
    again = send(reader, "/findings", exact=link(0, 6), headers=elsewhere)
    page = reader.get(again.location).text
    assert "早已摘录过。" in page
    assert "evil" not in page


def test_a_script_is_told(reader: FlaskClient) -> None:
    headers = {"Accept": "application/json"}
    first, second = (
        send(reader, "/findings", exact=link(0, 6), headers=headers).get_json() for _ in "12"
    )
    assert (first["new"], second["new"]) == (True, False)
    assert second["count"] == reader.get("/findings/count").get_json()["count"] == 1


PRESSED = re.compile('name="(\\w+)" value="[^"]+"[^>]* aria-pressed="true" formaction="([^"]+)"')


def pressed(reader: FlaskClient, path: str, **more: Any) -> list[tuple[str, str]]:
    """Which buttons of a page are: what they collect, and where they lead."""
    return PRESSED.findall(reader.get(path, **more).text)


@pytest.mark.parametrize("path", [f"/?q={quote('公开')}", f"/concordance?q={quote('公开')}"])
def test_a_page_says_what_is_collected(reader: FlaskClient, kept: Findings, path: str) -> None:
    """Exactly where another press would add nothing; whichever page is kept."""
    assert pressed(reader, path) == []
    buttons = re.findall('name="passage" value="([^"]+)"', reader.get(path).text)
    for button in dict.fromkeys(buttons):
        send(reader, "/findings", passage=button)
        number = kept.every()[0].number
        shown = pressed(reader, path)
        assert ("passage", f"/findings/{number}/out") in shown
        assert len({href for _, href in shown}) == kept.count()
    before = kept.count()
    for button in buttons:
        send(reader, "/findings", passage=button)
    assert (kept.count(), len(pressed(reader, path))) == (before, len(buttons))
    for _, href in dict.fromkeys(pressed(reader, path)):
        assert send(reader, href).status_code == 303
    assert (kept.count(), pressed(reader, path)) == (0, [])


def test_a_report_says_what_is_collected(reader: FlaskClient, kept: Findings) -> None:
    start = TEXT.index("“三务”公开台账")
    path = link(start, start + 6)
    for field in ("passage", "exact"):
        send(reader, "/findings", **{field: path})
    exact, sentence = (each.number for each in kept.every())
    assert pressed(reader, path) == [
        ("passage", f"/findings/{sentence}/out"),
        ("exact", f"/findings/{exact}/out"),
    ]
    assert f"{path} {exact} " in reader.get(f"/reports/{TOWN.id}").text
    assert 'data-held=""' in reader.get(f"/reports/{HOSTILE.id}").text


def test_a_finding_whose_words_have_moved_or_gone(reader: FlaskClient, kept: Findings) -> None:
    said = TEXT[:6]
    for quote_, start in ((said, 40), ("没有的话", 0)):
        kept.add(finding(quote=quote_, start=start))
        passage = kept.every()[0].passage._replace(report=TOWN.id)
        kept.merge([replace(finding(), passage=passage)])
    shown = reader.get(f"/reports/{TOWN.id}").text
    assert [each.split(" ")[0] for each in re.findall('data-held="([^"]+)"', shown)] == [link(0, 6)]


def test_a_kept_page_is_another_one_when_findings_are(reader: FlaskClient, kept: Findings) -> None:
    path = f"/?q={quote('公开')}"
    first = reader.get(path)
    again = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    number = kept.add(finding())[0].number
    other = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (other.status_code, other.headers["ETag"] != first.headers["ETag"]) == (200, True)
    kept.edit(number, "甲", "")
    assert reader.get(path).headers["ETag"] == other.headers["ETag"]
    kept.delete(number)
    assert reader.get(path).headers["ETag"] not in (other.headers["ETag"],)


def test_nobody_else_is_shown_what_is_collected(reader: FlaskClient, kept: Findings) -> None:
    """Neither by a name that others gave this machine; nor is a page withheld where the file is damaged."""
    path = link(0, 6)
    send(reader, "/findings", exact=path)
    assert len(pressed(reader, path)) == 1
    foreign = {"base_url": "http://evil.example"}
    assert pressed(reader, path, **foreign) == []
    assert 'data-held=""' in reader.get(path, **foreign).text
    kept._database.path.write_bytes(b"no database" * 999)
    for each in (path, f"/?q={quote('公开')}"):
        answer = reader.get(each)
        assert (answer.status_code, PRESSED.findall(answer.text)) == (200, [])


def test_what_has_a_note_is_not_taken_out(reader: FlaskClient, kept: Findings) -> None:
    """It is shown, on whichever page of findings it stands."""
    number = kept.add(finding("笔记"))[0].number
    kept.merge(finding(start=start) for start in range(100, 160))
    answer = send(reader, f"/findings/{number}/out", headers={"Referer": "http://localhost/x"})
    assert answer.location == f"/findings?page=2&done=finding_described&back=/x#finding-{number}"
    page = reader.get(answer.location).text
    assert "没有取消" in page
    assert f'id="finding-{number}"' in page
    assert reader.get(f"/findings/{number}").location == f"/findings?page=2#finding-{number}"
    told = send(
        reader, f"/findings/{number}/out", headers={"Accept": "application/json"}
    ).get_json()
    assert (told["out"], told["count"]) == (False, 61)
    assert reader.post(f"/findings/{number}/out").status_code == 403


@pytest.mark.parametrize(
    ("label", "note", "said"),
    [
        ("甲", "字<" * 10_000, "有 20000 字，最多 10000 字"),
        ("长" * 101, "二", "有 101 字，最多 100 字"),
    ],
)
def test_what_is_too_long_is_not_cut(
    reader: FlaskClient, kept: Findings, label: str, note: str, said: str
) -> None:
    """It is told, and what was typed stands in the form, whole."""
    number = kept.add(finding("先", label="先"))[0].number
    page = reader.get("/findings").text
    assert "maxlength" not in page[page.index("<main") :]
    form = re.search('name="seen" value="(\\w+)"', page)
    assert form
    sent = {"label": label, "note": note, "seen": form[1], "back": "/findings?label=x"}
    refused = send(reader, f"/findings/{number}", **sent)
    assert refused.status_code == 413
    assert said in refused.text
    assert f"{escape(note)}</textarea>" in refused.text
    assert f'value="{label}"' in refused.text
    assert (kept.every()[0].label, kept.every()[0].note) == ("先", "先")
    again = dict(re.findall('name="(seen|back)" value="([^"]*)"', refused.text))
    answer = send(reader, f"/findings/{number}", label="后", note="后", **again)
    assert answer.location == f"/findings?label=x&done=finding_saved#finding-{number}"


def test_a_note_as_long_as_it_may_be(reader: FlaskClient, kept: Findings) -> None:
    number = kept.add(finding())[0].number
    assert send(reader, f"/findings/{number}", note="字\r\n" * 5_000).status_code == 303
    assert kept.every()[0].note == "字\n" * 5_000


def test_a_selection_that_is_too_long(reader: FlaskClient, kept: Findings) -> None:
    refused = send(
        reader,
        "/findings/import",
        text=json.dumps({"link": LINK, "title": "年报", "quote": "长" * 20_001}),
    )
    assert refused.status_code == 413
    assert "有 20001 字，最多 20000 字" in refused.text
    assert kept.count() == 0


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"exact": "/reports/x"}, 400),
        ({"exact": f"/reports/{TOWN.id}/0-6/00000000"}, 400),
        ({"exact": f"/reports/{TOWN.id}/6-6/00000000"}, 400),
        ({"exact": f"/reports/{'0' * 12}/0-6/00000000"}, 404),
    ],
)
def test_what_cannot_be_collected(
    reader: FlaskClient, kept: Findings, fields: dict[str, str], status: int
) -> None:
    assert send(reader, "/findings", **fields).status_code == status
    assert kept.count() == 0


@pytest.mark.parametrize("path", ["/findings", "/findings/1", "/findings/import", "/verify"])
def test_nothing_is_done_for_another_site(reader: FlaskClient, kept: Findings, path: str) -> None:
    kept.add(finding())
    assert reader.post(path, data={"exact": link(0, 6), "delete": "1"}).status_code == 403
    assert [each.passage for each in kept.every()] == [finding().passage]


def test_label_and_note_are_changed_and_a_finding_deleted(
    reader: FlaskClient, kept: Findings
) -> None:
    number = kept.add(finding())[0].number
    back = "/findings?label="
    answer = send(reader, f"/findings/{number}", label="甲", note=ODD, back=back)
    assert answer.location == f"{back}&done=finding_saved#finding-{number}"
    assert (kept.every()[0].label, kept.every()[0].note) == ("甲", ODD.replace("\r", ""))
    page = reader.get("/findings").text
    assert "&lt;b&gt;&amp;amp;" in page
    assert "<b>&amp;" not in page
    assert send(reader, f"/findings/{number}", delete="1").status_code == 303
    assert kept.count() == 0
    assert send(reader, f"/findings/{number}", label="甲").status_code == 400


def test_two_who_change_a_finding(reader: FlaskClient, kept: Findings) -> None:
    """The second is told, and keeps what was typed."""
    number = kept.add(finding())[0].number
    form = re.search('name="seen" value="(\\w+)"', reader.get("/findings").text)
    assert form
    path = f"/findings/{number}"
    assert send(reader, path, label="甲", note="先", seen=form[1]).status_code == 303
    refused = send(reader, path, label="<乙>", note="后<b>", seen=form[1])
    assert refused.status_code == 409
    assert "刚才已在别处改过" in refused.text
    assert "后&lt;b&gt;</textarea>" in refused.text
    assert 'value="&lt;乙&gt;"' in refused.text
    assert (kept.every()[0].label, kept.every()[0].note) == ("甲", "先")
    form = re.search('name="seen" value="(\\w+)"', refused.text)
    assert form
    assert send(reader, path, label="乙", note="后", seen=form[1]).status_code == 303
    assert kept.every()[0].note == "后"


def test_hostile_numbers_and_times(reader: FlaskClient, kept: Findings) -> None:
    for fields in ({"delete": "1"}, {"label": "x"}):
        assert send(reader, "/findings/99999999999999999999", **fields).status_code == 400
    data = json.dumps({"link": LINK, "made": "\ud800", "changed": "x" * 99_999})
    assert "新增 1 条" in send(reader, "/findings/import", text=data).text
    assert len(kept.every()[0].changed) == 20


def test_the_page_by_label_and_by_pages(reader: FlaskClient, kept: Findings) -> None:
    kept.merge(finding(start=start, label="甲/乙" if start % 2 else "") for start in range(120))
    page = reader.get("/findings").text
    assert page.count('class="finding"') == 50
    assert 'href="/findings?page=3"' in page
    assert reader.get("/findings?page=3").text.count('class="finding"') == 20
    labelled = reader.get("/findings?label=" + quote("甲/乙")).text
    assert "<b>60</b>" in labelled
    assert "这个标签下没有摘录" in reader.get("/findings?label=x").text
    assert reader.get("/findings?page=9").status_code == 200
    assert reader.get("/findings?page=0").status_code == 400


def test_where_nothing_is_kept() -> None:
    reader = create_app(FixedSource(samples.engine())).test_client()
    for path in ("/findings", "/findings.csv", "/findings/count", "/api/findings"):
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "不保存" in answer.text
    assert 'form="collect"' not in reader.get(f"/?q={quote('公开')}").text
    assert "/findings" not in reader.get("/").text


def test_a_button_beside_every_passage(reader: FlaskClient) -> None:
    page = reader.get(f"/?q={quote('公开')}").text
    assert page.count('form="collect"') == page.count('class="passage"') > 0
    lines = reader.get(f"/concordance?q={quote('公开')}").text
    assert lines.count('form="collect"') == lines.count('<td role="cell" class="of"') > 0
    report = reader.get(link(0, 6)).text
    assert report.count('form="collect"') == 4


texts = st.text(
    st.sampled_from("公开\n\t =-1.#>*_[]()<>&;\\`'\"|~$+!:：“”0\u3000\u2028\x85\x0b"), max_size=14
)


@given(st.lists(st.builds(finding, texts, quote=texts.filter(bool), label=texts), max_size=3))
def test_markdown_is_read_back_character_for_character(every: list[Finding]) -> None:
    given = [replace(each, label=" ".join(each.label.split())) for each in every]
    read = list(map(reading.finding_of, read_markdown("".join(markdown(given, "http://h")))))
    assert read == given


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_file_is_read_back(
    reader: FlaskClient, kept: Findings, ending: str, language: str
) -> None:
    """All formats say the same, in either language."""
    reader.set_cookie("gongkai-language", language)
    start = TEXT.index("\n") - 4
    send(reader, "/findings", exact=link(start, start + 30))
    send(reader, "/findings", exact=link(0, 40, HOSTILE))
    kept.merge([finding("一\n二", label="=甲"), finding("@x", start=9), finding("", start=10)])
    answer = reader.get(f"/findings.{ending}")
    assert answer.status_code == 200
    read = read_findings(f"x.{ending}", answer.data)
    assert read == tuple(replace(each, number=0) for each in kept.every())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("sound", [True, False])
def test_what_a_table_makes_harmless_is_read_back(
    reader: FlaskClient, kept: Findings, ending: str, sound: bool
) -> None:
    """An apostrophe of the text's own stays, too; whether or not the check is that of the quote."""
    marks = ("=1", "'=1", "''=1", "+1", "-1", "'-", "@x", "'公开", "＝1", "'＋1", "\t1", "'\n1")
    every = [finding(mark, quote=mark, start=at, label=mark) for at, mark in enumerate(marks)]
    if not sound:
        changed = [each.passage._replace(check="89abcdef") for each in every]
        every = [replace(each, passage=new) for each, new in zip(every, changed, strict=True)]
    kept.merge(every)
    read = read_findings(f"x.{ending}", reader.get(f"/findings.{ending}").data)
    assert read == tuple(replace(each, number=0) for each in kept.every())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_links_that_open_on_this_machine_only_are_told_once(
    tmp_path: Path, kept: Findings, language: str
) -> None:
    """On the page and in each file, with what makes others; not where others reach these pages."""
    kept.merge([finding(), finding(start=9)])
    saved = Database(tmp_path / "i.saved")
    for public, told in (
        (None, 1),
        ("http://127.0.0.1:8000", 1),
        ("http://[::1]:80", 1),
        ("http://reports.example.org", 0),
    ):
        app = create_app(FixedSource(samples.engine()), saved=saved, public_url=public)
        reader = app.test_client()
        reader.set_cookie("gongkai-language", language)
        for path in ("/findings", *(f"/findings.{each}" for each in ("csv", "md", "html"))):
            assert reader.get(path).text.count("--public-url") == told, (public, path)
        about, *_ = read_sheets(reader.get("/findings.xlsx").data)
        assert sum("--public-url" in str(cell) for row in about for cell in row) == told
    everything = [replace(each, number=0) for each in kept.every()]
    assert list(read_findings("x.md", reader.get("/findings.md").data)) == everything


def read_sheets(data: bytes) -> list[list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]


def test_the_page_that_needs_nothing_but_itself(reader: FlaskClient, kept: Findings) -> None:
    kept.add(replace(finding(ODD, label="<i>"), facts=Facts(title=ODD, source=ODD, original=ODD)))
    page = reader.get("/findings.html").text
    assert not re.findall(r"<(?:script|link|img|iframe)|url\(|@import|<b>|<i>", page)
    assert read_findings("x.html", page.encode())[0].note == ODD


def test_a_colleagues_file_is_taken_in(reader: FlaskClient, kept: Findings, tmp_path: Path) -> None:
    kept.add(finding("我的", label="甲"))
    theirs = Findings(Database(tmp_path / "j.saved"))
    theirs.merge([finding("他的", label="乙"), finding("新", start=8)])
    data = "".join(markdown(theirs.every(), "http://x")).encode()
    page = send(reader, "/findings/import", file=(BytesIO(data), "他.md")).text
    assert "新增 1 条；已有 0 条；补上标签或笔记 0 条；不一致 1 条" in page
    assert "都保留了我的" in page
    assert "他的" in page
    assert {each.note for each in kept.every()} == {"我的", "新"}
    again = send(reader, "/findings/import", file=(BytesIO(data), "他.md"), conflict="both").text
    assert "新增 0 条；已有 1 条" in again
    assert "我的\n\n他的\n\n乙" in {each.note for each in kept.every()}
    assert (
        send(reader, "/findings/import", file=(BytesIO(data), "x"), conflict="x").status_code == 400
    )
    assert send(reader, "/findings/import").status_code == 400


def test_links_alone_get_their_quotes(reader: FlaskClient, kept: Findings) -> None:
    """Those of reports that are not here cannot be taken in."""
    text = f"见 http://h{link(0, 6)} 和 /reports/{'0' * 12}/0-6/00000000"
    page = send(reader, "/findings/import", file=(BytesIO(text.encode()), "x.txt")).text
    assert "新增 1 条" in page
    assert "1 条没有引文" in page
    (only,) = kept.every()
    assert (only.passage.quote, only.facts.title) == (TEXT[:6], TOWN.title)


QUOTED = TEXT[:6]
LINK = link(0, 6)
BARE = ("0", "")


@pytest.mark.parametrize(
    ("name", "data", "quotes"),
    [
        ("x.csv", f"链接,引文\r\nhttp://h{LINK},{QUOTED}\r\n", [QUOTED]),
        ("x.csv", f"a,b,c\n1,{QUOTED},http://h{LINK}#passage\n", [QUOTED]),
        ("x.csv", f"a,b\n{LINK},别的\n", [""]),
        ("x.csv", f"{LINK}\n\n{LINK}\n", ["", ""]),
        ("x.tsv", f"link\tquote\n{LINK}\t{QUOTED}\n", [QUOTED]),
        ("x.md", f"据报告：“{QUOTED}”（[见]({LINK}?q=1)）。", [QUOTED]),
        ("x.md", f"> {QUOTED}\n\n{LINK}", [QUOTED]),
        ("x.txt", f"{QUOTED}\n{LINK}", [QUOTED]),
        ("x.txt", f"“别的” {LINK} “{QUOTED}”", [QUOTED]),
        ("稿", f"甲{LINK}乙", [""]),
        ("x.txt", f"底稿“留存五年”（http://127.0.0.1:8000{LINK}）", ["留存五年"]),
        (
            "x.md",
            f"据报告：「留存“五”年」。[见某县二〇二〇年度报告](http://h{LINK}?q=1)。",
            ["留存“五”年"],
        ),
        ("x.md", f"[『留存五年』]({LINK})", ["留存五年"]),
        ("x.txt", f'报告称 "留存五年"，{LINK}', ["留存五年"]),
        ("x.md", f"> 留存\n> 五年\n\n——某县年报，[见此]({LINK})", ["留存\n五年"]),
        ("x.md", f"> 留存五年 ——某县 {LINK}", ["留存五年"]),
        ("x.txt", f"“留存五年”\n来源：{LINK}", ["留存五年"]),
        ("x.txt", f"{LINK}\n“留存五年”\n只在本机", ["留存五年"]),
        ("x.txt", f"“{QUOTED}”在先。\n“留存五年”（{LINK}）", ["留存五年"]),
        (
            "x.html",
            f"<!doctype html><blockquote>留存<b>五</b>年</blockquote><p><a href='{LINK}'>见</a>",
            ["留存五年"],
        ),
        ("x.html", f"<!doctype html><p>甲<a href='{LINK}'>“留存五年”</a>", ["留存五年"]),
        ("x.txt", f"{LINK}\n“留存五年”\n{LINK}\n“六年”\n", ["留存五年", "六年"]),
        ("x.txt", f"见{LINK}，“六年”{LINK}", ["", "六年"]),
        # what is no quote of the link's
        ("x.txt", f"又见 {LINK}。\n“十四五”期间", [""]),
        ("x.txt", f"又见 {LINK}\n“十四五”期间", [""]),
        ("x.txt", f"又见 {LINK}。“十四五”期间", [""]),
        ("x.txt", f"他说“甲”。另据某县年度报告，留存期为三年（{LINK}）", [""]),
        ("x.txt", f"“没有说完\n{LINK}", [""]),
        ("x.md", f'<a class="x" href="{LINK}">见</a>', [""]),
        ("x.html", f"<!doctype html><p>“{QUOTED}”<a href='{LINK}'>见</a>", [QUOTED]),
        ("x.json", json.dumps({"findings": [{"link": LINK, "quote": QUOTED}]}), [QUOTED]),
        ("x.jsonl", json.dumps({"link": LINK}) + "\n{}\n", [""]),
        ("x.json", "[" + LINK, [""]),
        ("x.txt", f"link\tquote\n{LINK}\t{QUOTED}\n", [QUOTED]),
        ("x.md", f"## 1. 甲\n\n> {QUOTED}\n\n- **link**: {LINK}\n\n{LINK}", [QUOTED]),
    ],
)
def test_any_file_with_links(name: str, data: str, quotes: list[str]) -> None:
    for encoded in (data.encode(), data.encode("utf-8-sig"), data.encode("gb18030")):
        found = read_findings(name, encoded)
        assert [each.passage.quote for each in found] == quotes
        assert {each.passage[:4] for each in found} == {(TOWN.id, 0, 6, checksum(QUOTED))}


@pytest.mark.parametrize("ending", ["csv", "md", "html", "txt"])
def test_no_link_of_a_file_is_passed_over(ending: str) -> None:
    """However much of it is ours: a second one in a row, one that was written beneath."""
    more, last = link(9, 15), link(20, 26)
    files = {
        "csv": f"link,quote,x\n{LINK},{QUOTED},{more}和{last}\n",
        "md": f"## 1. 甲\n\n> {QUOTED}\n\n- **link**: {LINK}\n\n又见 {more}\n{last}",
        "html": f"<html><article data-finding='{json.dumps({'link': LINK, 'quote': QUOTED})}'>"
        f"</article><a href='{LINK}'>1</a><p>{more}<a href='{last}'>3</a>",
        "txt": f"“{QUOTED}”{LINK}\n{more}{last}",
    }
    found = read_findings(f"x.{ending}", files[ending].encode())
    assert [each.passage.start for each in found] == [0, 9, 20]
    assert found[0].passage.quote == QUOTED


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("x.csv", b"", "findings_no_link"),
        ("x.csv", b"link,quote\n", "findings_no_link"),
        ("x.txt", b"/reports/0123456789ab/9-3/89abcdef", "findings_no_link"),
        ("x.xlsx", b"PK\x03\x04nothing", "findings_unreadable"),
        ("x.bin", bytes(range(256)) * 9, "findings_unreadable"),
        ("x.csv", b'link\n"' + LINK.encode() + b"x" * (1 << 20), "findings_broken"),
        ("x.json", b"[" * 100_000, "findings_no_link"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, data: bytes, key: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_findings(name, data)
    assert refused.value.message.key == key


@given(st.text(st.sampled_from(f'{LINK}<>{{}}[]"\n,# “”\t>&')))
def test_hostile_files_raise_only_our_errors(text: str) -> None:
    for name in ("x.csv", "x.md", "x.html", "x.json", "x"):
        try:
            assert read_findings(name, f"{text}{LINK}{text}".encode())
        except RequestError:
            continue


def test_a_file_of_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 2)
    with pytest.raises(LimitError):
        read_findings("x.txt", f"{LINK} {LINK} {LINK}".encode())


@pytest.fixture
def mixed() -> str:
    """A text with an exact quote, one that moved, one that changed and one whose report is gone."""
    moved = passage_url(TOWN.id, 9, 15, checksum(QUOTED))
    return (
        f"“{QUOTED}”{LINK} “{QUOTED}”{moved}\n/reports/{TOWN.id}/0-6/00000000\n"
        f"/reports/{'0' * 12}/0-6/00000000"
    )


def test_verifying_on_the_page(reader: FlaskClient, mixed: str, kept: Findings) -> None:
    page = send(reader, "/verify", text=mixed).text
    found = re.findall(r'<li class="(\w+)">\s*<p class="outcome">', page)
    assert found == ["gone", "changed", "moved", "exact"]
    assert kept.count() == 0
    uploaded = send(reader, "/verify", file=(BytesIO(mixed.encode()), "<稿>.txt")).text
    assert "&lt;稿&gt;.txt" in uploaded
    assert "粘贴的文字：4 条" in page
    for text, said in (("", "没有选择文件"), ("没有<链接>", "“粘贴的文字”中没有引用链接")):
        refused = send(reader, "/verify", text=text)
        assert refused.status_code == 400
        assert refused.text.index(said) < refused.text.index("</textarea>")
        assert f"{escape(text)}</textarea>" in refused.text
    kept.add(finding())
    assert 'class="gone"' in send(reader, "/verify", findings="1").text


@pytest.mark.parametrize(
    ("draft", "outcome", "said"),
    [
        ("底稿“{there}”（http://127.0.0.1:8000{link}）", "exact", "全部都在"),
        ("底稿“{false}”（http://127.0.0.1:8000{link}）", "changed", "引文与报告不符"),
        ("> {false}\n\n[见报告]({link})", "changed", "引文与报告不符"),
        ("<!doctype html><q>“{false}”</q><a href='{link}'>见</a>", "changed", "引文与报告不符"),
        ("底稿说留存五年（{link}）", "exact", "其中 1 条只核对了链接，没有引文可核对"),
        ("所谓“<b>阳光</b>”，“{there}”（{link}）", "exact", "没有核对：“&lt;b&gt;阳光&lt;/b&gt;”"),
        ("“{there}”与“{false}”（{link}）", "changed", "同句有 2 处引文，比对的是这一处"),
    ],
)
def test_a_draft(reader: FlaskClient, draft: str, outcome: str, said: str) -> None:
    """A falsified quote is told, and what no quote stands beside is not called sound."""
    false = f"{QUOTED[:2]}假{QUOTED[3:]}"
    text = draft.format(there=QUOTED, false=false, link=LINK)
    shown = send(reader, "/verify", text=text).text
    assert re.findall(r'<li class="(\w+)">\s*<p class="outcome">', shown) == [outcome]
    assert said in shown
    assert ("全部都在" in shown) == (said == "全部都在")
    assert (QUOTED in shown) or "留存五年" in draft
    assert ("另有引文没有核对" in shown) == ("阳光" in draft)


def test_an_article_that_is_taken_in(reader: FlaskClient, kept: Findings) -> None:
    """Its links are findings of what the reports say, not of how the article has it."""
    send(reader, "/findings/import", text=f"“{QUOTED[:3]}”（{LINK}）")
    assert [each.passage.quote for each in kept.every()] == [QUOTED]


def test_the_api(reader: FlaskClient, kept: Findings) -> None:
    asked = f"/api/verify?link={LINK}&link={quote('http://h' + LINK)}&quote={quote(QUOTED)}&quote=x"
    answer = reader.get(asked).get_json()
    assert answer["counts"] == {"exact": 1, "moved": 0, "changed": 1, "gone": 0}
    assert [each["why"][0]["key"] for each in answer["quotes"] if each["why"]] == [
        "verify_misquoted"
    ]
    assert answer["quotes"][0]["url"] == LINK
    for bad, status in (("", 400), ("?link=x", 400), ("?link=" + "&link=".join([LINK] * 101), 413)):
        assert reader.get(f"/api/verify{bad}").status_code == status
    kept.merge([finding("一", label="甲"), finding(start=9)])
    every = reader.get("/api/findings").get_json()["findings"]
    assert [each["number"] for each in every] == [2, 1]
    labelled = reader.get("/api/findings?label=" + quote("甲")).get_json()["findings"]
    assert [each["note"] for each in labelled] == ["一"]


@pytest.fixture(autouse=True)
def no_other_limit() -> Iterator[None]:
    """Reading a table leaves the library's limit as it was."""
    import csv

    before = csv.field_size_limit()
    yield
    assert csv.field_size_limit() == before
