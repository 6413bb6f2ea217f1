"""Findings in Chromium: by a button, by the key, without scripts; looked through, taken away, verified."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import fake_reports as samples
import pytest
from chromium import MARKS, NO_CONTRAST, VIOLATIONS, fresh_page, page_without_scripts, served
from fake_reports import TOWN

from search.links import checksum
from search.saved.database import Database
from search.saved.finding import Facts, Finding, Passage
from search.saved.findings import Findings
from search.source import FixedSource
from tests.depth import DEEP
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = MARKS

Q = quote("公开")
TEXT = TOWN.text()
PICTURES = os.environ.get("GONGKAI_SCREENSHOTS")


@pytest.fixture
def kept(tmp_path: Path) -> Findings:
    return Findings(Database(tmp_path / "i.saved"))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    database = Database(tmp_path / "i.saved")
    with served(create_app(FixedSource(samples.engine()), saved=database)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    size = {"width": 1280, "height": 800}
    with fresh_page(browser, base_url=address, viewport=size) as page:
        yield page


def counted(page: Page, number: int) -> None:
    """Wait until the head of the page says so many."""
    playwright.expect(page.locator("#kept")).to_have_text(str(number))


def told(page: Page, text: str) -> None:
    playwright.expect(page.locator("#collecting")).to_have_text(text)


def quotes(kept: Findings) -> list[str]:
    return [each.passage.quote for each in reversed(kept.every())]


def passage(start: int, end: int) -> str:
    return f"/reports/{TOWN.id}/{start}-{end}/{checksum(TEXT[start:end])}"


def test_one_click_beside_a_result(page: Page, kept: Findings) -> None:
    page.goto(f"/?q={Q}")
    counted(page, 0)
    button = page.locator(".reports .collect").first
    button.click()
    counted(page, 1)
    playwright.expect(button).to_have_text("已摘录")
    told(page, "已摘录。")
    assert "公开" in quotes(kept)[0]
    assert f"q={Q}" in page.url
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    counted(page, 2)
    page.locator(".top .kept").click()
    assert page.locator(".finding").count() == 2


def test_on_a_report(page: Page, kept: Findings) -> None:
    """The sentence of the passage by the key, what is marked by a button, then a selection and a line."""
    start = TEXT.index("“三务”公开台账")
    page.goto(passage(start, start + 6))
    page.keyboard.press("s")
    counted(page, 1)
    page.locator('.cited .collect[name="exact"]').click()
    counted(page, 2)
    sentence, marked = quotes(kept)
    assert marked == TEXT[start : start + 6]
    assert marked in sentence
    assert len(sentence) > 6
    line = page.locator(".text .line p").last
    line.evaluate("node => getSelection().selectAllChildren(node)")
    page.locator("#selection-tools .collect").wait_for()
    page.keyboard.press("s")
    counted(page, 3)
    assert quotes(kept)[2] == line.text_content()
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#selection-tools").wait_for(state="hidden")
    line = page.locator(".text .line:not(tr)").first
    line.hover()
    line.locator(".anchor").focus()
    page.locator("#line-tools .collect").click()
    counted(page, 4)
    assert quotes(kept)[3] == line.locator("p, h2, h3").text_content()


def test_s_is_a_letter_in_the_box(page: Page, kept: Findings) -> None:
    page.goto(f"/?q={Q}")
    counted(page, 0)
    page.locator("#q").fill("")
    page.keyboard.type("s")
    assert page.locator("#q").input_value() == "s"
    assert kept.count() == 0


def test_what_fails_is_said(page: Page, kept: Findings) -> None:
    """The server is away; it refuses; another page answers, as one that asks who is there."""
    page.goto(f"/?q={Q}")
    counted(page, 0)
    button = page.locator(".reports .collect").first
    for answer, said in (
        (lambda route: route.abort(), "没有摘录成"),
        (lambda route: route.fulfill(status=200, body="<p>x"), "没有摘录成"),
        (lambda route: route.continue_(post_data="exact=x"), "没有摘录成 · 这个请求不是从"),
    ):
        page.route("**/findings", answer)
        button.click()
        playwright.expect(page.locator("#collecting")).to_contain_text(said)
        page.unroute("**/findings")
        playwright.expect(button).to_have_attribute("aria-pressed", "false")
    assert kept.count() == 0


PRESSED = '.collect[aria-pressed="true"]'


@pytest.mark.parametrize("path", [f"/?q={Q}", f"/concordance?q={Q}", "passage"])
def test_what_is_collected_looks_so_until_it_is_taken_out(
    page: Page, kept: Findings, path: str
) -> None:
    """After a reload, too; by the button, and by the key."""
    start = TEXT.index("“三务”公开台账")
    page.goto(passage(start, start + 6) if path == "passage" else path)
    counted(page, 0)
    page.locator("main .collect").first.click()
    counted(page, 1)
    page.reload()
    counted(page, 1)
    pressed = page.locator(f"main {PRESSED}")
    playwright.expect(pressed.first).to_contain_text("已摘录")
    pressed.first.click()
    told(page, "已取消摘录，再按一次收回")
    playwright.expect(pressed).to_have_count(0)
    counted(page, 0)
    page.locator("main .collect").first.click()
    counted(page, 1)
    assert kept.edit(kept.every()[0].number, "", "一")
    pressed.first.click()
    playwright.expect(page.locator("#collecting")).to_contain_text("没有取消")
    assert kept.count() == 1
    page.locator("#collecting-more").click()
    assert page.locator(".finding:target .note").text_content() == "一"


def test_a_line_that_is_collected(page: Page, kept: Findings) -> None:
    """The buttons of lines and selections tell it of each that they come to."""
    page.goto(f"/reports/{TOWN.id}")
    counted(page, 0)
    first, second = (page.locator(".text .line:not(tr)").nth(number) for number in (1, 2))
    button = page.locator("#line-tools .collect")
    first.locator(".anchor").focus()
    button.click()
    counted(page, 1)
    page.reload()
    counted(page, 1)
    first.locator(".anchor").focus()
    playwright.expect(button).to_have_text("已摘录")
    second.locator(".anchor").focus()
    playwright.expect(button).to_have_text("摘录")
    first.locator(".anchor").focus()
    button.click()
    counted(page, 0)
    playwright.expect(button).to_have_text("摘录")


def test_buttons_show_where_one_is(page: Page, kept: Findings) -> None:
    """Under the pointer and with the focus; those of what is collected always do."""
    page.goto(f"/?q={Q}")
    counted(page, 0)
    passages = page.locator(".reports .passage:visible")
    here, there = (passages.nth(number).locator(".collect") for number in (0, 1))
    page.mouse.move(0, 0)
    for button in (here, there):
        playwright.expect(button).to_have_css("opacity", "0")
    passages.first.hover()
    playwright.expect(here).to_have_css("opacity", "1")
    there.focus()
    playwright.expect(there).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    counted(page, 1)
    page.locator("#q").focus()
    page.mouse.move(0, 0)
    playwright.expect(there).to_have_css("opacity", "1")
    playwright.expect(here).to_have_css("opacity", "0")


def test_on_a_phone(browser: Browser, address: str, kept: Findings) -> None:
    """Every button is there to be touched, and the number of findings stands in the head of the page."""
    kept.add(Finding(Passage(TOWN.id, 0, 6, checksum(TEXT[:6]), TEXT[:6])))
    size = {"width": 390, "height": 844}
    with fresh_page(
        browser, base_url=address, viewport=size, has_touch=True, is_mobile=True
    ) as page:
        for path in (f"/?q={Q}", f"/concordance?q={Q}", passage(0, 6), "/verify"):
            page.goto(path)
            counted(page, 1)
            inside = page.locator(".top .kept").bounding_box()
            assert inside
            assert 0 <= inside["x"] <= inside["x"] + inside["width"] <= 390
            for button in page.locator("main .collect:visible").all():
                assert button.evaluate("node => getComputedStyle(node).opacity") == "1"


def test_back_to_a_page_that_shows_it_no_more(page: Page, kept: Findings) -> None:
    page.goto(f"/?q={Q}")
    counted(page, 0)
    page.locator("main .collect").first.click()
    counted(page, 1)
    page.locator(".top .kept").click()
    page.get_by_role("button", name="删除").click()
    page.locator(".notice").wait_for()
    page.go_back()
    page.go_back()
    playwright.expect(page.locator("main .collect").first).to_have_text("摘录")
    playwright.expect(page.locator(f"main {PRESSED}")).to_have_count(0)


def test_without_scripts(browser: Browser, address: str, kept: Findings) -> None:
    with page_without_scripts(browser, address) as page:
        page.goto(f"/?q={Q}")
        page.locator(".reports .collect").first.click()
        assert page.locator(".notice").text_content().startswith("已摘录。")
        page.locator(".notice a").click()
        page.locator(f".reports {PRESSED}").first.click()
        assert page.locator(".notice").text_content().startswith("已取消摘录。")
        assert kept.count() == 0
        page.locator(".notice a").click()
        page.locator(".reports .collect").first.click()
        page.locator(".edit summary").click()
        page.get_by_label("标签", exact=True).fill("村务")
        page.get_by_label("笔记", exact=True).fill("一\n二")
        page.get_by_role("button", name="保存").click()
        assert page.locator(".finding .note").text_content() == "一\n二"
        page.locator(".labels a", has_text="村务").click()
        assert page.locator(".finding").count() == 1
        page.locator(".remove summary").click()
        page.get_by_role("button", name="删除").click()
        assert "没有摘录" in page.text_content("main")
        page.goto("/verify")
        page.get_by_label("或粘贴文字").fill(f"“{TEXT[:6]}” {passage(0, 6)}")
        page.get_by_role("button", name="核对", exact=True).click()
        assert page.locator(".verdicts .outcome").all_text_contents() == ["一字不差"]
    assert kept.count() == 0


def test_taken_away_and_taken_in(page: Page, kept: Findings, tmp_path: Path) -> None:
    page.goto(passage(0, 6))
    page.locator(".cited .collect").last.click()
    counted(page, 1)
    page.goto("/findings")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excel").click()
    coming.value.save_as(tmp_path / "x.xlsx")
    page.get_by_role("button", name="删除").click()
    assert kept.count() == 0
    page.get_by_label("文件").set_input_files(tmp_path / "x.xlsx")
    page.get_by_role("button", name="收入").click()
    assert "新增 1 条" in page.locator("main [role=status]").text_content()
    assert quotes(kept) == [TEXT[:6]]


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_the_pages_are_sound(
    browser: Browser, address: str, kept: Findings, width: int, colours: str
) -> None:
    """With long and odd content."""
    for number, (label, note) in enumerate(
        (("很长的标签" * 20, "长笔记。" * 300), ("", ""), ("‮甲", "x" * 500), ("乙", "<b>\n\n  二"))
    ):
        said = TEXT[number : number + 200]
        facts = Facts(title=TOWN.title * 3, source="x" * 200, original="http://h/" + "y" * 300)
        kept.add(
            Finding(
                Passage(TOWN.id, number, number + 200, checksum(said), said), facts, label, note
            )
        )
    size = {"width": width, "height": 900}
    with fresh_page(browser, base_url=address, viewport=size, color_scheme=colours) as page:
        names = ("/findings", "/verify", "/findings?label=x", f"/?q={Q}", passage(0, 6))
        for at, name in enumerate(names):
            page.goto(name)
            check(page, width, contrast=DEEP or at % 2 == (colours == "dark"))
        page.goto("/findings")
        page.get_by_role("button", name="核对这些引文").click()
        check(page, width, contrast=DEEP or colours == "dark")
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"verified-{width}.png")


def check(page: Page, width: int, *, contrast: bool) -> None:
    """Without depth the contrast of each page is measured by day or by night, in turn."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page, options=VIOLATIONS if contrast else NO_CONTRAST)
    grave = [
        (v["id"], v["nodes"][0]["html"][:200])
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert grave == []
