"""The report page in a real browser: its scripts, and what stays without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import fake_reports as samples
import pytest
from chromium import MARKS, fresh_page, served
from fake_engine import FakeEngine, make_report
from fake_reports import TOWN

from indexer.model import Report
from search.links import checksum
from search.model import SearchRequest
from search.source import FixedSource
from tests.depth import crossed
from web.app import create_app
from web.report.sentence import around
from web.texts import t

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = "“三务”公开"
ODD = make_report(
    "异.txt",
    "𠮷野「三務」公開报告",
    [
        (
            "overview",
            "一、𠮷“三务” 公开",
            1,
            [
                "𠮷𠮷“三务”公开，三　务公开；三務公開。",
                "𠮷格\t“三务”公开𠮷\t三务\t公开",
                "  前有空格“ 三 务 ”\u200b公开 ",
                "㎡𠮷e\u0301\U0001f468\u200d\U0001f469三务公开<b>三务公开</b>&amp;三务公开",
            ],
        ),
        ("other", "", 2, ["三务公开" * 40 + "𠮷" + "三务公开"]),
    ],
)
SENTENCE = "本段说明公开工作的进展情况，逐项列明。"
HUGE = make_report("巨.txt", "一行百万字", [("other", "一、概述", 1, [SENTENCE * 53_000])])
MANY = make_report(
    "多.txt",
    "五千处",
    [("other", f"第{n}部分", 1, [SENTENCE * 10 for _ in range(10)]) for n in range(50)],
)
OFFSETS = """async () => {
  const {offsetAt} = await import("/static/js/report-offsets.js");
  const found = [];
  for (const mark of document.querySelectorAll("mark.hit")) {
    const end = [offsetAt(mark, 0), offsetAt(mark, mark.childNodes.length)];
    if (mark.id) found.push([...end, mark.textContent]);
    else { const last = found[found.length - 1]; last[1] = end[1]; last[2] += mark.textContent; }
  }
  return found;
}"""
DESK: Any = {"width": 1280, "height": 800}
SELECT = """([from, fromAt, to, toAt]) => {
  const range = document.createRange();
  range.setStart(document.querySelector(from).firstChild, fromAt);
  range.setEnd(document.querySelector(to).firstChild, toAt);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(
        create_app(FixedSource(FakeEngine((*samples.engine().reports, ODD, HUGE, MANY))))
    ) as address:
        yield address


def _context(browser: Browser, address: str, **options: Any) -> BrowserContext:
    return browser.new_context(base_url=address, viewport=DESK, **options)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page with scripts, none of which may fail."""
    complaints: list[str] = []
    with fresh_page(browser, base_url=address, viewport=DESK) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page without scripts."""
    with fresh_page(browser, base_url=address, viewport=DESK, java_script_enabled=False) as page:
        yield page


def _clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("report", [ODD, TOWN, samples.TRADITIONAL, samples.HOSTILE, MANY])
def test_marks_stand_at_the_offsets_of_the_engine(page: Page, report: Report) -> None:
    q = "公开" if report is MANY else Q
    page.goto(f"/reports/{report.id}?q={quote(q)}")
    found = page.evaluate(OFFSETS)
    text = report.text()
    hits = FakeEngine((report,)).hits(report.id, SearchRequest(q=q))
    assert [(start, end) for start, end, _ in found] == [(hit.start, hit.end) for hit in hits]
    for start, end, shown in found:
        assert shown == text[start:end].replace("\t", "")
    assert len(found) > 1 or report is samples.TRADITIONAL


def test_keys_and_buttons_lead_from_hit_to_hit(page: Page) -> None:
    page.goto(f"/reports/{MANY.id}?find=" + quote("公开"))
    status = page.get_by_role("navigation", name="逐处查看").get_by_role("status")
    playwright.expect(status).to_have_text("共 5,000 处")
    for key, number in (("n", 1), ("n", 2), ("p", 1), ("p", 5_000), ("p", 4_999), ("n", 5_000)):
        page.keyboard.press(key)
        playwright.expect(status).to_have_text(f"第 {number:,} / 5,000 处")
        playwright.expect(page.locator("mark.now")).to_have_id(f"hit-{number}")
        playwright.expect(page.locator("mark.now")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="下一处").click()
    playwright.expect(status).to_have_text("第 1 / 5,000 处")
    page.wait_for_url("**#hit-1")
    assert "hit=" not in page.url.partition("#")[0]
    page.locator("#q").fill("")
    page.keyboard.type("npn")
    assert page.locator("#q").input_value() == "npn"
    playwright.expect(status).to_have_text("第 1 / 5,000 处")
    page.locator(".outline .count").nth(2).click()
    playwright.expect(status).to_have_text("第 201 / 5,000 处")
    page.locator("h1").click()
    page.keyboard.press("n")
    playwright.expect(status).to_have_text("第 202 / 5,000 处")


def test_a_clicked_hit_is_not_undone_by_steps_before_it(page: Page) -> None:
    page.goto(f"/reports/{MANY.id}?q=" + quote("公开") + "#hit-1")
    status = page.get_by_role("navigation", name="逐处查看").get_by_role("status")
    playwright.expect(status).to_have_text("第 1 / 5,000 处")
    page.evaluate(
        """() => {
            for (let steps = 0; steps < 2; steps += 1)
                document.dispatchEvent(new KeyboardEvent("keydown", {key: "n"}));
            document.querySelector(".found a").click();
        }"""
    )
    page.wait_for_timeout(600)  # longer than the address of a step waits to be written
    playwright.expect(status).to_have_text("第 1 / 5,000 处")
    assert page.url.endswith("#hit-1")


def test_hits_are_reached_without_scripts(plain: Page) -> None:
    plain.goto(f"/reports/{MANY.id}?find=" + quote("公开"))
    for number in (1, 2):
        plain.get_by_role("link", name="下一处").click()
        playwright.expect(plain.locator(f"#hit-{number}")).to_be_in_viewport(ratio=1)
    plain.get_by_role("link", name="上一处").click()
    playwright.expect(plain.locator(".steps p")).to_have_text("第 1 / 5,000 处")
    plain.locator(".map a").nth(150).click()
    target = plain.url.partition("#")[2]
    playwright.expect(plain.locator(f"#{target}")).to_be_in_viewport(ratio=1)
    playwright.expect(plain.locator(".copy")).to_have_count(3)
    plain.locator(".citations summary").click()
    playwright.expect(plain.locator("#text-gbt")).to_be_visible()


def test_the_outline_follows_and_counts(page: Page) -> None:
    page.goto(f"/reports/{MANY.id}?q=" + quote("公开"))
    counts = page.locator(".outline .count").all_inner_texts()
    assert counts == ["100"] * 50
    current = page.locator(".outline [aria-current]")
    for number in (30, 49, 0):
        page.locator(f"#s{number + 1}").evaluate("e => e.scrollIntoView()")
        playwright.expect(current).to_have_text(f"第{number}部分")
        playwright.expect(current).to_be_in_viewport(ratio=1)


def _selected(page: Page, points: list[object]) -> tuple[str, str]:
    """What is selected, and what its link's page marks in a fresh browser."""
    page.evaluate(SELECT, points)
    tools = page.get_by_role("group", name="选中的文字")
    tools.get_by_role("button", name="复制本段链接").click()
    playwright.expect(tools.get_by_role("button", name="已复制")).to_be_visible()
    selected = str(page.evaluate("getSelection().toString()"))
    link = _clipboard(page).splitlines()[0]
    fresh = page.context.new_page()
    fresh.goto(link)
    assert fresh.locator(".cited.notice").count() == 0
    marked = "".join(fresh.locator("mark.quoted").all_inner_texts())
    playwright.expect(fresh.locator("#passage")).to_be_in_viewport()
    fresh.close()
    return selected, marked


LINES = [f"#c{line.start}" for line in ODD.lines()]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (["#hit-3", 1, "#hit-4", 2], "务”公开，三　"),
        ([LINES[3] + " td:nth-child(1)", 2, LINES[3] + " mark", 2], "格“三务"),
        ([LINES[2] + " p", 2, LINES[2] + " p", 5], "𠮷“"),
        ([LINES[0] + " h1", 0, LINES[0] + " h1", 3], "𠮷野"),
    ],
)
def test_a_selection_gives_its_link(page: Page, points: list[object], expected: str) -> None:
    page.goto(f"/reports/{ODD.id}?q={quote(Q)}")
    selected, marked = _selected(page, points)
    assert marked == expected
    assert selected.replace("\t", "") == expected


def test_a_triple_click_gives_the_line(page: Page) -> None:
    page.goto(f"/reports/{TOWN.id}")
    line = next(line for line in TOWN.lines() if line.text.startswith("建立“三务”"))
    page.locator(f"#c{line.start} p").click(click_count=3, position={"x": 60, "y": 10})
    tools = page.get_by_role("group", name="选中的文字")
    tools.get_by_role("button", name="摘录并附出处").click()
    playwright.expect(tools.get_by_role("button", name="已复制")).to_be_visible()
    first, _, link, *note = _clipboard(page).replace("\r", "").splitlines()
    assert first == f"“{line.text}”"
    assert link.endswith(f"/{line.start}-{line.end}/{checksum(line.text)}")
    assert note == [t("here_only_passage"), t("here_file", source=TOWN.source)]
    page.keyboard.press("Escape")
    playwright.expect(tools).to_be_hidden()


def test_the_link_of_a_line_is_copied_and_followed_elsewhere(page: Page) -> None:
    page.goto(f"/reports/{TOWN.id}")
    line = next(line for line in TOWN.lines() if line.text.startswith("建立“三务”"))
    page.locator(f"#c{line.start}").hover()
    page.locator(f"#c{line.start} .anchor").hover()
    tools = page.get_by_role("group", name="这一段")
    tools.get_by_role("button", name="复制链接").click()
    playwright.expect(page.locator("#copied")).to_have_text("已复制")
    path = f"/reports/{TOWN.id}/{line.start}-{line.end}/{checksum(line.text)}"
    link, *others = _clipboard(page).replace("\r", "").splitlines()
    assert urlsplit(link).path == path
    note = [t("here_only_passage"), t("here_file", source=TOWN.source)]
    assert others == [f"“{line.text}”", *note]
    tools.get_by_role("link").click()
    playwright.expect(page.locator("#q")).to_have_value(
        '"建立三务公开台账，做到有人管、有人查、有人问。"'
    )


def test_links_that_are_copied_begin_with_the_public_address(browser: Browser) -> None:
    app = create_app(FixedSource(samples.engine()), public_url="https://reports.example.org")
    with served(app) as address:
        page = _context(
            browser, address, permissions=["clipboard-read", "clipboard-write"]
        ).new_page()
        page.goto(f"/reports/{TOWN.id}")
        line = TOWN.sections[0].lines[0]
        page.locator(f"#c{line.start}").hover()
        page.locator(f"#c{line.start} .anchor").hover()
        tools = page.get_by_role("group", name="这一段")
        tools.get_by_role("button", name="复制链接").click()
        playwright.expect(page.locator("#copied")).to_have_text("已复制")
        path = f"/reports/{TOWN.id}/{line.start}-{line.end}/{checksum(line.text)}"
        assert _clipboard(page) == f"https://reports.example.org{path}"
        page.context.close()


def test_copying_works_where_the_address_is_not_secure(browser: Browser, address: str) -> None:
    context = _context(browser, address)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = context.new_page()
    page.goto(f"/reports/{TOWN.id}")
    page.locator(".citations summary").click()
    page.get_by_role("button", name="复制", exact=True).first.click()
    playwright.expect(page.get_by_role("button", name="已复制")).to_be_visible()
    page.locator("#q").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#q").input_value().startswith("青山镇人民政府. 绿水县")
    page.locator(".line > p").first.click(click_count=3, position={"x": 60, "y": 10})
    selected = page.evaluate("getSelection().toString()")
    page.get_by_role("button", name="复制本段链接").click()
    tools = page.get_by_role("group", name="选中的文字")
    playwright.expect(tools.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == selected != ""
    context.close()


def test_a_passage_in_a_line_of_a_million_characters(plain: Page) -> None:
    text = HUGE.text()
    start, end = 600_003, 600_023
    plain.goto(f"/reports/{HUGE.id}/{start}-{end}/{checksum(text[start:end])}")
    playwright.expect(plain.locator("#passage")).to_be_in_viewport(ratio=1)
    assert "".join(plain.locator("mark.quoted").all_inner_texts()) == text[start:end]


@pytest.mark.parametrize("touch", [False, True])
def test_nothing_is_cut_off_on_a_phone(browser: Browser, address: str, touch: bool) -> None:
    context = _context(browser, address, has_touch=touch)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 700})
    for report in (TOWN, ODD, MANY):
        page.goto(f"/reports/{report.id}?q={quote(Q)}")
        page.locator(".line .anchor").nth(2).focus()
        playwright.expect(page.get_by_role("group", name="这一段")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_paper_has_the_report_and_its_citation(plain: Page) -> None:
    text = TOWN.text()
    at = text.index("三务")
    path = f"/reports/{TOWN.id}/{at}-{at + 2}/{checksum('三务')}"
    plain.emulate_media(media="print")
    plain.goto(f"{path}?q={quote(Q)}")
    printed = plain.locator(".printed")
    playwright.expect(printed).to_be_visible()
    start, end = around(text, at, at + 2)
    sentence = f"/reports/{TOWN.id}/{start}-{end}/{checksum(text[start:end])}"
    assert f"“{text[start:end]}” " in printed.inner_text()
    assert sentence in printed.inner_text()
    for hidden in (
        ".steps",
        ".outline",
        ".anchor >> nth=0",
        ".map",
        ".cited",
        ".citations",
        ".top",
    ):
        playwright.expect(plain.locator(hidden)).to_be_hidden()
    playwright.expect(plain.locator("mark.hit").first).to_have_css(
        "text-decoration-line", "underline"
    )


@pytest.mark.parametrize(
    ("report", "query"), crossed((TOWN, samples.LONG_TITLE, MANY), ("", f"?q={quote(Q)}"))
)
def test_the_text_begins_near_the_top(page: Page, report: Report, query: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/reports/{report.id}{query}")
    assert (
        page.locator(".text .line > p").first.evaluate("e => e.getBoundingClientRect().top") < 500
    )


def test_keys_lead_on_to_the_next_report(page: Page) -> None:
    """And back; where the result ends, they say so."""
    state = f"q={quote(Q)}&region={TOWN.region[0].code}"
    page.goto(f"/reports/{TOWN.id}?{state}")
    status = page.get_by_role("navigation", name="逐处查看").get_by_role("status")
    playwright.expect(page.locator(".trail")).to_contain_text("第 1 份，共 3 份")
    page.keyboard.press("p")
    playwright.expect(status).to_have_text("已是结果的第一处")
    for number in range(1, 6):
        page.keyboard.press("n")
        playwright.expect(status).to_have_text(f"第 {number} / 5 处")
    playwright.expect(page.locator(".steps a").last).to_have_text("↓下一份的首处")
    page.keyboard.press("n")
    page.wait_for_url(f"**/reports/{samples.LONG_TITLE.id}?**#hit-1")
    playwright.expect(status).to_have_text("第 1 / 9 处")
    playwright.expect(page.locator("#hit-1")).to_be_in_viewport(ratio=1)
    page.keyboard.press("p")
    page.wait_for_url(f"**/reports/{TOWN.id}?**#hit-5")
    playwright.expect(page.locator("#hit-5")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="下一份", exact=True).click()
    page.get_by_role("link", name="下一份", exact=True).click()
    page.wait_for_url(f"**/reports/{samples.WORK.id}?**")
    playwright.expect(page.locator(".trail")).to_contain_text("已是最后一份")
    page.keyboard.press("n")
    playwright.expect(status).to_have_text("第 1 / 1 处")
    page.keyboard.press("n")
    playwright.expect(status).to_have_text("已是结果的最后一处")
    page.get_by_role("link", name="返回检索结果").click()
    assert unquote(urlsplit(page.url).query) == unquote(state)


def test_finding_in_a_report_without_scripts(plain: Page) -> None:
    """It opens at the first place, says whose box it is, and leaves the way back as it was."""
    plain.goto(f"/reports/{MANY.id}?q={quote(Q)}&sort=year&view=lines")
    box = plain.get_by_role("search", name="在本报告里查找")
    box.get_by_label("在本报告里查找").fill("进展")
    box.get_by_role("button").click()
    plain.wait_for_url("**#hit-1")
    playwright.expect(plain.locator("#hit-1")).to_be_in_viewport(ratio=1)
    assert set(plain.locator("mark.hit").all_inner_texts()) == {"进展"}
    playwright.expect(plain.locator("#q")).to_have_value(Q)
    plain.get_by_role("link", name="返回检索结果").click()
    assert urlsplit(plain.url).path == "/concordance"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_citation_opens_where_one_reads(browser: Browser, address: str, width: int) -> None:
    """Without scripts, of the sentence around the passage; the text stays where it is."""
    context = _context(browser, address, java_script_enabled=False)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    line = next(line for line in TOWN.lines() if line.text.startswith("建立“三务”"))
    at = line.start + 3
    page.goto(f"/reports/{TOWN.id}/{at}-{at + 2}/{checksum('三务')}")
    before = page.locator("#passage").bounding_box()
    page.locator(".cited summary").click()
    after = page.locator("#passage").bounding_box()
    assert before == after
    quotation = page.locator("#text-quotation")
    playwright.expect(quotation).to_be_in_viewport()
    first, _, link = quotation.inner_text().splitlines()[:3]
    assert first == f"“{line.text}”"
    assert urlsplit(link).path.endswith(f"/{line.start}-{line.end}/{checksum(line.text)}")
    page.goto(link)
    assert "".join(page.locator("mark.quoted").all_inner_texts()) == line.text
    context.close()


def test_a_line_is_quoted_from_its_tools(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto(f"/reports/{TOWN.id}")
    line = next(line for line in TOWN.lines() if line.text.startswith("建立“三务”"))
    page.locator(f"#c{line.start}").hover()
    tools = page.get_by_role("group", name="这一段")
    tools.get_by_role("button", name="摘录并附出处").click()
    playwright.expect(page.locator("#copied")).to_have_text("已复制")
    first, _, link = _clipboard(page).replace("\r", "").splitlines()[:3]
    assert first == f"“{line.text}”"
    assert urlsplit(link).path.endswith(f"/{line.start}-{line.end}/{checksum(line.text)}")


def test_a_table_is_copied_for_a_spreadsheet(page: Page) -> None:
    page.goto(f"/reports/{TOWN.id}?q={quote(Q)}")
    page.get_by_role("button", name="复制表格 1").click()
    playwright.expect(page.locator("#copied")).to_have_text("已复制")
    rows = [line.text for line in TOWN.lines() if "\t" in line.text]
    assert _clipboard(page).replace("\r", "").split("\n") == rows
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV 1").click()
    assert download.value.suggested_filename == f"{TOWN.title}-表-1.csv"


@pytest.mark.parametrize("touch", [False, True])
def test_links_of_lines_are_seen_where_one_points(
    browser: Browser, address: str, touch: bool
) -> None:
    context = _context(browser, address, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    page.goto(f"/reports/{TOWN.id}")
    line = page.locator(".text .line:has(> p)").nth(1)
    anchor = line.locator(".anchor")
    playwright.expect(anchor).to_have_css("opacity", "1" if touch else "0")
    if not touch:
        line.locator("p").hover()
        playwright.expect(anchor).to_have_css("opacity", "1")
        page.mouse.move(0, 0)
        playwright.expect(anchor).to_have_css("opacity", "0")
        page.keyboard.press("Tab")
        anchor.focus()
        playwright.expect(anchor).to_have_css("opacity", "1")
    context.close()
