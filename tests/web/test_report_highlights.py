"""Highlights of real pages, read back from their elements, against the engine's offsets."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from search.local.engine import IndexEngine
from search.model import MAX_SIZE, SearchRequest
from search.source import FixedSource
from tests.depth import DEEP
from web.app import create_app


class Highlights(HTMLParser):
    """Start and end of each marked hit, counted in code points from the line's id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hits: list[tuple[int, int]] = []
        self._at: int | None = None
        self._in_cell = False
        self._nested: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if "line" in classes:
            self._at, self._in_cell = int(str(values["id"])[1:]), False
        elif "anchor" in classes or "line-end" in classes:
            self._at = None
        elif tag in ("td", "th") and self._at is not None:
            self._at += self._in_cell
            self._in_cell = True
        elif tag == "mark":
            self._nested.append("hit" in classes)
            if "hit" in classes and self._at is not None and "id" in values:
                self.hits.append((self._at, self._at))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark" and self._nested.pop() and self._at is not None:
            self.hits[-1] = (self.hits[-1][0], self._at)

    def handle_data(self, data: str) -> None:
        if self._at is not None:
            self._at += len(data)


@pytest.mark.parametrize(
    "q", ["公开", "“三务”公开", "依申请公开", "的", '"政府信息*公开"', '"201?年"', "0", "本年度"]
)
def test_highlights_stand_where_the_engine_found_them(samples: IndexEngine, q: str) -> None:
    client = create_app(FixedSource(samples)).test_client()
    found = samples.search(SearchRequest(q=q, size=MAX_SIZE, passages=0)).reports
    assert found
    for report in found[:: 1 if DEEP else 3]:
        hits = [(hit.start, hit.end) for hit in samples.hits(report.id, SearchRequest(q=q))]
        html = client.get(f"/reports/{report.id}", query_string={"q": q}).text
        assert Highlights(html).hits == hits
        assert len(hits) == report.hits
