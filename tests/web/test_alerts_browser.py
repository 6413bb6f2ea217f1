"""Saved searches in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import MARKS, fresh_page, served
from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN, WORK
from saved_samples import saved_searches

from indexer.model import Indexed
from search.engine import Engine
from search.source import FixedSource, Status
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = MARKS

AWAY = """() => {
    const visit = JSON.parse(localStorage.getItem("gongkai-visits"));
    localStorage.setItem("gongkai-visits", JSON.stringify({...visit, at: visit.at - 31 * 60 * 1000}));
}"""
"""The reader comes back after half an hour."""


@dataclass
class ChangingSource:
    """Gives whichever engine it has at the moment."""

    engine: Engine

    def now(self) -> Engine:
        return self.engine

    def status(self) -> Status:
        return Status()


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
    saved = page.get_by_role("article", name="“三务”公开 · 2020")
    page.get_by_role("region", name="没有新的变化").filter(has=saved).wait_for()
    saved.get_by_role("button", name="删除").click()
    page.wait_for_url("**/saved")
    assert page.get_by_role("article", name="“三务”公开 · 2020").count() == 0
    news = page.locator("#search-1")
    assert news.locator(".news li").count() == 2
    news.get_by_role("button", name="标为已读").click()
    page.wait_for_url("**/saved#search-1")
    page.locator(".group.rest #search-1").wait_for()
    page.locator("#search-1 h3 a").click()
    page.locator("#results").wait_for()
    page.get_by_role("link", name="保存的检索").click()
    page.wait_for_url("**/saved")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_result_to_its_feed(browser: Browser, address: str, scripts: bool) -> None:
    """Its address is selected and copied where there are scripts; without, the field still has it."""
    context = browser.new_context(base_url=address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/?q=“三务”公开&year=2020")
    page.get_by_role("link", name="订阅", exact=True).click()
    field, copy = page.get_by_label("订阅地址"), page.locator(".address button")
    wanted = field.input_value()
    assert wanted.startswith(f"{address}/feed.atom?q=")
    if scripts:
        copy.click()
        page.get_by_role("status").get_by_text("已复制").wait_for(state="attached")
        field.focus()
        selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
        assert field.evaluate(selected) == wanted
    else:
        assert not copy.is_visible()
    page.get_by_role("button", name="保存检索").click()
    page.wait_for_url("**/saved#search-4")
    context.close()


def test_what_came_since_the_last_visit(browser: Browser) -> None:
    """Told by a link once the reader was away for half an hour, and the index has what is newer."""
    source = ChangingSource(FakeEngine((TOWN,), generation="1"))
    with (
        served(create_app(source)) as address,
        fresh_page(browser, base_url=address, viewport={"width": 1280, "height": 800}) as page,
    ):
        link = page.get_by_role("link", name="上次访问后新增")
        page.goto("/?q=公开")
        assert link.count() == 0
        later = replace(WORK, indexed=Indexed(1_700_200_000, 1_700_200_000))
        source.engine = FakeEngine((TOWN, later), generation="2")
        page.goto("/?q=公开")
        link.wait_for()  # it came while the reader was here
        page.evaluate(AWAY)
        page.goto("/?q=公开")
        assert link.count() == 0  # it was shown then
        latest = replace(HOSTILE, indexed=Indexed(1_700_300_000, 1_700_300_000))
        source.engine = FakeEngine((TOWN, later, latest), generation="3")
        page.evaluate(AWAY)
        page.goto("/?q=公开&page=1")
        link.click()
        page.wait_for_url("**since=*")
        assert page.locator(".totals b").inner_text() == "1"
        assert "2023-11-17 05:46:41Z" in page.locator(".chips").inner_text()
