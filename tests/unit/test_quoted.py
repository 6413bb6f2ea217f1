"""A quoted passage is found wherever it was cut: in the samples, by its words alone."""

from __future__ import annotations

import random

import pytest

from indexer.errors import QueryError
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.quoted import Quoted, find
from web.report.citations import shortened


def reports(samples: IndexEngine) -> list[str]:
    return [hit.id for hit in samples.search(SearchRequest(size=100, passages=0)).reports]


@pytest.mark.parametrize("length", [8, 20, 60, 150, 600])
def test_a_passage_is_found_by_its_words(samples: IndexEngine, length: int) -> None:
    """Over lines and cells, within numbers and quotes, as it is copied: in one line."""
    drawn = random.Random(length)
    for report_id in drawn.sample(reports(samples), 30):
        text = samples.report(report_id).text()
        start = drawn.randrange(max(1, len(text) - length))
        passage = text[start : start + length]
        if not any("\u4e00" <= character <= "\u9fff" for character in passage):
            continue
        quote = shortened(passage)
        end = start + len(passage)
        quoted = Quoted("0" * 12, start, end, checksum(passage), quotes=("无此", quote))
        found = find(samples, quoted)
        assert found is not None, passage
        assert (found.by, found.quote) == ("quote", passage)
        assert (found.place.state == "exact") == (found.place.start == start)


def test_words_that_are_elsewhere_too_are_not_taken_for_the_passage(samples: IndexEngine) -> None:
    quoted = Quoted("0" * 12, 3, 9, "00000000", quotes=("公开", "“”", "", "*", "（"))
    assert find(samples, quoted) is None


def test_marks_alone_are_no_query(samples: IndexEngine) -> None:
    with pytest.raises(QueryError):
        samples.count(SearchRequest(q='"，，"'))
    assert find(samples, Quoted("0" * 12, 0, 2, "00000000", quotes=("，，",))) is None
