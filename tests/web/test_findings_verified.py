"""Quotes and links that are verified, on the page and over the API."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from urllib.parse import quote

import pytest
from collected import LINK, QUOTED, finding, send
from fake_reports import TOWN
from flask.testing import FlaskClient

from search.links import checksum
from search.saved.findings import Findings
from web.urls import passage_url


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
