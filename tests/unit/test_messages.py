"""Messages: that the catalogue and the sources agree, and how a message is worded."""

from __future__ import annotations

import ast
import importlib
import json
import pickle
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import messages
from indexer.errors import QueryError
from indexer.messages import (
    CATALOGUE,
    LANGUAGES,
    Language,
    Message,
    Part,
    Value,
    as_json,
    from_json,
    parts,
    word,
)

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for path in [
        ROOT / "gongkai.py",
        *(p for f in ("indexer", "search", "web") for p in (ROOT / f).rglob("*.py")),
    ]
    if path.parent != ROOT / "indexer" / "messages"
]
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Where a message is made, and the call that makes it."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                yield f"{path.relative_to(ROOT)}:{node.lineno}:{node.col_offset}", node


def test_messages_have_their_rows_and_fill_their_holes() -> None:
    made = dict(calls())
    for place, call in made.items():
        (key,) = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        assert key in CATALOGUE, place
        told = {keyword.arg for keyword in call.keywords}
        assert told == holes(CATALOGUE[str(key)][0]), place
    used = {ast.literal_eval(call.args[0]) for call in made.values()}
    assert set(CATALOGUE) == used


def test_no_row_hides_another() -> None:
    names = (found.name for found in pkgutil.iter_modules(messages.__path__))
    topics = [importlib.import_module(f"indexer.messages.{name}") for name in names]
    assert sum(len(topic.MESSAGES) for topic in topics) == len(CATALOGUE)


def test_both_languages_have_the_same_holes() -> None:
    for key, (chinese, english) in CATALOGUE.items():
        assert holes(chinese) == holes(english), key
        assert not HAN.search(english), key


@pytest.mark.parametrize(
    ("message", "chinese", "english"),
    [
        (Message("empty_file"), "文件是空的", "The file is empty"),
        (
            Message("in_one_piece", typed="三务", count=12345),
            "连写“三务”的报告有 12,345 份",
            'Reports that have "三务" in one piece: 12,345.',
        ),
        (Message("bad_number", name="page", value=0), "参数 page 不能是 0", "page cannot be 0"),
        (Message("allowed_values", allowed=("1", "0")), "1、0。", "values: 1, 0."),
        (
            Message("not_text", kind=Message("kind_rar")),
            "不是文本：内容是RAR 压缩包",
            "Not text: the file is a RAR archive",
        ),
        (
            Message("csv_row", line=3, what=(Message("csv_no_source"), Message("not_a_file"))),
            "第 3 行：没有写 source；这一行已忽略；不是普通文件",
            "Line 3: source is empty; this row was ignored; Not a regular file",
        ),
        (Message("no_such_region", name="{name}"), "“{name}”", '"{name}"'),
        (Message("another version's"), "another version's", "another version's"),
        (Message("no_such_region"), "没有名为“…”的地区", '"…"'),
        (Message("in_one_piece", typed="x", count="many"), "有 many 份", "piece: many."),
    ],
)
def test_wording(message: Message, chinese: str, english: str) -> None:
    assert chinese in word(message, "zh")
    assert english in word(message, "en")


def test_values_are_told_from_our_words() -> None:
    """Of a nested message, too; what is in no table may be anything."""
    row = Message("csv_row", line=7, what=Message("csv_no_file", source="甲.txt"))
    assert list(parts(row, "en")) == [
        Part("Line ", value=False),
        Part("7", value=True),
        Part(": ", value=False),
        Part("There is no file ", value=False),
        Part("甲.txt", value=True),
        Part("; this row was not used", value=False),
    ]
    assert list(parts(Message("旧的一句话"), "en")) == [Part("旧的一句话", value=True)]
    several = parts(Message("allowed_values", allowed=("甲", "乙")), "en")
    assert [part.text for part in several if part.value] == ["甲", "乙"]


def test_messages_are_values() -> None:
    one = Message("years_reversed", first=2, last=1)
    assert one == Message("years_reversed", last=1, first=2)
    assert hash(one) == hash(Message("years_reversed", last=1, first=2))
    assert one != Message("years_reversed", first=1, last=2)


def test_an_error_reads_as_its_message_and_keeps_its_parts_between_processes() -> None:
    error = QueryError(Message("brackets_empty"), position=3, hint=Message("brackets_empty_hint"))
    again = pickle.loads(pickle.dumps(error))
    for each in (error, again):
        assert str(each).startswith("括号里没有检索词 — 写上要查的词")
        assert "\nThere is nothing to search for in the brackets — Type" in str(each)
        assert (each.message, each.hint) == (error.message, error.hint)
        assert each.position == 3


TEXTS = st.text(max_size=20)
PLAIN = TEXTS | st.integers() | st.floats(allow_nan=False) | st.lists(TEXTS).map(tuple)
NAMES = st.sampled_from(sorted({hole for both in CATALOGUE.values() for hole in holes(both[0])}))
KEYS = st.sampled_from(sorted(CATALOGUE)) | TEXTS


def made(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Message]:
    return st.builds(
        lambda key, values: Message(key, **values), KEYS, st.dictionaries(NAMES, values)
    )


MESSAGES = made(
    st.recursive(PLAIN, lambda v: made(v) | st.lists(made(v), max_size=3).map(tuple), max_leaves=5)
)


@given(MESSAGES)
def test_json_keeps_a_message(message: Message) -> None:
    assert from_json(json.loads(json.dumps(as_json(message)))) == message
    assert pickle.loads(pickle.dumps(message)) == message


@given(MESSAGES, st.sampled_from(LANGUAGES))
def test_any_message_can_be_worded(message: Message, language: Language) -> None:
    """An index may hold what another version, or nobody, wrote."""
    assert word(message, language) == "".join(part.text for part in parts(message, language))


def test_long_hostile_values_are_no_trouble() -> None:
    long = "{0}{key!r:>99}%s“”" * 20_000
    for key, row in CATALOGUE.items():
        message = Message(key, **dict.fromkeys(holes(row[0]), long))
        for language, sentence in zip(LANGUAGES, row, strict=True):
            names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
            assert word(message, language).count(long) == len(names), (key, language)
