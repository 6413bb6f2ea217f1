"""A thousand hits in real reports: where Chromium's page shows them, against the engine's offsets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, served

from search.local.engine import IndexEngine
from search.model import MAX_SIZE, SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.urls import report_url

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = [pytest.mark.real, *MARKS]

HITS = 1_000
FAR = 32_768
"""Code points after which others lose their highlights."""
MARKED = """() => [...document.querySelectorAll('.line')].flatMap(line => {
    const found = [];
    let at = Number(line.id.slice(1)), cell = null;
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
        const parent = node.parentElement;
        if (parent.closest('.anchor, .line-end, .tools')) continue;
        const own = parent.closest('td, th');
        if (cell && own !== cell) at += 1;
        cell = own;
        const mark = parent.closest('mark.hit');
        const length = [...node.data].length;
        if (mark?.id) found.push([at, at + length]);
        else if (mark && length) found.at(-1)[1] = at + length;
        at += length;
    }
    return found;
})"""


@pytest.fixture
def page(work_reports_engine: IndexEngine, browser: Browser) -> Iterator[Page]:
    with served(create_app(FixedSource(work_reports_engine))) as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


def test_a_thousand_drawn_hits_are_marked_where_they_stand(
    work_reports_engine: IndexEngine, page: Page
) -> None:
    compared = far = 0
    for request, report_id in _drawn(work_reports_engine, random.Random(2024)):
        hits = [(h.start, h.end) for h in work_reports_engine.hits(report_id, request)]
        page.goto(report_url(report_id, request))
        assert [tuple(mark) for mark in page.evaluate(MARKED)] == hits, (report_id, request.q)
        compared += len(hits)
        far += sum(end > FAR for _, end in hits)
        if compared >= HITS:
            break
    print(f"{compared} hits compared, {far} of them beyond {FAR} characters")
    assert far


def _drawn(engine: IndexEngine, chooser: random.Random) -> Iterator[tuple[SearchRequest, str]]:
    """Phrases cut from reports, every tenth time of one of the longest, with the report."""
    ids: list[str] = []
    for number in range(1, 40):
        asked = SearchRequest(sort="year", size=MAX_SIZE, passages=0, page=number)
        ids += [report.id for report in engine.search(asked).reports]
    drawn = chooser.sample(ids, 400)
    longest = sorted(drawn, key=lambda i: -len(engine.report(i).text()))[:10]
    for number, report_id in enumerate(drawn):
        chosen = longest[number // 10 % 10] if number % 10 == 0 else report_id
        text = engine.report(chosen).text()
        runs = re.findall(r"[^\s\"“”]{6,}", text[FAR:] if number % 10 == 0 else text)
        if not runs:
            continue
        run = chooser.choice(runs)
        start = chooser.randrange(len(run) - 3)
        yield SearchRequest(q=f"“{run[start : start + chooser.randint(2, 5)]}”"), chosen
