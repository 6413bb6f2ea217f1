"""Findings on pages: how they are collected, and which buttons say that they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import fake_reports as samples
import pytest
from collected import TEXT, finding, link, send
from fake_reports import HOSTILE, TOWN
from flask.testing import FlaskClient

from search.links import checksum
from search.saved.findings import Findings
from search.source import FixedSource
from web.app import create_app


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
