"""What scripts add to the search page, in Chromium; each has its way without them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import fake_reports as samples
import pytest
from chromium import MARKS, fresh_page, page_without_scripts, served
from fake_reports import TOWN

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = quote("“三务”公开")
CITY = TOWN.region[1].code


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(FixedSource(samples.engine()))) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh browser with scripts; the server's suggestions are the text typed, twice longer."""
    with fresh_page(browser, base_url=address, viewport={"width": 1280, "height": 800}) as page:
        page.route("**/api/suggest?*", _suggest)
        yield page


@pytest.fixture
def bare(browser: Browser, address: str) -> Iterator[Page]:
    """A page with scripts off."""
    with page_without_scripts(browser, address) as page:
        yield page


def _suggest(route: Route) -> None:
    typed = parse_qs(urlsplit(route.request.url).query)["q"][0]
    route.fulfill(json={"suggestions": [f"{typed}甲", f"<b>{typed}</b>乙"]})


def _options(page: Page) -> list[str]:
    return page.locator("[role=option] bdi").all_inner_texts()


def test_suggestions_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="检索词")
    box.press_sequentially("三务")
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    assert _options(page) == ["三务甲", "<b>三务</b>乙"]
    playwright.expect(box).to_have_attribute("aria-expanded", "true")
    for key, active in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", None), ("ArrowUp", 1)):
        box.press(key)
        selected = page.locator("[role=option][aria-selected=true]")
        playwright.expect(selected).to_have_count(0 if active is None else 1)
        at = box.get_attribute("aria-activedescendant")
        assert at == (None if active is None else f"q-list-{active}")
    box.press("Escape")
    playwright.expect(page.get_by_role("listbox")).to_be_hidden()
    playwright.expect(box).to_have_value("三务")
    box.press("ArrowDown")
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/?q=" + quote("三务甲"))


def test_a_suggestion_is_taken_by_mouse_and_plain_enter_searches(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("三")
    page.get_by_role("option").last.click()
    page.wait_for_url("**/?q=" + quote("<b>三</b>乙", safe=""))
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("三务")
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=" + quote("三务"))


def test_an_input_method_is_left_alone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/api/suggest" in r.url else None)
    page.goto("/")
    page.locator("#q").focus()
    keys = page.context.new_cdp_session(page)
    for typing in ("s", "sa", "san wu"):
        keys.send(
            "Input.imeSetComposition", {"text": typing, "selectionStart": 0, "selectionEnd": 0}
        )
    page.wait_for_timeout(250)
    assert asked == []
    keys.send("Input.insertText", {"text": "“三务”"})
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    assert [parse_qs(urlsplit(url).query) for url in asked] == [{"q": ["“三务”"], "limit": ["8"]}]


def test_an_answer_that_comes_late_is_dropped(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/api/suggest?*", lambda route: waiting.append(route))
    page.goto("/")
    box = page.locator("#q")
    for typed in ("甲", "甲乙"):
        box.fill(typed)
        page.wait_for_timeout(250)
    assert len(waiting) == 2
    _suggest(waiting[1])
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    assert _options(page)[0] == "甲乙甲"
    _suggest(waiting[0])
    page.wait_for_timeout(50)
    assert _options(page)[0] == "甲乙甲"


def test_recent_queries_stay_in_the_browser(page: Page) -> None:
    for q in ("党务", "“三务”公开", "<img src=x>", "党务"):
        page.goto("/?q=" + quote(q))
    page.goto("/")
    box = page.locator("#q")
    box.focus()
    expected = ["党务", "<img src=x>", "“三务”公开", "清除最近检索"]
    assert _options(page) == expected
    assert json.loads(page.evaluate("localStorage['gongkai-recent']")) == expected[:3]
    page.locator(".away").first.click()
    assert _options(page) == expected[1:]
    box.press("ArrowDown")
    box.press("Delete")
    assert _options(page) == expected[2:]
    page.get_by_role("option").first.click()
    page.wait_for_url(f"**/?q={Q}")
    page.locator("#q").fill("")
    page.get_by_role("option", name="清除最近检索").click()
    playwright.expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.evaluate("localStorage['gongkai-recent']") == "[]"


@pytest.mark.parametrize("stored", ["{", "{}", "[1, null]", '"x"'])
def test_odd_storage_does_no_harm(page: Page, stored: str) -> None:
    page.goto("/")
    page.evaluate("stored => localStorage.setItem('gongkai-recent', stored)", stored)
    page.goto(f"/?q={Q}")
    page.locator("#q").fill("")
    assert _options(page)[0] == "“三务”公开"


def test_the_box_shows_what_the_page_was_asked(page: Page) -> None:
    page.goto(f"/?q={Q}")
    literal = page.locator("[name=literal]")
    options = page.get_by_text("选项和语法")
    options.click()
    literal.check()
    page.locator("#q").press("Enter")
    playwright.expect(page).to_have_url(re.compile("literal=1"))
    page.go_back()
    playwright.expect(literal).not_to_be_checked()
    options.click()
    literal.check()
    options.click()
    page.locator("[name=year_from]").fill("2019")
    page.locator("[name=issuer_like]").fill("谁也不是")
    playwright.expect(page.locator(".facet-issuer li[hidden]")).not_to_have_count(0)
    page.locator("#q").fill("别的")
    playwright.expect(page.get_by_role("option")).to_have_count(2)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    playwright.expect(literal).not_to_be_checked()
    playwright.expect(page.locator("#q")).to_have_value("“三务”公开")
    playwright.expect(page.locator("[name=year_from]")).to_have_value("")
    playwright.expect(page.locator(".facet-issuer li[hidden]")).to_have_count(0)
    playwright.expect(page.get_by_role("option")).to_have_count(0)


def test_paper_has_the_query_and_its_hits(bare: Page) -> None:
    bare.emulate_media(media="print")
    bare.goto(f"/?q={Q}")
    playwright.expect(bare.locator("h1")).to_have_text("“三务”公开")
    box = bare.locator("h1").bounding_box()
    assert box is not None
    assert box["width"] > 100
    mark = bare.locator(".passage mark").first
    playwright.expect(mark).to_have_css("text-decoration-line", "underline")
    playwright.expect(bare.locator(".range")).to_be_hidden()


def test_the_syntax_opens_over_the_page(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    before = bare.locator(".totals").bounding_box()
    bare.get_by_text("选项和语法").click()
    playwright.expect(bare.locator(".syntax-panel")).to_be_visible()
    assert bare.locator(".totals").bounding_box() == before


def test_keys_lead_through_the_results(page: Page) -> None:
    page.goto(f"/?q={Q}")
    titles = page.locator(".reports h2 a")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        playwright.expect(titles.nth(at)).to_be_focused()
        playwright.expect(titles.nth(at)).to_be_in_viewport(ratio=1)
    for _ in range(19):
        page.keyboard.press("j")
    playwright.expect(page.locator(".pager [rel=next]")).to_be_focused()
    page.keyboard.press("/")
    playwright.expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("?")
    playwright.expect(page.locator("#q")).to_have_value("“三务”公开?")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    playwright.expect(page.locator(".syntax-panel")).to_be_visible()
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".syntax-panel")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")


def test_regions_open_without_scripts(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    bare.locator('summary[aria-label="青山省的下级"]').click()
    bare.locator('a.unfold[aria-label="白河市的下级"]').click()
    playwright.expect(bare.locator(f"#region-{CITY}")).to_be_in_viewport()
    playwright.expect(bare.locator(".chips")).to_have_count(0)
    bare.locator(".tree a", has_text="绿水县").click()
    playwright.expect(bare.locator(".chips li")).to_have_count(1)
    assert parse_qs(urlsplit(bare.url).query)["open"] == [CITY]
    bare.set_viewport_size({"width": 390, "height": 800})
    bare.goto(f"/?q={Q}&open={CITY}#region-{CITY}")
    playwright.expect(bare.locator(f"#region-{CITY}")).to_be_in_viewport()


def test_regions_open_in_place(page: Page) -> None:
    page.goto(f"/?q={Q}&sort=year")
    page.evaluate("window.same = true")
    page.locator('summary[aria-label="东岭省的下级"]').click()
    page.locator('summary[aria-label="青山省的下级"]').click()
    page.locator('a.unfold[aria-label="白河市的下级"]').click()
    playwright.expect(page.locator(".tree a", has_text="绿水县")).to_be_visible()
    playwright.expect(page.locator('summary[aria-label="白河市的下级"]')).to_be_focused()
    playwright.expect(page.locator(".tree a", has_text="东岭甲市")).to_be_visible()
    assert page.evaluate("window.same")
    assert parse_qs(urlsplit(page.url).query)["open"] == [CITY]
    page.reload()
    playwright.expect(page.locator(".tree a", has_text="绿水县")).to_be_visible()


def test_regions_that_were_opened_in_place_stay_open(page: Page) -> None:
    page.goto(f"/?q={Q}")
    for province, city in (("青山省", "白河市"), ("东岭省", "东岭甲市"), ("东岭省", "东岭乙市")):
        summary = page.locator(f'summary[aria-label="{province}的下级"]')
        if not summary.locator("..").evaluate("details => details.open"):
            summary.click()
        page.locator(f'a.unfold[aria-label="{city}的下级"]').click()
        playwright.expect(page.locator(f'summary[aria-label="{city}的下级"]')).to_be_focused()
    page.reload()
    for city in ("白河市", "东岭甲市", "东岭乙市"):
        summary = page.locator(f'summary[aria-label="{city}的下级"]')
        playwright.expect(summary.locator("..")).to_have_attribute("open", "")
    assert len(parse_qs(urlsplit(page.url).query)["open"]) == 3


def test_issuers_are_looked_through_while_typing(page: Page) -> None:
    page.goto(f"/?q={Q}")
    field = page.get_by_role("searchbox", name="在机构名称里找")
    field.fill("甲市 人民政府办公室3")
    shown = page.locator(".facet-issuer li:visible bdi")
    playwright.expect(shown).to_have_count(2)
    assert all(name.endswith("办公室3") for name in shown.all_inner_texts())
    field.press("Enter")
    page.wait_for_url("**issuer_like=**")
    playwright.expect(page.locator(".facet-issuer li")).to_have_count(3)


def _dragged(page: Page, first: str, last: str) -> None:
    boxes = [page.locator(f'.chart a[data-year="{y}"] .slot').bounding_box() for y in (first, last)]
    start, end = (box["x"] + box["width"] / 2 for box in boxes if box)
    assert boxes[0]
    page.mouse.move(start, boxes[0]["y"] + 30)
    page.mouse.down()
    page.mouse.move(end, boxes[0]["y"] + 30, steps=8)
    page.mouse.up()


def test_a_range_of_years_by_mouse(page: Page) -> None:
    page.goto(f"/?q={Q}&genre=disclosure&year=2020")
    _dragged(page, "2017", "2014")
    page.wait_for_url("**year_from=**")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {
        "q": ["“三务”公开"], "genre": ["disclosure"], "year_from": ["2014"], "year_to": ["2017"],
    }  # fmt: skip
    playwright.expect(page.locator(".chart a[aria-current]")).to_have_count(4)
    page.locator('.chart a[data-year="2010"] .slot').click()
    page.wait_for_url("**year=2010**")


def test_a_range_of_years_by_keyboard(page: Page) -> None:
    page.goto(f"/?q={Q}")
    page.locator("[name=year_from]").focus()
    page.keyboard.press("Shift+Tab")
    focused = page.locator(".chart a:focus")
    playwright.expect(focused).to_have_attribute("data-year", "2021")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    playwright.expect(focused).to_have_attribute("data-year", "2010")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    playwright.expect(page.locator(".chart a.picked")).to_have_count(4)
    playwright.expect(page.locator("[name=year_from]")).to_have_value("2010")
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".chart a.picked")).to_have_count(0)
    playwright.expect(page.locator("[name=year_from]")).to_have_value("")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**year_from=2012&year_to=2013#filters")
    page.locator('.chart a[data-year="2015"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2015**")


def test_years_without_scripts(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    bare.locator('.chart a[data-year="2015"] .slot').click()
    playwright.expect(bare.locator(".totals")).to_contain_text("11 份 / 11 份报告")
    bare.locator("[name=year_from]").fill("2017")
    bare.keyboard.press("Enter")
    playwright.expect(bare.locator(".chips li")).to_have_count(1)
    assert "year_from=2017" in bare.url


def test_nothing_moves_once_the_page_is_there(page: Page) -> None:
    page.add_init_script(
        "window.moved = []; new PerformanceObserver(list => list.getEntries().forEach(entry =>"
        "  window.moved.push(...entry.sources.map(({node}) => node?.outerHTML ?? `${node?.data}`))"
        ")).observe({type: 'layout-shift', buffered: true})"
    )
    for url in ("/", f"/?q={Q}", "/?q=zzz"):
        page.goto(url)
        page.wait_for_timeout(150)
        assert page.evaluate("window.moved") == []


def test_head_shelf_and_facets_stay_in_reach(bare: Page) -> None:
    bare.goto(f"/?q={Q}&size=50")
    bare.locator(".reports > li").nth(20).evaluate("row => row.scrollIntoView()")
    for name in ("#q", ".switches", ".views", ".take", ".facet-genre", ".silent"):
        playwright.expect(bare.locator(name)).to_be_in_viewport(ratio=1)
    covered = bare.locator(".shelf").bounding_box()
    title = bare.locator(".reports > li h2").nth(20).bounding_box()
    assert covered
    assert title
    assert title["y"] >= covered["y"] + covered["height"]
    bare.locator(".facet-issuer .more").evaluate("more => more.scrollIntoView({block: 'nearest'})")
    assert bare.locator(".facets").evaluate("side => side.scrollTop") > 0


@pytest.mark.parametrize("url", [f"/?q={Q}", f"/?q={Q}&genre=disclosure&year_from=2010&literal=1"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_result_is_soon_seen_on_a_phone(bare: Page, url: str, language: str) -> None:
    bare.set_viewport_size({"width": 390, "height": 844})
    bare.goto(f"/language/{language}?back={quote(url)}")
    first = bare.locator(".reports h2").first.bounding_box()
    assert first
    assert first["y"] < 500


def test_the_sheet_of_filters_stays_open_until_it_is_closed(bare: Page) -> None:
    bare.set_viewport_size({"width": 390, "height": 844})
    bare.goto(f"/?q={Q}")
    sheet = bare.locator(".facets")
    playwright.expect(sheet).to_be_hidden()
    bare.locator(".to-filters").click()
    playwright.expect(sheet).to_be_visible()
    bare.locator(".facet-genre a").first.click()
    bare.wait_for_url("**genre=*")
    playwright.expect(sheet).to_be_visible()
    bare.locator("[name=year_from]").fill("2017")
    bare.keyboard.press("Enter")
    bare.wait_for_url("**year_from=2017*")
    playwright.expect(sheet).to_be_visible()
    bare.locator(".sheet-head a").click()
    playwright.expect(sheet).to_be_hidden()
    playwright.expect(bare.locator(".chips li")).to_have_count(3)


def test_choosing_beside_the_results_leaves_the_window_at_its_top(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    bare.locator(".facet-genre a").first.click()
    bare.wait_for_url("**genre=*")
    assert bare.evaluate("scrollY") == 0


def test_the_link_is_copied(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/?q={Q}&year=2015#filters")
    link = page.get_by_role("link", name="复制链接")
    link.click()
    playwright.expect(page.locator("#copied")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == f"{address}/?q={Q}&year=2015"


def test_switches_say_what_each_finds(bare: Page) -> None:
    bare.goto(f"/?q={Q}&year=2015")
    playwright.expect(bare.locator(".switch [aria-current]")).to_have_text("原话 11")
    bare.locator(".toggle").click()
    playwright.expect(bare.locator(".toggle")).to_have_attribute("aria-current", "true")
    assert "whole=1" in bare.url
    bare.locator(".toggle").click()
    assert "whole" not in bare.url


def test_the_list_shows_more_of_each(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    more = bare.locator(".further .passage")
    playwright.expect(more.first).to_be_hidden()
    bare.get_by_role("link", name="详").click()
    bare.wait_for_url("**full=1")
    playwright.expect(more.first).to_be_visible()


def test_who_is_silent_is_one_click_away(bare: Page) -> None:
    bare.goto(f"/?q={Q}")
    playwright.expect(bare.locator(".silent b")).to_have_text("1")
    bare.locator(".silent p a").click()
    bare.wait_for_url("**silent=1")
    playwright.expect(bare.locator(".reports > li")).to_have_count(1)
    playwright.expect(bare.locator(".silent b")).to_have_text("105")
    playwright.expect(bare.locator(".chips")).to_contain_text("没有说的报告")


def test_a_passage_leads_to_its_place_and_its_text_can_be_selected(page: Page) -> None:
    page.goto(f"/?q={Q}")
    words = page.locator(".passage .words").first
    box = words.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    assert page.evaluate("String(getSelection())")
    playwright.expect(page).to_have_url(re.compile(r"/\?q="))
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    playwright.expect(page.locator("#passage")).to_be_visible()


def test_a_passage_opens_in_another_tab(page: Page) -> None:
    page.goto(f"/?q={Q}")
    playwright.expect(page.locator(".passage").first.get_by_role("link")).to_have_count(1)
    with page.context.expect_page() as opened:
        page.locator(".passage mark").first.click(modifiers=["Control"])
    playwright.expect(opened.value.locator("#passage")).to_be_visible()
    playwright.expect(page).to_have_url(re.compile(r"/\?q="))
