"""What a link leads to stands in the window: however the page comes, wherever the reader was before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from chromium import MARKS, in_pieces, served
from fake_engine import FakeEngine, make_report
from fake_reports import LONG

from search.links import checksum
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

QUOTED = "第41部分的第3段。"
AT = LONG.text().index(QUOTED)
PASSAGE = f"/reports/{LONG.id}/{AT}-{AT + len(QUOTED)}/{checksum(QUOTED)}"
PAUSE = 0.3  # seconds: long enough to lay out and paint what has come
HEIGHT = 800


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("behind", [0, 300, 600])
def test_a_passage_whose_page_stops_just_behind_it(
    browser: Browser, width: int, behind: int
) -> None:
    def cut(page: bytes) -> Iterator[bytes]:
        opens = page.find(b'id="passage"')
        at = page.find(b"</mark>", opens) + behind if opens >= 0 else len(page)
        yield page[:at]
        yield page[at:]

    app = in_pieces(create_app(FakeEngine((LONG,))), cut, PAUSE)
    with served(app) as address:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=False,
        )
        page = context.new_page()
        page.goto(PASSAGE)
        playwright.expect(page.locator("#passage")).to_be_in_viewport(ratio=1)
        assert HEIGHT / 3 < _middle(page.locator("#passage")) < HEIGHT * 2 / 3
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_hits_of_a_long_report_in_any_order(browser: Browser, width: int) -> None:
    rnd = random.Random(3)  # with heights that were guessed, two of these hits were far away
    sections = [
        ("other", f"第{number}节", 1, [*_table(rnd), *["说明"] * 5]) for number in range(40)
    ]
    report = make_report("表.txt", "表很多的报告", sections)
    with served(create_app(FakeEngine((report,)))) as address:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": HEIGHT})
        page = context.new_page()
        page.goto(f"/reports/{report.id}?q={quote('段，')}")
        count = page.locator("mark.hit").count()
        assert count > 1_000
        for hit in rnd.sample(range(1, count + 1), 40):
            page.evaluate("hit => { location.hash = hit; }", f"hit-{hit}")
            page.wait_for_timeout(60)  # a page that lays out late would move now
            playwright.expect(page.locator(f"#hit-{hit}")).to_be_in_viewport(ratio=1)
        context.close()


def _table(rnd: random.Random) -> Iterator[str]:
    """Rows of three cells, some of them several lines high."""
    for row in range(rnd.choice((3, 60))):
        yield f"第{row}项\t第{row}段，{'说明这一项的来历。' * rnd.choice((0, 0, 0, 6))}\t12"


def _middle(mark: Locator) -> float:
    """Where the middle of a mark stands, in px below the top of the window."""
    box = mark.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2
