"""Without rjieba, jieba itself serves, and cuts as rjieba does, but for some decimals."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from indexer.text import segment
from indexer.text.fold import fold_spaced
from indexer.text.fold_array import code_units, fold_code_units
from search.local.engine import IndexEngine
from search.model import SearchRequest


def test_jieba_serves_where_rjieba_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def absent(name: str) -> ModuleType:
        if name == "rjieba":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(segment, "import_module", absent)
    segment._segmenter.cache_clear()
    try:
        assert segment.segmenter_name().startswith("jieba ")
        assert segment.words("推进“三务”公开，2017年") == ["推进", "三务", "公开", "2017", "年"]
        starts = segment.word_starts(
            fold_code_units(code_units("推进“三务”公开\n𠮷，a b\n")).spaced
        )
        assert starts.nonzero()[0].tolist() == [0, 2, 4, 6, 7, 9, 10, 11, 12]
    finally:
        segment._segmenter.cache_clear()


def _cuts(text: str) -> tuple[list[str], list[str]]:
    """A folded text's words by jieba and by rjieba."""
    rjieba = pytest.importorskip("rjieba")
    return importlib.import_module("jieba").lcut(text), rjieba.cut(text)


def test_both_cut_the_samples_alike(samples: IndexEngine) -> None:
    for hit in samples.search(SearchRequest(size=100)).reports:
        for line in samples.report(hit.id).lines():
            jieba_cut, rjieba_cut = _cuts(fold_spaced(line.text))
            assert jieba_cut == rjieba_cut


def test_a_decimal_beside_letters_is_what_they_cut_differently() -> None:
    assert _cuts("5.5g汽车") == (["5.5", "g", "汽车"], ["5.5g", "汽车"])


@pytest.mark.parametrize("text", ["", "\n", "甲", "甲\n乙", "甲\n乙\n", "甲\n\n乙丙丁\n"])
@pytest.mark.parametrize("at_once", [0, 1, 3, 100])
def test_pieces_are_whole_lines_and_make_up_the_text(
    text: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "_AT_ONCE", at_once)
    pieces = list(segment._pieces(text))
    assert "".join(pieces) == text
    assert all(piece.endswith("\n") for piece in pieces[:-1])
