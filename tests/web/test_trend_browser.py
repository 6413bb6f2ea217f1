"""The trend view in a real browser: with and without scripts, by mouse, keys and finger."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from chromium import MARKS, NO_CONTRAST, VIOLATIONS, fresh_page, served

from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.depth import DEEP
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = MARKS

Q = quote("三务公开")
ALSO = quote("依申请公开\n(\n-公示")
PAGES = {
    "trend": f"/trend?q={Q}",
    "chosen": f"/trend?q={Q}&year_from=2014&year_to=2018&region=350000",
    "rate": f"/trend?q={Q}&measure=rate&below=city",
    "compared": f"/trend?q={Q}&also={ALSO}",
    "silent": f"/trend?q={Q}&silent=1",
    "corpus": "/trend",
    "not": "/trend?q=-" + quote("公示"),
    "nothing": "/trend?q=zzz&year=2018",
}
PICTURES = os.environ.get("GONGKAI_SCREENSHOTS")
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def address(samples: IndexEngine) -> Iterator[str]:
    with served(create_app(FixedSource(samples))) as address:
        yield address


def opened(
    browser: Browser, address: str, width: int, **more: object
) -> AbstractContextManager[Page]:
    size = {"width": width, "height": 900}
    return fresh_page(browser, base_url=address, viewport=size, **more)


@pytest.fixture(params=[390, 1440])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, address, request.param) as page:
        yield page


@pytest.fixture(params=[390, 1440])
def bare(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Without scripts."""
    with opened(browser, address, request.param, java_script_enabled=False) as page:
        yield page


@pytest.mark.parametrize(
    ("name", "width", "colours"),
    [
        (name, *((1440, "light"), (1440, "dark"), (390, "dark"))[at % 3])
        for at, name in enumerate(PAGES)
    ],
)
def test_no_grave_finding(
    browser: Browser, address: str, name: str, width: int, colours: str
) -> None:
    """Nor anything wider than the page, nor a complaint. Without depth every other page has its contrast
    measured."""
    with opened(browser, address, width, color_scheme=colours) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(PAGES[name])
        if PICTURES:
            picture = Path(PICTURES) / f"trend-{name}-{width}-{colours}.png"
            page.screenshot(path=picture, full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        contrast = DEEP or list(PAGES).index(name) % 2 == 0
        options = VIOLATIONS if contrast else NO_CONTRAST
        found = axe.Axe().run(page, options=options).response["violations"]
        grave = {
            violation["id"]: [node["html"][:200] for node in violation["nodes"][:3]]
            for violation in found
            if violation["impact"] in GRAVE
        }
        assert grave == {}
        assert complaints == []


def test_chart_and_matrix_have_one_grid(browser: Browser, address: str) -> None:
    with opened(browser, address, 1440) as page:
        for url in (PAGES["trend"], PAGES["chosen"], "/trend?q=a&year=2018"):
            page.goto(url)
            slots = page.locator("svg.of-years .slot").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().x)"
            )
            heads = page.locator(".matrix thead th:not(.sum, .undated)").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().x)"
            )
            assert len(slots) == len(heads) > 5
            assert max(abs(a - b) for a, b in zip(slots, heads, strict=True)) < 2


@pytest.mark.parametrize("width", [390, 1280])
def test_few_years_are_all_in_sight(browser: Browser, address: str, width: int) -> None:
    """Nothing of theirs is to be scrolled to."""
    with opened(browser, address, width) as page:
        page.goto(f"/trend?q={quote('年份:2014..2016 三务公开')}")
        assert page.locator("svg.of-years .slot").count() == 3
        overflow = page.locator(".plot > .scroll").evaluate("e => e.scrollWidth - e.clientWidth")
        assert overflow <= 0


def test_a_year_a_tile_and_a_region_without_scripts(bare: Page) -> None:
    bare.goto(PAGES["trend"])
    bare.locator("svg.of-years a[data-year='2018']").click()
    playwright.expect(bare).to_have_url(re.compile("year=2018"))
    tile = bare.locator(".matrix a.some, .matrix a.part").first
    number = int(tile.inner_text())
    tile.click()
    playwright.expect(bare).to_have_url(re.compile(r"/\?.*region=\d+&year=2018"))
    playwright.expect(bare.locator(".reports > li")).to_have_count(number)
    bare.go_back()
    bare.locator(".matrix tbody tr", has=bare.locator(".some, .part")).first.locator("th a").click()
    playwright.expect(bare).to_have_url(re.compile("/trend.*region="))
    playwright.expect(bare.locator(".matrix tbody tr").first).to_be_visible()


def test_who_never_says_it_in_three_clicks(bare: Page) -> None:
    """Which provinces' reports of 2018 never say it, and of which there is none."""
    bare.goto(f"/?q={Q}")
    bare.locator(".views a", has_text="趋势").click()
    bare.locator("svg.of-years a[data-year='2018']").click()
    section = bare.locator(".silence")
    playwright.expect(section.locator("h2")).to_contain_text("2018")
    names = section.locator("ul a bdi").all_inner_texts()
    assert names
    playwright.expect(section.locator(".missing")).to_contain_text("没有符合筛选条件的报告")
    section.locator("ul a").first.click()
    playwright.expect(bare.locator(".reports > li")).not_to_have_count(0)
    playwright.expect(bare).to_have_url(re.compile("silent=1"))


def test_queries_are_compared_without_scripts(bare: Page) -> None:
    """One field and one button on the trend of any search."""
    bare.goto(PAGES["trend"])
    bare.get_by_label("加一个词组对比").fill("依申请公开\n(")
    bare.get_by_role("button", name="比较").click()
    rows = bare.locator(".names > li")
    playwright.expect(rows).to_have_count(3)
    playwright.expect(rows.nth(2)).to_contain_text("括号")
    rows.nth(1).locator("a.query").click()
    playwright.expect(bare.locator("#q")).to_have_value("依申请公开")
    playwright.expect(rows).to_have_count(3)
    rows.nth(2).locator(".remove").click()
    playwright.expect(rows).to_have_count(2)


def test_three_phrases_are_compared_in_two_actions(page: Page) -> None:
    """From the result of a search: the view, then the field in reach; names do not cover the bars."""
    page.goto(f"/?q={Q}")
    page.locator(".views a", has_text="趋势").click()
    field = page.get_by_label("加一个词组对比")
    playwright.expect(field).to_be_in_viewport(ratio=1)
    field.fill("依申请公开，主动公开")
    field.press("Enter")
    names = page.locator(".names > li p")
    playwright.expect(names).to_have_count(3)
    for name, strip in zip(names.all(), page.locator(".drawn > svg").all(), strict=True):
        above, below = name.bounding_box(), strip.locator(".ground").bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] < below["y"]


def test_the_strips_stand_on_the_years_of_the_chart(browser: Browser, address: str) -> None:
    with opened(browser, address, 1440) as page:
        page.goto(PAGES["compared"])
        chart = page.locator("svg.of-years .year.round:not(.narrow)")
        strips = page.locator(".drawn .year.round:not(.narrow)")
        for one, other in zip(chart.all(), strips.all(), strict=True):
            a, b = one.bounding_box(), other.bounding_box()
            assert a
            assert b
            assert abs(a["x"] + a["width"] / 2 - b["x"] - b["width"] / 2) < 2


def test_a_range_by_dragging(page: Page) -> None:
    page.goto(PAGES["trend"])
    boxes = [
        page.locator(f"svg.of-years a[data-year='{year}'] .slot").bounding_box()
        for year in (2014, 2017)
    ]
    first, last = boxes
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 3, first["y"] + 60)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + 60, steps=5)
    playwright.expect(page.locator(".range [name=year_to]")).to_have_value("2017")
    page.mouse.up()
    playwright.expect(page).to_have_url(re.compile("year_from=2014&year_to=2017"))
    playwright.expect(page.locator("svg.of-years [aria-current]")).to_have_count(4)


def test_a_range_by_keys(page: Page) -> None:
    page.goto(PAGES["trend"])
    page.locator("svg.of-years a[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    playwright.expect(page).to_have_url(re.compile("year_from=2010&year_to=2012"))


def test_a_table_opens(bare: Page) -> None:
    bare.goto(PAGES["trend"])
    bare.get_by_text("表格", exact=True).click()
    playwright.expect(bare.get_by_role("rowheader", name="2018")).to_be_visible()


@pytest.mark.parametrize("name", ["trend", "matrix"])
def test_drawings_are_taken_away(page: Page, name: str) -> None:
    page.goto(PAGES["trend"])
    with page.expect_download() as download:
        page.locator(f".files a[href^='/{name}.svg']").click()
    assert download.value.suggested_filename.endswith(".svg")
    assert "三务公开" in download.value.suggested_filename
