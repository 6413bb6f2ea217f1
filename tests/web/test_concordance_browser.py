"""The concordance in a real browser: aligned, within its width, and every row a link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import fake_reports as samples
import pytest
from chromium import MARKS, fresh_page, served
from fake_engine import FakeEngine, make_report

from search.source import FixedSource
from tests.depth import crossed
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = quote("“三务”公开")
ODD = make_report(
    "怪.txt",
    "怪".join("题" * 60),
    [
        (
            "other",
            "",
            1,
            [
                "三务公开",
                f"\u05d0\u05d1{samples.RLO}左{samples.PDI}三务公开{samples.RLI}右\u05d2",
                "A" * 4_000 + "三务" + " " * 300 + "公开" + "W" * 4_000,
            ],
        )
    ],
)
PAGES = [
    f"/concordance?q={Q}",
    f"/concordance?q={Q}&order=left&size=100&page=6",
    f"/concordance?q={Q}&order=right&region={samples.TOWN.region[0].code}&year=2020",
    f"/concordance?q={Q}&issuer={quote(samples.HOSTILE_ISSUER)}",
    "/concordance?q=" + "%E5%BC%80" * 900,
    "/concordance",
    "/concordance?q=zzz",
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the application is served."""
    with served(create_app(FixedSource(FakeEngine((*samples.engine().reports, ODD))))) as address:
        yield address


@pytest.fixture(params=[390, 1440])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with fresh_page(
        browser, base_url=address, viewport={"width": request.param, "height": 844}
    ) as page:
        yield page


def test_pages_keep_to_their_width(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    assert page.viewport_size
    for url in PAGES:
        page.goto(url)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"], f"{url} is {wide} px wide"
    assert complaints == []


def test_hits_stand_below_one_another(page: Page) -> None:
    page.goto(f"/concordance?q={Q}&size=100&page=6")
    lefts = page.locator(".lines mark").evaluate_all("all => all.map(m => m.getClientRects()[0].x)")
    assert len(lefts) > 20
    assert max(lefts) - min(lefts) < 0.5
    gaps = page.locator("td.left").evaluate_all(
        """all => all.map(td => {
            const range = document.createRange();
            range.selectNodeContents(td.querySelector("bdi"));
            const text = range.getBoundingClientRect(), box = td.getBoundingClientRect();
            return text.width ? Math.abs(box.right - text.right) : 0;
        })"""
    )
    assert max(gaps) < 0.5
    for mark in page.locator(".lines mark").all()[-3:]:
        box = mark.bounding_box()
        assert box is not None
        assert box["height"] < 40


@pytest.mark.parametrize(
    ("part", "page"),
    crossed(("td.left", ".right > bdi", "mark", ".year", ".of", "end"), (390, 1440)),
    indirect=["page"],
)
def test_the_whole_row_leads_to_the_passage(page: Page, part: str) -> None:
    page.goto(f"/concordance?q={Q}&year=2020")
    row = page.locator(".lines tbody tr").nth(1)
    box = row.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    if part == "end":
        row.click(position={"x": box["width"] - 5, "y": box["height"] - 5})
    else:
        row.locator(part).click(force=True)  # what is in front of it is to be the link
    playwright.expect(page.locator("#passage")).to_be_in_viewport(ratio=1)
    assert page.locator("#passage").inner_text() == "三务”公开"
    page.go_back()
    playwright.expect(page.locator(".lines tbody tr")).not_to_have_count(0)


def test_a_screen_reader_finds_a_table(page: Page) -> None:
    page.goto(f"/concordance?q={Q}&year=2015")
    table = page.get_by_role("table", name="每行一处命中")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        *("前文", "命中和后文", "年份", "报告标题")
    ]
    assert table.get_by_role("row").count() == 1 + table.get_by_role("link").count()
    link = table.get_by_role("link").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    row = page.locator(".lines tbody tr").first
    playwright.expect(row).to_have_css("outline-style", "solid")


@pytest.fixture(params=[True, False], ids=["scripts", "bare"])
def phone(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone, with scripts and without."""
    with fresh_page(
        browser,
        base_url=address,
        viewport={"width": 390, "height": 844},
        java_script_enabled=request.param,
    ) as page:
        yield page


@pytest.mark.parametrize(
    ("url", "phone"),
    crossed((*PAGES[:3], f"/concordance?q={Q}&order=left&side=left&year=2020"), (True, False)),
    indirect=["phone"],
)
def test_the_first_line_is_in_the_first_window(phone: Page, url: str) -> None:
    phone.goto(url)
    line = phone.locator(".lines tbody tr").first.bounding_box()
    assert line is not None
    assert line["y"] < 500


def test_the_current_order_is_in_sight(phone: Page) -> None:
    phone.goto(f"/concordance?q={Q}&order=right")
    current = phone.locator(".concordance .sorts [aria-current]")
    playwright.expect(current).to_be_in_viewport(ratio=1)
    playwright.expect(current).to_have_text("按后文")


def test_the_other_side_and_a_word_in_two_clicks(phone: Page) -> None:
    phone.goto("/concordance?q=" + quote("党务"))
    panel = phone.get_by_role("region", name="前后的词")
    panel.get_by_role("link", name="前面").click()
    playwright.expect(panel.locator(".switch [aria-current]")).to_have_text("前面")
    word = panel.locator(".words-beside a").first
    said = word.get_attribute("title")
    assert said
    word.click()
    playwright.expect(phone.locator("#q")).to_have_value(said.removeprefix("查"))
    playwright.expect(phone.locator(".views [aria-current]")).to_contain_text("逐处")


def test_by_year_in_one_click(phone: Page) -> None:
    phone.goto(f"/concordance?q={Q}")
    phone.get_by_role("link", name="按年份，旧在前").click()
    current = phone.locator(".concordance .sorts [aria-current]")
    playwright.expect(current).to_have_text("按年份，旧在前")


def test_from_a_line_to_its_sentence_and_back(page: Page) -> None:
    """One click to the paragraph; its link is to be had there; one click back."""
    region = samples.TOWN.region[0].code
    page.goto(f"/concordance?q={Q}&region={region}&year=2020&order=left")
    link = page.locator(".lines tbody a").nth(1)
    context = link.get_attribute("title")
    assert context
    assert "三务”公开" in context
    link.click()
    page.wait_for_url("**/reports/**")
    passage = page.locator("#passage")
    playwright.expect(passage).to_be_in_viewport(ratio=1)
    around = passage.evaluate("mark => mark.closest('[id^=c]').textContent")
    assert " ".join(around.split()).find(context.strip()[:8]) >= 0
    page.locator('a[href^="/concordance?"]').first.click()
    current = page.locator(".concordance .sorts [aria-current]")
    playwright.expect(current).to_have_text("按前文")


def test_wide_screens_have_the_words_beside_the_lines(page: Page) -> None:
    page.goto(f"/concordance?q={Q}")
    words = page.locator(".collocates").bounding_box()
    lines = page.locator(".lines").bounding_box()
    assert words is not None
    assert lines is not None
    if page.viewport_size == {"width": 1440, "height": 844}:
        assert words["x"] >= lines["x"] + lines["width"]
        assert words["y"] < lines["y"]
    else:
        assert words["y"] + words["height"] <= lines["y"]


def test_keys_go_through_lines(page: Page) -> None:
    page.goto(f"/concordance?q={Q}&size=100")
    links = page.locator(".lines tbody a")
    for _ in range(40):
        page.keyboard.press("j")
    playwright.expect(links.nth(39)).to_be_focused()
    for at in range(38, 3, -1):
        page.keyboard.press("k")
        playwright.expect(links.nth(at)).to_be_focused()
    row = page.locator(".lines tbody tr").nth(4)
    playwright.expect(row).to_be_in_viewport(ratio=0.9)
    bottom = page.evaluate("document.querySelector('.shelf').getBoundingClientRect().bottom")
    box = row.bounding_box()
    assert box is not None
    assert box["y"] >= bottom
    page.keyboard.press("Shift+Tab")
    above = links.nth(3)
    playwright.expect(above).to_be_focused()
    assert above.evaluate("link => link.closest('tr').getBoundingClientRect().top") >= bottom
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    playwright.expect(page.locator("#passage")).to_be_in_viewport(ratio=1)
