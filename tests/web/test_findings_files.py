"""Findings in files: taken away, read back, taken in."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import fake_reports as samples
import pytest
from collected import ODD, TEXT, finding, link, send
from fake_reports import HOSTILE, TOWN
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from search.saved.database import Database
from search.saved.finding import Facts, Finding
from search.saved.findings import Findings
from search.source import FixedSource
from web.app import create_app
from web.findings import reading
from web.findings.files import WRITERS
from web.findings.markdown import markdown, read_markdown
from web.findings.reading import read_findings

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
