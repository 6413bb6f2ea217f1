"""Files that were rejected, summed up by why."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from indexer.messages import CATALOGUE, Message
from indexer.pipeline.corpus import Rejected
from indexer.pipeline.tally import Summary
from web.rejected import cause_of, causes, mend_told
from web.said import told
from web.terminal.summary import MOST_LISTED, print_summary
from web.texts.rejected import TEXTS

ZIP = Message("not_text", kind=Message("kind_zip"))
ROW = Message("csv_row", line=3, what=Message("csv_bad_year", cell="去年"))
OTHER_ROW = Message("csv_row", line=5, what=Message("csv_bad_year", cell="今年"))


def test_a_cause_says_what_its_reasons_have_in_common() -> None:
    refused = [
        ("b.zip", ZIP),
        ("乙/metadata.csv", ROW),
        ("a.txt", Message("undecodable", tried=("utf-8", "gb18030"))),
        ("甲/metadata.csv", OTHER_ROW),
        ("c.txt", Message("broken_document", error="PDF")),
        ("d.txt", Message("broken_document", error="docx")),
        ("e.txt", Message("broken_document", error="PDF")),
    ]
    found = causes(refused)
    assert [(cause.key, cause.files, cause.example) for cause in found] == [
        ("broken_document", 3, "c.txt"),
        ("csv_row.csv_bad_year", 2, "乙/metadata.csv"),
        ("not_text.kind_zip", 1, "b.zip"),
        ("undecodable", 1, "a.txt"),
    ]
    assert [told(cause.reason) for cause in found][:2] == [
        "文件残缺或损坏：…",
        "第 … 行：year 应为四位数字，读到的是“…”；这一格已忽略",
    ]
    assert told(found[3].reason) == told(refused[2][1])
    assert [cause.mend for cause in found] == [
        *("mend_broken_document", "mend_csv_row", "mend_kind_zip", "mend_undecodable"),
    ]


def test_a_reason_of_several_messages_and_one_that_nobody_knows() -> None:
    several = Message("csv_row", line=3, what=(Message("csv_no_source"), Message("not_a_file")))
    assert cause_of(several) == "csv_row.csv_no_source"
    (unknown,) = causes([("a", Message("of_a_later_version"))])
    assert (unknown.key, mend_told(unknown)) == ("of_a_later_version", "")
    assert causes([]) == []


@pytest.mark.parametrize("key", TEXTS)
def test_what_to_do_is_said_of_a_reason_that_there_is(key: str) -> None:
    assert key.removeprefix("mend_") in CATALOGUE


@pytest.mark.parametrize(
    ("count", "terminal", "listed"),
    [(MOST_LISTED, True, True), (MOST_LISTED + 1, True, False), (MOST_LISTED + 1, False, True)],
)
def test_a_terminal_sums_up_what_is_too_much_for_it(
    count: int,
    terminal: bool,
    listed: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rejected = [Rejected(f"{n:03}.txt", Message("empty_file")) for n in range(count)]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    print_summary(Summary(rejected=rejected), Path("index"))
    said = capsys.readouterr().err
    assert ("009.txt：" in said) is listed
    assert (f"{count} 个：文件是空的" in said) is not listed
    assert ("例如 000.txt" in said) is not listed
