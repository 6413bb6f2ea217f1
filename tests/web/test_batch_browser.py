"""A list in Chromium: from a result to its counts, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, served
from test_batch import Gated

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = MARKS


@pytest.fixture
def site() -> Iterator[tuple[str, Gated]]:
    engine = Gated()
    with served(create_app(FixedSource(engine))) as address:
        yield address, engine
    engine.let.set()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_result_to_its_list(
    browser: Browser, site: tuple[str, Gated], scripts: bool
) -> None:
    address, engine = site
    with closing(browser.new_context(java_script_enabled=scripts)) as context:
        page = context.new_page()
        page.goto(f"{address}/?q=三务")
        page.locator("a[href^='/batch']").first.click()
        box = page.locator("#queries")
        assert box.input_value().strip() == "三务"
        box.fill("三务\n村务\n(没关")
        page.locator(".list button").click()
        state = page.locator("#state")
        playwright.expect(state).to_have_attribute("data-state", "running")
        engine.let.set()
        playwright.expect(state).to_have_attribute("data-state", "done", timeout=30_000)
        playwright.expect(page.locator(".scroll tbody tr")).to_have_count(3)
        playwright.expect(page.locator("tr.wrong")).to_have_count(1)
        with page.expect_download() as taken:
            page.locator(".files a").first.click()
        assert "三务" in taken.value.path().read_text(encoding="utf-8-sig")


def test_a_list_is_stopped(browser: Browser, site: tuple[str, Gated]) -> None:
    address, engine = site
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{address}/batch?q=三务")
        page.evaluate("document.querySelector('#queries').value = '三务\\n'.repeat(9000)")
        page.locator(".list button").click()
        playwright.expect(page.locator("#state")).to_have_attribute("data-state", "running")
        engine.let.set()
        page.locator(".acts button").click()
        playwright.expect(page.locator("#state")).to_have_attribute("data-state", "cancelled")
        playwright.expect(page.locator(".acts button")).to_have_text("继续")
