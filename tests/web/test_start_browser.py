"""The first page in a real browser, with the samples behind it: with keys, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, VIOLATIONS, fresh, fresh_page, served

from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.depth import crossed
from web.app import create_app
from web.language import COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = MARKS


@pytest.fixture(scope="module")
def address(samples: IndexEngine) -> Iterator[str]:
    """Where the samples are served."""
    with served(create_app(FixedSource(samples))) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with fresh_page(
        browser,
        base_url=address,
        viewport={"width": 1440, "height": 900},
        java_script_enabled=request.param,
    ) as page:
        yield page


def test_an_example_leads_to_as_many_reports_as_it_says(page: Page) -> None:
    page.goto("/")
    first = page.locator(".examples li").first
    said = first.locator(".finds").inner_text().split()[0]
    query = first.locator("a").inner_text()
    first.locator("a").click()
    playwright.expect(page.locator("#q")).to_have_value(query)
    playwright.expect(page.locator(".totals")).to_contain_text(said)


def test_a_tile_leads_to_its_region_and_year(page: Page) -> None:
    page.goto("/")
    row = page.locator(".matrix tbody tr", has_text="江苏")
    row.locator("td a").first.click()
    playwright.expect(page.locator(".chips")).to_contain_text("江苏省")
    playwright.expect(page.locator(".chips")).to_contain_text("2009")
    playwright.expect(page.locator(".reports > li")).to_have_count(1)


def test_the_box_takes_what_is_typed(page: Page) -> None:
    page.goto("/")
    page.locator("#q").fill("乡村振兴")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#q")).to_have_value("乡村振兴")
    playwright.expect(page.locator(".totals")).to_contain_text("18")


def test_keys_lead_from_the_box_to_the_examples(page: Page) -> None:
    page.goto("/")
    page.locator("#q").focus()
    focused = ""
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.locator(".examples a:focus").count():
            focused = page.locator(".examples a:focus").inner_text()
            break
    assert focused == page.locator(".examples a").first.inner_text()


@pytest.mark.parametrize(
    ("reader", "path"),
    crossed(
        ((1440, "light", "zh"), (1440, "dark", "en"), (390, "light", "en"), (390, "dark", "zh")),
        ("/", "/rejected"),
    ),
)
def test_axe_finds_nothing(
    browser: Browser, address: str, reader: tuple[int, str, str], path: str
) -> None:
    width, colours, language = reader
    window = {"width": width, "height": 800}
    with fresh(browser, base_url=address, viewport=window, color_scheme=colours) as context:
        context.add_cookies([{"name": COOKIE, "value": language, "url": address}])
        page = context.new_page()
        page.goto(path)
        found = axe.Axe().run(page, options=VIOLATIONS).response["violations"]
        assert [
            (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found
        ] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_latest_years_are_in_view(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    box = page.locator(".matrix thead th a").last.bounding_box()
    first = page.locator(".examples li").first.bounding_box()
    assert box is not None
    assert first is not None
    assert box["x"] + box["width"] <= 390
    assert first["y"] < 500
    context.close()
