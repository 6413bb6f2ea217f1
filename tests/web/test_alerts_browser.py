"""Saved searches in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import MARKS, served
from saved_samples import saved_searches

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = MARKS


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    app = create_app(FixedSource(samples.engine()), saved=saved_searches(tmp_path))
    with served(app) as address:
        yield address


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)])
def test_from_a_result_to_what_is_new(
    browser: Browser, address: str, scripts: bool, width: int
) -> None:
    context = browser.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto("/?q=“三务”公开&year=2020")
    page.get_by_role("button", name="保存检索").click()
    page.wait_for_url("**/saved#search-4")
    saved = page.get_by_role("region", name="“三务”公开 · 2020")
    assert "没有新的变化" in saved.inner_text()
    saved.get_by_role("button", name="删除").click()
    page.wait_for_url("**/saved")
    assert page.get_by_role("region", name="“三务”公开 · 2020").count() == 0
    news = page.locator("#search-1")
    assert news.locator(".news li").count() == 2
    news.get_by_role("button", name="标为已读").click()
    page.wait_for_url("**/saved#search-1")
    page.locator("#search-1").get_by_text("没有新的变化").wait_for()
    page.locator("#search-1 h2 a").click()
    page.locator("#results").wait_for()
    page.get_by_role("link", name="保存的检索").click()
    page.wait_for_url("**/saved")
    context.close()
