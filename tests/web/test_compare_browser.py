"""Two reports side by side in a real browser, with and without scripts, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, fresh_page, served
from fake_engine import FakeEngine

from search.source import FixedSource
from tests.depth import crossed
from tests.two_years import MOVED, NEW, OLD, YOUNG
from web.app import create_app
from web.compare.addresses import compare_url

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

PAGE = compare_url(OLD.id, YOUNG.id)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the application is served."""
    with served(create_app(FixedSource(FakeEngine((OLD, YOUNG))))) as address:
        yield address


@pytest.fixture(params=crossed((1440, 390), (True, False)), ids=str)
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as wide as a desk's or a phone's, with scripts or without."""
    width, scripts = request.param
    with fresh_page(
        browser,
        base_url=address,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    ) as page:
        yield page


def _wide(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] > 900)


def test_a_report_is_one_click_from_the_comparison(page: Page) -> None:
    page.goto(f"/reports/{YOUNG.id}")
    page.get_by_role("link", name="与 2019 的报告对比").click()
    playwright.expect(page).to_have_url(page.url.partition("/compare")[0] + PAGE)
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("对比：2019 与 2020")


def test_sides_stand_beside_each_other_or_below(page: Page) -> None:
    page.goto(PAGE)
    row = page.locator(".row.changed").nth(1)
    left, right = (row.locator(side).bounding_box() for side in (".left", ".right"))
    assert left
    assert right
    if _wide(page):
        assert left["x"] + left["width"] < right["x"]
        assert left["y"] == right["y"]
    else:
        assert left["x"] == right["x"]
        assert left["y"] + left["height"] <= right["y"]
    assert row.locator("del").all_inner_texts() == ["128", "3.5"]
    assert row.locator("ins").all_inner_texts() == ["1,306", "9.1"]


def test_what_is_unchanged_opens(page: Page) -> None:
    page.goto(PAGE)
    table = page.get_by_text("申请数量").first
    playwright.expect(table).to_be_hidden()
    page.get_by_text("照录 4 段").click()
    playwright.expect(table).to_be_visible()


def test_a_state_alone_and_back(page: Page) -> None:
    page.goto(PAGE)
    legend = page.get_by_role("navigation", name="按变化筛选")
    legend.get_by_role("link", name="移位").click()
    playwright.expect(page.locator(".row")).to_have_count(1)
    playwright.expect(page.locator(".row .right .said")).to_have_text(MOVED)
    legend.get_by_role("link", name="左右对调").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("对比：2020 与 2019")
    legend.get_by_role("link", name="全部").click()
    playwright.expect(page.locator(".row")).to_have_count(13)


def test_a_paragraph_leads_to_its_passage(page: Page) -> None:
    page.goto(PAGE)
    page.locator(".row.new").get_by_role("link").click()
    playwright.expect(page.locator("#passage")).to_have_text(NEW)
    playwright.expect(page.locator("#passage")).to_be_in_viewport()
