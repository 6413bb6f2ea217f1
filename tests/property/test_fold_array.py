"""Lines folded at once are the lines folded one by one; so are their words."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text import fold_array
from indexer.text.fold import fold_spaced, fold_with_origins
from indexer.text.fold_array import GAP, FoldedLines, code_units, fold_code_units, text_of
from indexer.text.segment import tokens, word_starts
from tests.depth import draws

ODD = (
    "。！；?…0123456789abYZ.,．，１Ａ \u3000-、。“”\t政府公開信息务務開与年"
    "㎡ℌ℃ⅡⅧ⑴⒈⑩㈠½…İﬁßſ٣\u0338\u0301\u200b\u200d\ufeff\x00\x01\x02\x03\x04\x05\x0c\r\x1c\x85\u2028"
    "𠮷𠀋𝟏𝐀😀\ufa6c\U0001d15f\U0001d160\U0002f81a\ud840\udfb7\ud800"
)
NUMBERS = st.from_regex(r"[a1][.,，． ]{0,2}[0-9٣]{1,4}[.,年]?", fullmatch=True)
LINES = st.one_of(
    st.text(st.sampled_from(ODD), max_size=12),
    st.lists(NUMBERS, max_size=4).map("".join),
    st.text(st.characters(exclude_characters="\n"), max_size=12),
)


def joined(lines: list[str]) -> tuple[list[str], FoldedLines]:
    """The lines as UTF-16 tells them (two surrogates may meet there), and what they fold to."""
    printed = code_units("".join(f"{line}\n" for line in lines))
    return text_of(printed).split("\n")[:-1], fold_code_units(printed)


def bits(places: list[int], size: int) -> list[bool]:
    return [at in set(places) for at in range(size)]


def code_units_before(text: str, at: int) -> int:
    return len(code_units(text[:at]))


def expected_kept(line: str) -> list[bool]:
    """`kept` of one line by its definition; the "\\n" is the last."""
    folded, origins = fold_with_origins(line)
    places = [code_units_before(line, at) for at in origins]
    for character, at in zip(folded, origins, strict=True):
        if character > "\uffff" and line[at] > "\uffff" and origins.count(at) == 1:
            places.append(code_units_before(line, at) + 1)
    end = len(code_units(line))
    return bits([*places, end], end + 1)


def expected_starts(line: str) -> list[bool]:
    folded = fold_with_origins(line)[0]
    places = [code_units_before(folded, start) for start, _ in tokens(line)]
    end = len(code_units(folded))
    return bits([*places, end], end + 1)


@pytest.mark.parametrize("close", [0, 2, fold_array._CLOSE])
@given(drawn=st.lists(LINES, max_size=6))
@settings(max_examples=draws(400))
def test_lines_at_once_fold_as_one_by_one(drawn: list[str], close: int) -> None:
    with patch.object(fold_array, "_CLOSE", close):
        lines, found = joined(drawn)
    assert text_of(found.folded) == "".join(f"{fold_with_origins(line)[0]}\n" for line in lines)
    assert found.kept.tolist() == [bit for line in lines for bit in expected_kept(line)]
    spaced = [fold_spaced(line).replace("\n", chr(GAP)) for line in lines]
    assert text_of(found.spaced) == "".join(f"{line}\n" for line in spaced)


@given(LINES)
@settings(max_examples=draws(600))
def test_a_line_is_regular_where_its_counts_agree(drawn: str) -> None:
    """Then its kept code units are its origins, one by one, in code units."""
    (line,), found = joined([drawn])
    folded, origins = fold_with_origins(line)
    made = [len(code_units(character)) for character in folded]
    had = [len(code_units(line[at])) for at in origins]
    regular = len(set(origins)) == len(origins) and all(np.array(made) <= np.array(had))
    assert regular == (np.count_nonzero(found.kept) == len(found.folded))
    if regular:
        begins = [code_units_before(line, at) for at in origins]
        expected = [at + k for at, size in zip(begins, made, strict=True) for k in range(size)]
        assert np.flatnonzero(found.kept)[:-1].tolist() == expected


@given(st.lists(LINES, max_size=6))
@settings(max_examples=draws(400))
def test_words_begin_as_line_by_line(drawn: list[str]) -> None:
    lines, found = joined(drawn)
    expected = [bit for line in lines for bit in expected_starts(line)]
    assert word_starts(found.spaced).tolist() == expected


@pytest.mark.parametrize("plane", range(17))
def test_every_code_point_by_itself(plane: int) -> None:
    """A sample of each plane, between letters, where a separator joins."""
    step = 1 if plane == 0 else 97
    characters = [chr(c) for c in range(plane << 16, (plane + 1) << 16, step) if c != 10]
    lines, found = joined([f"a{character}1" for character in characters])
    assert text_of(found.folded) == "".join(f"{fold_with_origins(line)[0]}\n" for line in lines)
    assert found.kept.tolist() == [bit for line in lines for bit in expected_kept(line)]
