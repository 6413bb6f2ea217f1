"""Which part of a query says among which reports it looks."""

from __future__ import annotations

import pytest

from search.query.conditions import conditions, regions_asked
from search.query.parse import parse

CASES = [
    ("", "", ()),
    ("公开", "", ()),
    ("地区:江苏", 'region:"江苏"', ("江苏",)),
    ("地区:江苏 公开", 'region:"江苏"', ("江苏",)),
    ("公开 地区:江苏 年份:2018..2020", 'region:"江苏" AND year:2018..2020', ("江苏",)),
    ("(地区:江苏 OR 地区:浙江) 公开", 'region:"江苏" OR region:"浙江"', ("江苏", "浙江")),
    ("(地区:江苏 OR 年份:2019) 公开", 'region:"江苏" OR year:2019', ()),
    ("地区:江苏 地区:南京 公开", 'region:"江苏" AND region:"南京"', ("江苏",)),
    ("-地区:江苏 公开", 'NOT region:"江苏"', ()),
    ("-公开 年份:2019", "year:2019", ()),
    ("地区:江苏 OR 公开", "", ()),
    ("(地区:江苏 公开) OR 内容", "", ()),
    ("标题:公开 地区:江苏", 'region:"江苏"', ("江苏",)),
    ("公开 NEAR/5 内容 section:overview", 'section:"overview"', ()),
]


@pytest.mark.parametrize(("query", "narrowing", "regions"), CASES)
def test_terms_that_look_up_no_text_narrow(
    query: str, narrowing: str, regions: tuple[str, ...]
) -> None:
    found = conditions(parse(query).tree)
    assert str(found) == narrowing
    assert parse(str(found)).tree == found
    assert regions_asked(found) == regions
