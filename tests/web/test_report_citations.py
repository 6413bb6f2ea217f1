"""Citations of reports and passages, in each form, whatever a report says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from fake_reports import HOSTILE, TOWN, WORK

from indexer.model import Report
from web.report.citations import MAX_QUOTED, bibtex, cited, gbt, plain_text, quotation

HERE = "http://localhost/reports/0123456789ab"
PASSAGE = f"{HERE}/3-9/00000000"
TODAY = date(2026, 3, 5)
BARE = replace(TOWN, issuer=None, published=None, number=None, url=None)
ODD = replace(TOWN, published="2021", url="https://example.invalid/a{b}\\c d")

TOWN_TITLE = "绿水县青山镇人民政府2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            TOWN,
            f"青山镇人民政府. {TOWN_TITLE}[R/OL]. (2021-01-31)[2026-03-05]. "
            "https://example.invalid/zwgk/2020.html.",
        ),
        (BARE, f"{TOWN_TITLE}[R/OL]. [2026-03-05]. {HERE}."),
        (
            replace(BARE, genre="other", issuer="甲办", published="2020-12-01"),
            f"甲办. {TOWN_TITLE}[EB/OL]. (2020-12-01)[2026-03-05]. {HERE}.",
        ),
        (
            ODD,
            f"青山镇人民政府. {TOWN_TITLE}[R/OL]. [2026-03-05]. "
            "https://example.invalid/a%7Bb%7D%5Cc%20d.",
        ),
    ],
)
def test_gbt(report: Report, expected: str) -> None:
    assert gbt(cited(report, HERE, TODAY)) == expected


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            TOWN,
            f"青山镇人民政府. “{TOWN_TITLE}.” January 31, 2021. Accessed March 5, 2026. "
            "https://example.invalid/zwgk/2020.html.",
        ),
        (BARE, f"“{TOWN_TITLE}.” Accessed March 5, 2026. {HERE}."),
    ],
)
def test_plain_text(report: Report, expected: str) -> None:
    assert plain_text(cited(report, HERE, TODAY)) == expected


def test_bibtex() -> None:
    assert bibtex(cited(TOWN, HERE, TODAY, quoted="公开_100%", passage=PASSAGE)).splitlines() == [
        f"@misc{{gongkai-{TOWN.id},",
        "  author = {{青山镇人民政府}},",
        f"  title = {{{{{TOWN_TITLE}}}}},",
        "  year = {2021},",
        "  month = {1},",
        "  day = {31},",
        "  number = {青政发〔2021〕3号},",
        "  url = {https://example.invalid/zwgk/2020.html},",
        "  urldate = {2026-03-05},",
        rf"  note = {{“公开\_100\%” \url{{{PASSAGE}}}}},",
        "}",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "}",
        "{",
        "{{",
        "\\",
        "\\}",
        "%&#_$~^",
        '"',
        "a\nb\r\tc",
        "@misc{x,",
        "\u202e}\u2069",
        "，}}\n@",
    ],
)
def test_nothing_ends_a_field_of_bibtex(title: str) -> None:
    report = replace(TOWN, title=title, issuer=title, number=title, url=None)
    entry = bibtex(cited(report, HERE, TODAY, quoted=title, passage=PASSAGE))
    depth = 0
    for place, character in enumerate(entry):
        depth += (character == "{") - (character == "}")  # as BibTeX counts: escaped ones too
        assert depth > 0 or place < entry.index("{") or place == len(entry) - 1
    assert depth == 0
    assert re.sub(r"\\[%&#_$]|\\text\w+\{\}|\\url", "", entry).count("\\") == 0
    assert not re.search(r"(?<!\\)[%#&$~^]", entry)
    assert len(entry.splitlines()) == len(re.findall("^  |^@misc|^}$", entry, re.M))


def test_a_passage_is_part_of_its_citation() -> None:
    source = cited(TOWN, HERE, TODAY, quoted="第一行\n第二行", passage=PASSAGE)
    assert gbt(source).endswith(f"2020.html.\n引文：“第一行 第二行” {PASSAGE}")
    assert plain_text(source).endswith(f"2020.html. “第一行 第二行” {PASSAGE}")
    first, middle, last = quotation(source).splitlines()
    assert (first, last) == ("“第一行 第二行”", PASSAGE)
    assert middle == gbt(cited(TOWN, HERE, TODAY))


def test_an_address_is_not_said_twice() -> None:
    source = cited(BARE, PASSAGE, TODAY, quoted="三务", passage=PASSAGE)
    assert gbt(source) == f"{TOWN_TITLE}[R/OL]. [2026-03-05]. {PASSAGE}.\n引文：“三务”"


def test_a_long_passage_is_cut_and_controls_are_left_out() -> None:
    assert len(cited(TOWN, HERE, TODAY, quoted="字" * 9_000).quoted) == MAX_QUOTED + 2
    for form in (gbt, plain_text, bibtex):
        assert not set(form(cited(HOSTILE, HERE, TODAY))) & set("\u202e\u2067\u2069")
        assert "javascript" not in form(cited(HOSTILE, HERE, TODAY))
        assert WORK.title in form(cited(WORK, HERE, TODAY))
