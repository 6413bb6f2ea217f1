"""Reading: whatever the bytes are, a document or an UnreadableError comes of them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableError
from indexer.reading import Document, read
from indexer.reading.formats import BY_NAME

NAMES = st.sampled_from(sorted(f"a{suffix}" for suffix in BY_NAME))
TOKENS = (
    "<p> </p> <b> </b> <table> <tr> <td> </table> <!-- --> ---\n &#13; &nbsp; <nav> ```\n ](a) **"
    " <h2> <pre> <br> <form> <select> <svg> <title> <template> a: |-|\n"
)
CHARACTERS = list("甲，。 \t\n\r\u3000\u2028\x00&;#|>-=*_`[]()!\\~<")
MARKUP = st.lists(st.sampled_from(TOKENS.split(" ") + CHARACTERS), max_size=60).map("".join)
PHRASES = [
    "主动公开政府信息",
    "依申请公开",
    "全县各乡镇",
    "，",
    "。",
    "“三务”公开",
    "工作情况",
    "2019年",
    "、",
]
TRADITIONAL = [
    "主動公開政府資訊",
    "依申請公開",
    "全縣各鄉鎮",
    "，",
    "。",
    "工作情況",
    "2019年",
    "、",
]


def sentences(phrases: list[str]) -> st.SearchStrategy[str]:
    texts = st.lists(st.sampled_from(phrases), min_size=8, max_size=40).map("".join)
    return texts.filter(lambda text: len(text) >= 20 and any(c > "\u4e00" for c in text[:9]))


def check(name: str, data: bytes) -> None:
    with suppress(UnreadableError):
        check_document(read(name, data))


def check_document(document: Document) -> None:
    assert document.lines
    for line in document.lines:
        text = line.text.lstrip("\t") if line.row else line.text  # a row may begin with empty cells
        assert text == text.strip() != ""
        assert len(line.text.splitlines()) == 1
        assert 0 <= line.bold <= len(line.text)
        assert 0 <= line.heading <= 6
    assert all(0 < len(piece.text) <= 200 and piece.reason for piece in document.dropped)
    document.lines[0].text.encode("utf-8")


@given(NAMES, st.binary(max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    check(name, data)


@given(NAMES, MARKUP, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_markup(name: str, text: str, codec: str) -> None:
    check(name, text.encode(codec))


@given(NAMES, st.text(max_size=200))
def test_any_text(name: str, text: str) -> None:
    check(name, text.encode("utf-8", "ignore"))


@given(st.lists(sentences(PHRASES), max_size=4), st.integers(16, 30), st.integers(0, 2))
def test_no_character_of_a_wrapped_text_is_lost(texts: list[str], column: int, indent: int) -> None:
    whole = ["\u3000" * indent + text for text in ["全县各乡镇公开三务", *texts]]
    lines = [text[at : at + column] for text in whole for at in range(0, len(text), column)]
    found = [line.text for line in read("a.txt", "\n".join(lines).encode()).lines]
    assert "".join(found) == "".join(lines).replace("\u3000", "")
    starts = {text.strip() for text in lines}
    assert all(any(line.startswith(start) for start in starts) for line in found)


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@given(text=sentences(PHRASES))
def test_round_trip(codec: str, text: str) -> None:
    assert [line.text for line in read("a.txt", text.encode(codec)).lines] == [text]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "gb18030", "big5", "big5hkscs"])
@given(text=sentences(TRADITIONAL))
def test_round_trip_traditional(codec: str, text: str) -> None:
    assert [line.text for line in read("a.txt", text.encode(codec)).lines] == [text]
