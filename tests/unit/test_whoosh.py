"""The index is a Whoosh index: Whoosh alone opens it and finds words in it."""

from __future__ import annotations

from pathlib import Path

import whoosh.index
from whoosh.qparser import QueryParser
from whoosh.query import And, Term

from search.engine import ScanEngine
from search.model import SearchRequest


def test_plain_whoosh_finds_words(samples: ScanEngine, samples_index: Path) -> None:
    index = whoosh.index.open_dir(str(samples_index))
    with index.searcher() as searcher:
        hits = searcher.search(Term("text", "三务"), limit=None)
        sources = {hit["source"] for hit in hits}
        narrowed = searcher.search(
            And([Term("text", "三务"), Term("region", "150000")]), limit=None
        )
        parsed = searcher.search(QueryParser("text", index.schema).parse("三務"), limit=None)
        assert {hit["source"] for hit in parsed} == sources
        assert hits[0].score > 0
        assert {hit["report"] for hit in narrowed} < {hit["report"] for hit in hits}
    ours = samples.search(SearchRequest(q='"三务"', size=100))
    assert sources <= {hit.source for hit in ours.reports}
    assert len(sources) >= 14


def test_one_document_a_section(samples: ScanEngine, samples_index: Path) -> None:
    everything = samples.search(SearchRequest())
    assert whoosh.index.open_dir(str(samples_index)).doc_count() == everything.total.sections
