"""Files of others: which links and quotes are found in them."""

from __future__ import annotations

import json

import pytest
from collected import LINK, QUOTED, link
from fake_reports import TOWN
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import LimitError, RequestError
from search.links import checksum
from web.findings import reading
from web.findings.reading import read_findings

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
