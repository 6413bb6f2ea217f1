"""What a link leads to stands in the window, below the bar of a passage link: however the page comes,
however narrow the window and large the text, wherever the reader was before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from chromium import ARGUMENTS, CHROMIUM, MARKS, forget, fresh_page, in_pieces, served
from fake_engine import FakeEngine, make_report
from fake_reports import LONG

from indexer.model import Report
from search.links import checksum
from search.source import FixedSource
from tests.depth import DEEP, crossed
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

QUOTED = "第41部分的第3段。"
AT = LONG.text().index(QUOTED)
PAUSE = 0.3  # seconds: long enough to lay out and paint what has come
SIZES = [(390, 844), (320, 568), (1280, 800), (568, 320)]
CELL = "614249.3亿千瓦时"
TABLES = make_report(
    "表.txt",
    "一张宽表",
    [
        ("other", "一、前文", 1, ["前文。" * 40] * 30),
        ("other", "二、表", 1, ["指标很长很长\t二〇一九年\t二〇二〇年"] * 60),
        (
            "other",
            "三、宽表",
            1,
            [f"发电量\t二〇一八年的数字\t二〇一九年的数字\t{CELL}\t增长"] * 60,
        ),
        ("other", "四、后文", 1, ["后文。" * 40] * 30),
    ],
)


def _passage(report: Report, start: int, end: int, off: int = 0) -> str:
    """The clean link of a span; `off` code points beside where it stands, so that it has moved."""
    check = checksum(report.text()[start:end])
    return f"/reports/{report.id}/{start - off}-{end - off}/{check}"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the application is served."""
    with served(create_app(FixedSource(FakeEngine((LONG, TABLES))))) as address:
        yield address


def _other(browser: Browser, argument: str) -> Browser:
    """Chromium with another argument."""
    return browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, argument])


def _window(
    browser: Browser, address: str, size: tuple[int, int], *, js: bool
) -> AbstractContextManager[Page]:
    seen = {"width": size[0], "height": size[1]}
    return fresh_page(browser, base_url=address, viewport=seen, java_script_enabled=js)


def _in_sight(page: Page, mark: Locator) -> None:
    """The first row of `mark` stands in the window, and the bar does not cover it."""
    playwright.expect(mark).to_be_in_viewport()
    assert page.viewport_size is not None
    bar = page.locator(".cited")
    covered = _edges(bar)[1] if bar.count() else 0.0
    first, last = mark.evaluate("e => [e.getClientRects()[0].top, e.getClientRects()[0].bottom]")
    assert covered <= first, f"the bar ends at {covered}, the mark begins at {first}"
    assert last <= page.viewport_size["height"], f"the first row ends at {last}"


def _edges(element: Locator) -> tuple[float, float]:
    """Top and bottom, in px below the top of the window."""
    box = element.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize(("behind", "width"), crossed((0, 300, 600), (390, 1280)))
def test_a_passage_whose_page_stopped_just_behind_it_for_a_while(
    browser: Browser, width: int, behind: int
) -> None:
    def cut(page: bytes) -> Iterator[bytes]:
        opens = page.find(b'id="passage"')
        at = page.find(b"</mark>", opens) + behind if opens >= 0 else len(page)
        yield page[:at]
        yield page[at:]

    app = in_pieces(create_app(FixedSource(FakeEngine((LONG,)))), cut, PAUSE)
    with served(app) as address, _window(browser, address, (width, 800), js=False) as page:
        page.goto(_passage(LONG, AT, AT + len(QUOTED)))
        _in_sight(page, page.locator("#passage"))
        assert _edges(page.locator("#passage"))[1] < 500


@pytest.mark.parametrize(("size", "off", "js"), crossed(SIZES, (0, 7), (True, False)))
def test_a_passage_higher_than_the_window_is_shown_from_its_beginning(
    browser: Browser, address: str, size: tuple[int, int], off: int, js: bool
) -> None:
    clean = _passage(LONG, AT, AT + 3_000, off)
    with _window(browser, address, size, js=js) as page:
        for url in (clean, clean + "#passage"):
            page.goto("about:blank")
            page.goto(url)
            _in_sight(page, page.locator("#passage"))


@pytest.mark.parametrize("off", [0, 7])
def test_large_text(browser: Browser, address: str, off: int) -> None:
    clean = _passage(LONG, AT, AT + len(QUOTED), off)
    with _other(browser, "--blink-settings=defaultFontSize=32") as large:
        for size, end in crossed(SIZES, ("", "#passage")):
            with _window(large, address, size, js=False) as page:
                page.goto(clean + end)
                _in_sight(page, page.locator("#passage"))


@pytest.fixture(scope="module")
def older(browser: Browser) -> Iterator[Browser]:
    """Chromium as it was before it knew where a page wants to be shown first."""
    with _other(browser, "--disable-blink-features=CSSScrollInitialTarget") as older:
        yield older
        forget(older)


def test_a_browser_that_goes_nowhere_by_itself(older: Browser, address: str) -> None:
    clean = _passage(LONG, AT, AT + 3_000)
    for size in SIZES:
        with _window(older, address, size, js=True) as page:
            page.route("**/reports/**", _without_autofocus)
            page.goto(clean)
            playwright.expect(page.locator("#passage")).to_be_focused()
            _in_sight(page, page.locator("#passage"))


def _without_autofocus(route: Route) -> None:
    answer = route.fetch()
    html = answer.text()
    assert " autofocus" in html
    route.fulfill(response=answer, body=html.replace(" autofocus", ""))


def test_who_has_gone_on_before_the_page_ends_stays_there(browser: Browser) -> None:
    def cut(page: bytes) -> Iterator[bytes]:
        at = page.find("第43部分的第1段。".encode()) if b'id="passage"' in page else len(page)
        yield page[:at]
        yield page[at:]

    app = in_pieces(create_app(FixedSource(FakeEngine((LONG,)))), cut, 1)
    with served(app) as address, _window(browser, address, (1280, 800), js=True) as page:
        page.goto(_passage(LONG, AT, AT + len(QUOTED)), wait_until="commit")
        _in_sight(page, page.locator("#passage"))
        at = page.evaluate("scrollY")
        page.mouse.move(640, 400)
        page.mouse.wheel(0, 900)
        page.wait_for_function("at => scrollY === at + 900", arg=at)
        page.wait_for_load_state()
        playwright.expect(page.locator("#passage")).to_be_focused()
        assert page.evaluate("scrollY") == at + 900


def test_a_text_fragment_leads_elsewhere(browser: Browser, address: str) -> None:
    with _window(browser, address, (1280, 800), js=True) as page:
        page.goto("/")
        link = _passage(LONG, AT, AT + len(QUOTED)) + f"#:~:text={quote('第7部分的第5段。')}"
        page.evaluate("url => { document.querySelector('main a').href = url; }", link)
        page.locator("main a").first.click()
        playwright.expect(page.locator("#passage")).to_be_focused()
        line = page.locator(".line > p", has_text="第7部分的第5段。")
        playwright.expect(line).to_be_in_viewport()


@pytest.mark.parametrize("js", [True, False])
def test_a_browser_that_goes_to_the_focus_only(older: Browser, address: str, js: bool) -> None:
    clean = _passage(LONG, AT, AT + 3_000)
    for size in SIZES if DEEP else SIZES[js::2]:
        with _window(older, address, size, js=js) as page:
            page.goto(clean)
            assert not page.evaluate("CSS.supports('scroll-initial-target', 'nearest')")
            focus = page.locator("#passage" if js else ".begins")
            playwright.expect(focus).to_be_focused()
            _in_sight(page, page.locator("#passage"))


@pytest.mark.parametrize("size", SIZES)
def test_places_below_the_bar(browser: Browser, address: str, size: tuple[int, int]) -> None:
    with _window(browser, address, size, js=False) as page:
        page.goto(_passage(LONG, AT, AT + len(QUOTED), 7) + f"?q={quote('的第3段。')}")
        text = LONG.text()
        line = text.rindex("\n", 0, text.index("第7部分的第5段。")) + 1
        for place, shown in (
            ("s30", "#s30 .heading"),
            ("hit-77", "#hit-77"),
            (f"c{line}", f"#c{line} p"),
        ):
            page.evaluate("place => { location.hash = place; }", place)
            _in_sight(page, page.locator(shown))


def test_who_comes_back_is_where_they_were(browser: Browser, address: str) -> None:
    with _window(browser, address, (390, 844), js=True) as page:
        page.goto(_passage(LONG, AT, AT + len(QUOTED)))
        _in_sight(page, page.locator("#passage"))
        for place in (9_000, 70_000):
            page.evaluate("place => window.scrollTo(0, place)", place)
            page.reload()
            page.wait_for_timeout(300)  # a page that goes to its passage late would go now
            assert page.evaluate("scrollY") == place
            page.goto("/")
            page.go_back()
            page.wait_for_timeout(300)
            assert page.evaluate("scrollY") == place
        page.goto("/")
        page.goto(_passage(LONG, AT, AT + len(QUOTED)))  # the link is followed anew, then left
        _in_sight(page, page.locator("#passage"))
        page.goto("/")
        page.go_back()
        page.go_back()
        page.go_back()
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == 70_000


def test_the_passage_has_the_focus(browser: Browser, address: str) -> None:
    with _window(browser, address, (1280, 800), js=True) as page:
        for end in ("", "#passage"):
            page.goto(_passage(LONG, AT, AT + len(QUOTED)) + end)
            playwright.expect(page.locator("#passage")).to_be_focused()
            # A browser may go to a fragment again at a reload.
            playwright.expect(page).to_have_url(address + _passage(LONG, AT, AT + len(QUOTED)))
            page.keyboard.press("Tab")
            playwright.expect(page.locator(f"#c{AT} .anchor")).to_be_focused()
            page.goto("/")
        page.goto(_passage(LONG, AT, AT + len(QUOTED)) + "#s30")
        page.wait_for_timeout(100)  # two frames, and more
        assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize(("width", "js"), crossed((320, 390, 1280), (True, False)))
def test_a_cell_of_a_wide_table_is_shown_whole(
    browser: Browser, address: str, width: int, js: bool
) -> None:
    with _window(browser, address, (width, 800), js=js) as page:
        text = TABLES.text()
        starts = [at for at in range(len(text)) if text.startswith(CELL, at)]
        for start in (starts[0], starts[40]):
            clean = _passage(TABLES, start, start + len(CELL))
            for url in (clean, clean + "#passage"):
                page.goto("about:blank")
                page.goto(url)
                _in_sight(page, page.locator("#passage"))
                box = page.locator("#passage").bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_hits_of_a_long_report_in_any_order(browser: Browser, width: int) -> None:
    rnd = random.Random(3)  # with heights that were guessed, two of these hits were far away
    sections = [
        ("other", f"第{number}节", 1, [*_table(rnd), *["说明"] * 5]) for number in range(40)
    ]
    report = make_report("表.txt", "表很多的报告", sections)
    app = create_app(FixedSource(FakeEngine((report,))))
    with served(app) as address, _window(browser, address, (width, 800), js=True) as page:
        page.goto(f"/reports/{report.id}?q={quote('段，')}")
        count = page.locator("mark.hit").count()
        assert count > 1_000
        for hit in rnd.sample(range(1, count + 1), 40):
            page.evaluate("hit => { location.hash = hit; }", f"hit-{hit}")
            page.wait_for_timeout(60)  # a page that lays out late would move now
            playwright.expect(page.locator(f"#hit-{hit}")).to_be_in_viewport(ratio=1)


def _table(rnd: random.Random) -> Iterator[str]:
    """Rows of three cells, some of them several lines high."""
    for row in range(rnd.choice((3, 60))):
        yield f"第{row}项\t第{row}段，{'说明这一项的来历。' * rnd.choice((0, 0, 0, 6))}\t12"


@pytest.mark.parametrize("size", SIZES)
def test_a_focus_in_the_bar_leaves_the_text_in_place(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with _window(browser, address, size, js=True) as page:
        page.goto(_passage(LONG, AT, AT + len(QUOTED)))
        page.locator(".top summary").last.evaluate("e => e.focus({preventScroll: true})")
        at = page.evaluate("scrollY")
        summary = page.locator(".cited summary")
        for _ in range(20):
            page.keyboard.press("Tab")
            if summary.evaluate("e => e === document.activeElement"):
                break
        playwright.expect(summary).to_be_focused()
        page.keyboard.press("Enter")
        playwright.expect(page.locator("#text-quotation")).to_be_in_viewport()
        assert page.evaluate("scrollY") == at
