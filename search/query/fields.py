"""Fields: their names, and what may stand after the colon.

A name stands at the start of an item; Traditional, full-width and capital letters are understood.
A colon after any other word is punctuation. Of a value its quotes go.

- `year` takes one year or a range (.. - ~ 至 到), Chinese digits and 年 too; an end may stay open.
- `section` and `genre` take a facet value or its label.
- `region` and `issuer` are kept as typed: the engine knows the names.
- `title` takes any text; of a bare chunk, every word must stand in the title.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.errors import QueryError
from indexer.messages import Message
from indexer.text.fold import fold
from search.labels import FACET_LABELS, value_of
from search.query.layout import QUOTES
from search.query.tree import Field, Years

_NAMES = {
    "title": "title 标题",
    "region": "region 地区",
    "year": "year 年份",
    "section": "section 栏目",
    "genre": "genre 体裁",
    "issuer": "issuer 机构",
}
_FIELD = {fold(spelling): name for name, both in _NAMES.items() for spelling in both.split()}

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = r"(?:([1-9]\d{3})年?度?)"
_ONE_YEAR = re.compile(_YEAR, re.ASCII)
_YEARS = re.compile(rf"{_YEAR}?(?:\.{{2,}}|[-—–~]+|至|到){_YEAR}?", re.ASCII)


def field_name(typed: str) -> str | None:
    """The field that is called so, if one is."""
    return _FIELD.get(fold(typed))


def read_field(name: str, typed: str, position: int) -> Field | Years:
    """The node of any field but title. QueryError at `position`, where the value stands."""
    value = "".join(char for char in typed if char not in QUOTES).strip()
    if not fold(value):
        raise empty_field(name, position)
    if name == "year":
        return _years(value, position)
    if name == "section":
        return _facet_value(name, value, Message("no_such_section", value=value), position)
    if name == "genre":
        return _facet_value(name, value, Message("no_such_genre", value=value), position)
    return Field(name, value)


def empty_field(name: str, position: int) -> QueryError:
    """The error of a field that has no value."""
    return QueryError(
        Message("field_empty", name=name),
        position=position,
        hint=Message("field_empty_hint", name=name, example=_EXAMPLES[name]),
    )


_EXAMPLES = {
    "title": 'title:"工作报告"',
    "region": "region:内蒙古",
    "year": "year:2015..2018",
    "section": "section:overview",
    "genre": "genre:disclosure",
    "issuer": "issuer:财政局",
}


def _years(value: str, position: int) -> Years:
    plain = unicodedata.normalize("NFKC", value).translate(_DIGITS).rstrip(",。;、 ")
    if one := _ONE_YEAR.fullmatch(plain):
        return Years(int(one[1]), int(one[1]))
    span = _YEARS.fullmatch(plain)
    if span is None or not (span[1] or span[2]):
        raise QueryError(
            Message("year_unreadable", value=value),
            position=position,
            hint=Message("year_unreadable_hint"),
        )
    first, last = (int(year) if year else None for year in span.groups())
    if first is not None and last is not None and first > last:
        raise QueryError(
            Message("years_reversed", first=first, last=last),
            position=position,
            hint=Message("years_typed_hint", first=last, last=first),
        )
    return Years(first, last)


def _facet_value(name: str, value: str, unknown: Message, position: int) -> Field:
    found = value_of(name, value)
    if found is not None:
        return Field(name, found)
    allowed = tuple(f"{label}（{code}）" for code, label in FACET_LABELS[name].items())
    raise QueryError(unknown, position=position, hint=Message("allowed_values", allowed=allowed))
