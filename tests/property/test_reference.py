"""The engine against the definition of a hit: folding, occurrences, offsets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.fold import fold, fold_with_origins
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests import reference
from tests.depth import draws
from tests.phrases import Lines, check_hits, drawn_phrases, expected_hits

ODD = "。！;…0123456789abZ.,．，１⑴⒈½ 三務公開“”、①Ⅷ٣İﬁß…—\u3000\u200b\u0338\x01\x02\x03"
LINES = st.text(st.sampled_from(ODD)) | st.text(st.characters(exclude_categories=["Cs"]))


@given(LINES)
@settings(max_examples=draws(600))
def test_folding_is_the_reference(line: str) -> None:
    pairs = reference.fold(line)
    expected = "".join(c for c, _ in pairs)
    assert fold(line) == expected
    assert fold_with_origins(line) == (expected, [at for _, at in pairs])


@given(LINES, st.data())
def test_a_piece_folds_to_a_piece(line: str, data: st.DataObject) -> None:
    """Folding is context-free, so a phrase cut from a line folds to a part of its fold."""
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    whole, piece = fold(line), fold(line[start:end])
    assert piece.replace(" ", "").replace(".", "") in whole.replace(" ", "").replace(".", "")


@pytest.fixture(scope="module")
def lines(samples: IndexEngine) -> Lines:
    reports = [samples.report(h.id) for h in samples.search(SearchRequest(size=100)).reports]
    return {report.id: [(line.start, line.text) for line in report.lines()] for report in reports}


@pytest.mark.slow
def test_500_phrases_of_the_samples(samples: IndexEngine, lines: Lines) -> None:
    """Drawn by a fixed seed, across punctuation and spaces; reports, hits and offsets are equal.

    Without depth a third of them."""
    for phrase in drawn_phrases(lines, draws(500), seed=20261122):
        check_hits(samples, phrase, expected_hits(reference.occurrences, phrase, lines))


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=draws(100))
def test_any_phrase_of_the_samples(samples: IndexEngine, lines: Lines, data: st.DataObject) -> None:
    found = lines[data.draw(st.sampled_from(sorted(lines)))]
    line = data.draw(st.sampled_from([text for _, text in found if len(text) > 2]))
    start = data.draw(st.integers(0, len(line) - 2))
    phrase = line[start : start + data.draw(st.integers(2, 14))]
    if fold(phrase) and not set(phrase) & set('"＂″?*？＊'):
        check_hits(samples, phrase, expected_hits(reference.occurrences, phrase, lines))


def test_the_corpus_folder_is_what_was_indexed(samples: IndexEngine) -> None:
    folder = Path(__file__).parents[2] / "corpus"
    for hit in samples.search(SearchRequest(size=100)).reports:
        assert (folder / hit.source).is_file()
