"""A journalist's way through the samples, in a real browser: search, narrow, read, link, go back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, served

from search.local.engine import IndexEngine
from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

WIDTHS = {"desk": 1280, "phone": 390}


@pytest.fixture(scope="module")
def address(samples: IndexEngine) -> Iterator[str]:
    with served(create_app(FixedSource(samples))) as address:
        yield address


def _context(browser: Browser, address: str, width: int) -> BrowserContext:
    return browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )


def _compose(page: Page, spelt: str, text: str) -> None:
    """Type as an input method does: what is spelt stands in the box until it becomes text."""
    session = page.context.new_cdp_session(page)
    place = {"selectionStart": len(spelt), "selectionEnd": len(spelt)}
    session.send("Input.imeSetComposition", {"text": spelt, **place})
    session.send("Input.insertText", {"text": text})


def _press_if_there(page: Page, link: str) -> None:
    """What only narrow screens have."""
    if page.locator(link).is_visible():
        page.locator(link).click()


@pytest.mark.parametrize("kind", WIDTHS)
def test_from_a_phrase_to_a_link_that_an_editor_opens(
    browser: Browser, address: str, kind: str
) -> None:
    context = _context(browser, address, WIDTHS[kind])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    totals, chips = page.locator(".totals"), page.locator(".chips li")

    page.goto("/")
    page.locator("#q").click()
    _compose(page, "sanwu", "“三务”")
    _compose(page, "gongkai", "公开")
    page.keyboard.press("Enter")
    playwright.expect(totals).to_contain_text("14 份 / 81 份报告")

    _press_if_there(page, ".to-filters")
    page.locator(".facet-region a", has_text="内蒙古").first.click()
    playwright.expect(chips).to_have_count(1)
    page.locator(".range [name=year_from]").fill("2018")
    page.locator(".range [name=year_to]").fill("2020")
    page.locator(".range button").click()
    playwright.expect(page).to_have_url(re.compile("year_from=2018.*year_to=2020"))
    narrowed = totals.inner_text()
    assert not narrowed.startswith("14 份")
    _press_if_there(page, ".sheet-head a")

    page.locator(".passage .place a").first.click()
    passage = page.locator("#passage")
    playwright.expect(passage).to_be_in_viewport(ratio=1)
    assert re.sub(r"\W", "", passage.inner_text()) == "三务公开"
    page.wait_for_load_state()  # a key that comes before the scripts is nobody's
    page.keyboard.press("n")
    playwright.expect(page.locator(".steps [role=status]")).to_contain_text(re.compile("第 [12] /"))
    # Which is the first in sight depends on how far the page has gone to the passage. It is written
    # 0.4 s after the step; `go_back` would take that for its own navigation.
    playwright.expect(page).to_have_url(re.compile("#hit-[12]$"))

    page.locator(".cited [data-copy=link-text]").click()
    playwright.expect(page.locator("#copied")).not_to_be_empty()
    link, *note = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert note  # it opens on this machine only, and says so
    assert link.startswith(f"{address}/reports/")

    editor = browser.new_context(java_script_enabled=False)
    elsewhere = editor.new_page()
    elsewhere.goto(link)
    playwright.expect(elsewhere.locator("#passage")).to_be_in_viewport(ratio=1)
    assert elsewhere.locator("#passage").inner_text() == passage.inner_text()
    editor.close()

    page.go_back()
    assert totals.inner_text() == narrowed
    for _ in range(5):  # on a phone the sheet of filters is a place, too
        if not page.url.endswith("/"):
            page.go_back()
    playwright.expect(page.locator("#q")).to_be_visible()
    assert page.url == f"{address}/"
    assert complaints == []
    context.close()


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    context = _context(browser, address, 1280)
    page = context.new_page()
    page.goto("/?sort=year")
    page.keyboard.press("/")
    playwright.expect(page.locator("#q")).to_be_focused()
    page.keyboard.insert_text("“三务”公开")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".totals")).to_contain_text("14 份")
    page.wait_for_load_state()  # keys are heard once the scripts have run
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("main h2 a").first
    playwright.expect(first).to_be_focused()
    outline = first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline != "none"
    there = first.get_attribute("href")
    page.keyboard.press("Enter")
    playwright.expect(page).to_have_url(f"{address}{there}")
    page.wait_for_load_state()
    page.wait_for_load_state()  # a key that comes before the scripts is nobody's
    page.keyboard.press("n")
    playwright.expect(page.locator(".steps [role=status]")).to_contain_text("第 1 /")
    playwright.expect(page.locator("#hit-1")).to_be_in_viewport()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.citations summary')"):
            break
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#text-gbt")).to_be_visible()
    context.close()
