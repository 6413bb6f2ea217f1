"""The main job, end to end in a real browser: the samples, the real engine, a phrase, a passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, served

from search.local.engine import IndexEngine
from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS


@pytest.fixture
def page(samples: IndexEngine, browser: Browser) -> Iterator[Page]:
    """A page of the application over the sample corpus, scripts off."""
    with served(create_app(FixedSource(samples))) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        yield context.new_page()
        context.close()


def test_a_phrase_is_found_narrowed_read_and_cited(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("“三务”公开")
    page.keyboard.press("Enter")
    titles = page.locator("main h2 a")
    playwright.expect(titles).to_have_count(14)
    shown = [mark.inner_text() for mark in page.locator("main mark").all()]
    assert len(shown) >= 22
    assert {"三务公开", "“三务”公开"} <= set(shown)
    page.get_by_role("link", name="内蒙古自治区").first.click()
    playwright.expect(titles).to_have_count(3)
    page.locator('main a[href*="#passage"]').first.click()
    marked = page.locator("#passage")
    assert marked.inner_text() in shown
    playwright.expect(marked).to_be_in_viewport()
    cited = page.url.split("?")[0]
    page.goto(cited)
    playwright.expect(page.locator("#passage")).to_be_in_viewport()
