"""The switch between the languages in Chromium, scripts off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from urllib.parse import quote

import fake_reports as samples
import pytest
from chromium import MARKS, fresh_page, served
from fake_engine import FakeEngine
from fake_reports import TOWN

from search.links import checksum
from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = quote("“三务”公开 & 监督#1")
PAGES = [
    "/",
    f"/?q={quote('“三务”公开')}&genre=disclosure&page=2",
    f"/?q={Q}&literal=1",
    f"/?q={quote('(三务')}",
    f"/reports/{TOWN.id}?q={Q}",
    f"/reports/{TOWN.id}/0-3/{checksum(TOWN.title[:3])}",
    f"/reports/{TOWN.id}/0-3/00000000",
    "/" + quote("没有/这一页?x"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the application is served."""
    with served(create_app(FixedSource(FakeEngine((TOWN, *samples.many()[:24]))))) as address:
        yield address


def _fresh(browser: Browser, address: str) -> AbstractContextManager[Page]:
    """A page of a browser without cookies."""
    return fresh_page(browser, base_url=address, java_script_enabled=False)


@pytest.mark.parametrize("url", PAGES)
def test_the_switch_keeps_page_and_query(browser: Browser, address: str, url: str) -> None:
    with _fresh(browser, address) as page:
        page.goto(url)
        there, typed = page.url, page.locator("#q").input_value()
        for switch, lang, width in (("English", "en", 390), ("中文", "zh-Hans", 1280)):
            page.set_viewport_size({"width": width, "height": 800})
            link = page.get_by_role("link", name=switch, exact=True)
            link.scroll_into_view_if_needed()
            playwright.expect(link).to_be_in_viewport(ratio=0.99)  # a part of a pixel may be out
            box = link.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            link.click()
            playwright.expect(page.locator("html")).to_have_attribute("lang", lang)
            assert page.url == there
            assert page.locator("#q").input_value() == typed


def test_an_address_copied_in_english_opens_in_chinese(browser: Browser, address: str) -> None:
    with _fresh(browser, address) as page:
        page.goto(PAGES[1])
        page.get_by_role("link", name="English", exact=True).click()
        page.locator(".reports h2 a").first.click()
        playwright.expect(page.locator("html")).to_have_attribute("lang", "en")
        with _fresh(browser, address) as other:
            other.goto(page.url)
            playwright.expect(other.locator("html")).to_have_attribute("lang", "zh-Hans")
            assert other.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_going_back_stays_in_the_language_chosen(browser: Browser, address: str) -> None:
    with _fresh(browser, address) as page:
        page.goto("/")
        page.goto(PAGES[1])
        page.get_by_role("link", name="English", exact=True).click()
        page.go_back()
        page.reload()
        playwright.expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    "back", ["/%2F/example.invalid", "/%5C/example.invalid", "/..//example.invalid"]
)
def test_the_switch_never_leaves_the_host(browser: Browser, address: str, back: str) -> None:
    with _fresh(browser, address) as page:
        page.goto("/language/en?back=" + quote(back, safe=""))
        assert page.url.startswith(f"{address}/")
