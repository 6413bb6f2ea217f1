"""Echoes in a real browser: from a report to who said it first, with and without scripts, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, fresh_page, served

from search.source import FixedSource
from tests.depth import crossed
from tests.echoing import ABOVE, BELOW, WATER, WATER_CHANGED, echoing_engine
from web.app import create_app
from web.echoes.addresses import echoes_url

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the application is served."""
    engine = echoing_engine(tmp_path_factory.mktemp("echoing"))
    with served(create_app(FixedSource(engine))) as address:
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


def test_from_a_report_to_who_said_it_first(page: Page) -> None:
    page.goto(f"/reports/{BELOW.id}")
    page.get_by_role("link", name="逐句查：哪些话别的报告先说过").click()
    playwright.expect(page).to_have_url(page.url.partition("/reports")[0] + echoes_url(BELOW.id))
    echo = page.locator(".echo.above")
    playwright.expect(echo.locator(".own .text")).to_have_text(WATER_CHANGED)
    playwright.expect(echo.locator(".twin .text")).to_have_text(WATER)
    playwright.expect(echo.locator(".own mark")).to_have_count(2)


def test_a_sentence_stands_beside_its_twin_or_above_it(page: Page) -> None:
    page.goto(echoes_url(BELOW.id))
    echo = page.locator(".echo.above")
    own, twin = echo.locator(".own").bounding_box(), echo.locator(".twin").bounding_box()
    assert own
    assert twin
    if page.viewport_size and page.viewport_size["width"] > 900:
        assert own["x"] + own["width"] <= twin["x"]
    else:
        assert own["y"] + own["height"] <= twin["y"]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size
    assert width <= page.viewport_size["width"]


def test_on_to_the_twin_the_comparison_and_all_twins(page: Page) -> None:
    page.goto(echoes_url(BELOW.id))
    page.locator(".echo.above .whose a").first.click()
    playwright.expect(page.locator("#passage")).to_have_text(WATER)
    page.goto(echoes_url(BELOW.id))
    page.locator(".echo.above").get_by_role("link", name="两份对比").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("对比")
    page.goto(echoes_url(BELOW.id))
    page.locator(".echo.above").get_by_role("link", name="另有 1 份报告有相同或相近的句子").click()
    playwright.expect(page.locator(".twin")).to_have_count(1)
    playwright.expect(page.locator(".twin")).to_contain_text(ABOVE.region[-1].name)


def test_one_state_and_on_to_the_list(page: Page) -> None:
    page.goto(echoes_url(BELOW.id))
    page.locator(".shares li.above a").click()
    playwright.expect(page.locator(".echo")).to_have_count(1)
    page.get_by_role("link", name="内蒙古自治区的报告，先前已有多的在前").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("先前已有最多的报告")


def test_what_is_measured_is_said(page: Page) -> None:
    page.goto("/echoes")
    page.get_by_text("怎样算的").click()
    playwright.expect(page.locator(".rule p")).to_contain_text("满 20 字")
