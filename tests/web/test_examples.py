"""The queries that start page and READMEs tell newcomers to try find something in the samples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search.local.engine import IndexEngine
from search.model import SearchRequest
from web.texts.frame import EXAMPLES

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def _queries(readme: str) -> list[str]:
    """The queries in the first column of the table; a field without a value is none."""
    text = (ROOT / readme).read_text("utf-8")
    cells = re.findall(r"^\| (`.*?) \|", text, re.M)
    typed = [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
    return [query for query in typed if not query.endswith(":")]


@pytest.mark.parametrize("query", [q for q, _ in EXAMPLES] + _queries(READMES[0]))
def test_every_example_finds_something(samples: IndexEngine, query: str) -> None:
    assert samples.search(SearchRequest(q=query)).total.reports > 0


def test_both_readmes_show_the_same_queries() -> None:
    english, chinese = map(_queries, READMES)
    assert len(english) > 10
    assert english == chinese
