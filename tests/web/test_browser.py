"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import fake_reports as samples
import pytest
from chromium import MARKS, page_without_scripts, served
from fake_engine import FakeEngine
from fake_reports import HOSTILE, HOSTILE_ISSUER, LONG, TOWN

from search.links import checksum
from search.source import FixedSource
from tests.depth import DEEP, crossed
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = quote("“三务”公开")
QUOTED = "第41部分的第3段。"
AT = LONG.text().index(QUOTED)
CHECK = checksum(QUOTED)
PASSAGE = f"/reports/{LONG.id}/{AT}-{AT + len(QUOTED)}/{CHECK}"
MOVED = f"/reports/{LONG.id}/{AT - 900}-{AT - 900 + len(QUOTED)}/{CHECK}"
PAGES = [
    "/",
    f"/?q={Q}",
    f"/?q={Q}&region={TOWN.region[0].code}&year=2020",
    f"/?q={Q}&open={TOWN.region[1].code}&issuer_like={quote('办公室')}&year_from=2010&size=50",
    f"/?q={Q}&issuer={quote(HOSTILE_ISSUER)}",
    "/?q=zzz&literal=1&year=2020",
    "/?q=" + quote("“三务”公开 AND (村务 OR 党务"),
    "/nothing",
    f"/reports/{TOWN.id}?q={Q}",
    f"/reports/{HOSTILE.id}?q={Q}",
    PASSAGE,
    MOVED,
    f"/reports/{TOWN.id}/9-12/00000000",
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the application is served."""
    with served(create_app(FixedSource(FakeEngine((*samples.engine().reports, LONG))))) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on a wide screen, scripts off, as in a fresh browser."""
    with page_without_scripts(browser, address) as page:
        yield page


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_keep_to_themselves_and_to_their_width(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(address) else None)
    for url in PAGES if DEEP else PAGES[width == 390 :: 2]:  # else each at one of the widths
        page.goto(url)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{url} is {wide} px wide"
    assert [text for text in complaints if "responded with a status of 40" not in text] == []
    assert foreign == []
    context.close()


@pytest.mark.parametrize(
    ("url", "width"),
    crossed((PASSAGE, MOVED, PASSAGE + "#passage", MOVED + "#passage"), (390, 1280)),
)
def test_the_passage_is_in_view_without_scripts(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(url)
    mark = page.locator("#passage")
    assert mark.inner_text() == QUOTED
    playwright.expect(mark).to_be_in_viewport(ratio=1)
    cited = page.locator(".cited")
    playwright.expect(cited).to_be_in_viewport(ratio=1)
    assert cited.locator("code").inner_text().endswith(PASSAGE)
    below = cited.bounding_box()
    box = mark.bounding_box()
    assert below is not None
    assert box is not None
    assert below["y"] + below["height"] <= box["y"]


def test_a_first_hit_and_a_line_come_into_view(page: Page) -> None:
    page.goto(f"/reports/{LONG.id}?q={quote(QUOTED)}")
    page.locator(".found a").click()
    playwright.expect(page.locator("#hit-1")).to_be_in_viewport(ratio=1)
    page.goto(f"/reports/{LONG.id}/{AT}-{AT + 5}/00000000")
    page.locator(".cited a").click()
    playwright.expect(page.locator(f"#c{AT}")).to_be_in_viewport()


def test_search_narrow_read_and_link_without_scripts(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("“三务”公开")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".totals")).to_contain_text("105 份 / 107 份报告")
    page.locator(".facet-region a", has_text="青山省").click()
    page.locator(".tree a", has_text="白河市").click()
    page.locator('.chart a[data-year="2020"] .slot').click()
    playwright.expect(page.locator(".totals")).to_contain_text("1 份 / 1 份报告")
    playwright.expect(page.locator(".chips li")).to_have_count(3)
    page.locator(".further summary").click()
    page.locator(".passage .place a").last.click()
    playwright.expect(page.locator("#passage")).to_be_in_viewport()
    line = page.locator(".line", has=page.locator("#passage"))
    line.hover()
    line.get_by_role("link", name="本段链接").click()
    whole = "建立“三务”公开台账，做到有人管、有人查、有人问。"
    assert page.locator("#passage").inner_text() == whole
    for _ in range(2):
        page.go_back()
    playwright.expect(page.locator(".chips li")).to_have_count(3)
    page.go_back()
    playwright.expect(page.locator(".chips li")).to_have_count(1)


def test_facets_wait_behind_a_button_on_a_phone(page: Page) -> None:
    page.goto(f"/?q={Q}")
    playwright.expect(page.locator(".facets")).to_be_visible()
    playwright.expect(page.locator(".to-filters")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})
    playwright.expect(page.locator(".facets")).to_be_hidden()
    page.locator(".to-filters").click()
    playwright.expect(page.locator(".facets")).to_be_visible()


def test_the_first_key_leads_past_the_header(page: Page) -> None:
    page.goto(f"/?q={Q}")
    page.keyboard.press("Tab")
    playwright.expect(page.locator(".skip")).to_be_focused()
    playwright.expect(page.locator(".skip")).to_be_in_viewport(ratio=1)


def test_colours_follow_the_system(page: Page) -> None:
    page.goto("/")
    page.emulate_media(color_scheme="light")
    playwright.expect(page.locator("html")).to_have_css("background-color", "rgb(251, 250, 248)")
    page.emulate_media(color_scheme="dark")
    playwright.expect(page.locator("html")).to_have_css("background-color", "rgb(21, 24, 27)")


def test_hostile_controls_do_not_turn_what_stands_beside_them(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    left_of_characters = """element => {
        const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const range = document.createRange(), found = [];
        for (let node; (node = walk.nextNode());)
            for (let i = 0; i < node.length; i++) {
                range.setStart(node, i); range.setEnd(node, i + 1);
                if (node.data[i].trim()) found.push(range.getBoundingClientRect().left);
            }
        return found;
    }"""
    page.goto(f"/?q={Q}&issuer={quote(HOSTILE_ISSUER)}")
    for beside in (".facts li:nth-child(3)", ".hits", ".facet-issuer .count", ".chip-name"):
        lefts = page.locator(beside).first.evaluate(left_of_characters)
        assert lefts == sorted(lefts)
        assert len(lefts) > 0
    boxes = [item.bounding_box() for item in page.locator(".facts li").all()]
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(lefts)
    page.goto(f"/reports/{HOSTILE.id}?q=" + quote(f"{samples.PDI}{samples.RLO}“三务”公开"))
    around = [page.locator(".found bdi").bounding_box(), page.locator(".found a").bounding_box()]
    lefts = [box["x"] for box in around if box]
    assert lefts == sorted(lefts)
    for beside in (".about dt", ".line .anchor", ".bottom p"):
        for element in page.locator(beside).all():
            lefts = element.evaluate(left_of_characters)
            assert lefts == sorted(lefts)
    context.close()
