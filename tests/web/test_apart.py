"""Phrases typed side by side, taken apart."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from indexer.errors import LimitError
from web.apart import apart
from web.params import MAX_ALSO, read_shown


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("放管服", ["放管服"]),
        ("放管服、营商环境", ["放管服", "营商环境"]),
        ("甲，乙,丙；丁;戊\n己\r\n庚", list("甲乙丙丁戊己庚")),
        (" 甲 ，， 乙、\n\n、甲", ["甲", "乙"]),
        ("“甲、乙”，丙", ["“甲、乙”", "丙"]),
        ("(甲，乙) OR 丙、丁", ["(甲，乙) OR 丙", "丁"]),
        ("“甲、（乙，丙”、丁", ["“甲、（乙，丙”", "丁"]),
        ("1,000 个，2,a", ["1,000 个", "2", "a"]),
        ("甲、(、乙", ["甲", "(", "乙"]),
        ("“甲，乙", ["“甲", "乙"]),
        ("、，", []),
        ("", []),
    ],
)
def test_apart(typed: str, phrases: list[str]) -> None:
    assert list(apart(typed)) == phrases


@pytest.mark.parametrize(
    ("given", "also"),
    [
        ([("also", "政治、经济\n甲"), ("add", "乙、甲，丙")], ["政治、经济", "甲", "乙", "丙"]),
        ([("add", "")], []),
        ([("add", "甲\n乙")], ["甲", "乙"]),
    ],
)
def test_what_is_added_joins_the_queries_compared(
    given: list[tuple[str, str]], also: list[str]
) -> None:
    """A query of a link is never taken apart."""
    assert list(read_shown(MultiDict(given)).also) == also


def test_what_is_added_counts() -> None:
    kept = [("also", f"词{n}") for n in range(MAX_ALSO)]
    with pytest.raises(LimitError):
        read_shown(MultiDict([*kept, ("add", "又一个")]))
