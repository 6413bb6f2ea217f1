"""Findings that are changed or refused, and their page."""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import quote

import pytest
from collected import LINK, ODD, finding, link, send
from fake_reports import TOWN
from flask.testing import FlaskClient

from search.saved.findings import Findings


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
