"""Every page, on a desk and on a phone, by day and by night, in both languages: no serious finding of
axe-core, no shift of what is already shown, no complaint in the console, nothing asked of elsewhere.

Where GONGKAI_SCREENSHOTS names a folder, a picture of each is left there.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import fake_reports as samples
import pytest
from chromium import MARKS, NO_CONTRAST, VIOLATIONS, in_pieces, served
from fake_engine import FakeEngine
from fake_reports import HOSTILE, HOSTILE_ISSUER, LONG, TOWN, WORK
from saved_samples import saved_searches

from indexer.model import Place
from search.links import checksum
from search.source import FixedSource
from tests.depth import DEEP
from tests.printed import printed
from tests.two_years import OLD, YOUNG
from web.app import create_app
from web.language import COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = MARKS

PICTURES = os.environ.get("GONGKAI_SCREENSHOTS")
Q = quote("“三务”公开")
QUOTED = TOWN.text()[:6]
PASSAGE = f"/reports/{TOWN.id}/0-6/{checksum(QUOTED)}"
SCANNED = printed(
    replace(TOWN, source="扫描/青山镇.pdf", copies=("扫描/青山镇（2）.pdf",)),
    (Place(number // 3 + 1, number // 2 + 1, 99 - 4 * (number % 5)) for number in count()),
)
PAGES = {
    "start": "/",
    "rejected": "/rejected",
    "results": f"/?q={Q}",
    "narrowed": f"/?q={Q}&region={TOWN.region[0].code}&year=2020",
    "hostile-filter": f"/?q={Q}&issuer={quote(HOSTILE_ISSUER)}",
    "nothing-found": "/?q=zzz&literal=1&year=2020",
    "query-error": "/?q=" + quote("“三务”公开 AND (村务 OR 党务"),
    "missing": "/nothing",
    "concordance": f"/concordance?q={Q}&order=right",
    "report": f"/reports/{TOWN.id}?q={Q}",
    "found-in-report": f"/reports/{TOWN.id}?q={Q}&find={quote('公开')}",
    "hostile-report": f"/reports/{HOSTILE.id}?q={Q}",
    "scanned-report": f"/reports/{SCANNED.id}?q={Q}",
    "scanned-passage": f"/reports/{SCANNED.id}/0-6/{checksum(QUOTED)}?q={Q}",
    "long-report": f"/reports/{LONG.id}?q={quote('第41部分')}",
    "passage": f"{PASSAGE}?q={Q}",
    "changed": f"/reports/{TOWN.id}/9-12/00000000",
    "compared": f"/compare?a={TOWN.id}&b={WORK.id}",
    "hostile-compared": f"/compare?a={HOSTILE.id}&b={TOWN.id}&state=dropped",
    "two-years": f"/compare?a={OLD.id}&b={YOUNG.id}",
    "echoes": f"/reports/{TOWN.id}/echoes",
    "echoes-passage": f"/reports/{TOWN.id}/0-200/echoes",
    "echoes-list": "/echoes",
    "lists": f"/batch?q={Q}&region={TOWN.region[0].code}",
    "api": "/api/",
    "saved": "/saved",
    "subscribe": f"/subscribe?q={Q}&year=2020",
}
READERS = [(1280, "light", "zh"), (390, "dark", "en")]
"""Width, colours and language: each once; with depth or pictures, each pair of them."""
WHOLE = DEEP or bool(PICTURES)
if WHOLE:
    READERS = [READERS[0], (1280, "dark", "en"), (390, "light", "en"), (390, "dark", "zh")]
PIECE = 300  # bytes
PIECES = 30
"""Of each page so many pieces come one by one: what follows them is far below the window."""
PAINTED = 0.02  # seconds: longer than a frame
GRAVE = ("serious", "critical")
UNSEEN = 0.001
"""Share of the window that may move, by its way: a hundredth of what is called good."""
FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHIFTS = """() => new Promise(done => {
    const found = [];
    new PerformanceObserver(list => found.push(...list.getEntries()))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(found.map(shift => shift.value)), 60);
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the application is served."""
    saved = saved_searches(tmp_path_factory.mktemp("saved"))
    with served(
        create_app(
            FixedSource(
                FakeEngine(
                    (*samples.engine().reports, LONG, OLD, YOUNG, SCANNED),
                    echoing={TOWN.id: samples.ECHOES},
                    lazy=samples.LAZIEST,
                    likenesses=samples.LIKENESSES,
                )
            ),
            saved=saved,
        )
    ) as address:
        yield address


@pytest.fixture(scope="module", params=READERS, ids=lambda kind: "-".join(map(str, kind)))
def reader(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[BrowserContext]:
    """A browser as one kind of reader has it: width, colours and language."""
    width, colours, language = request.param
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, color_scheme=colours
    )
    context.add_cookies([{"name": COOKIE, "value": language, "url": address}])
    context.new_page()  # with one open, the next ones cost half
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(
    reader: BrowserContext, address: str, name: str, request: pytest.FixtureRequest
) -> None:
    page = reader.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(address) else None)
    page.goto(PAGES[name])
    assert sum(page.evaluate(SHIFTS)) < UNSEEN
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]
    if PICTURES:
        kind = re.sub(r"\W+", "-", request.node.callspec.id)
        page.screenshot(path=Path(PICTURES) / f"{kind}.png")
    # without depth each page has its contrast measured by day or by night, in turn
    by_day = "light" in request.node.callspec.id
    contrast = WHOLE or by_day is (list(PAGES).index(name) % 2 == 0)
    found = axe.Axe().run(page, options=VIOLATIONS if contrast else NO_CONTRAST)
    grave = [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]])
        for violation in found.response["violations"]
        if violation["impact"] in GRAVE
    ]
    assert grave == []
    assert [text for text in complaints if "responded with a status of 40" not in text] == []
    assert foreign == []
    page.close()


def _half_painted(page: bytes) -> Iterator[bytes]:
    """A page as it comes: its beginning in small pieces, the rest at once."""
    first = max(page.find(b"<body"), 0)  # before it there is nothing to paint
    last = first + PIECE * PIECES
    yield page[:first]
    for at in range(first, last, PIECE):
        yield page[at : at + PIECE]
    yield page[last:]


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_still_comes(browser: Browser, width: int) -> None:
    """Without depth each page at one of the widths, in turn."""
    pages = list(PAGES.items())
    engine = FakeEngine((*samples.engine().reports, LONG, OLD, YOUNG))
    with served(in_pieces(create_app(FixedSource(engine)), _half_painted, PAINTED)) as address:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
        page = context.new_page()
        for name, path in pages if DEEP else pages[width == 390 :: 2]:
            page.goto(path)
            assert sum(page.evaluate(SHIFTS)) < UNSEEN, name
        context.close()


def test_a_table_is_shown_once_it_is_whole(browser: Browser) -> None:
    """Its first row has been painted when the others come, whose cells are wider."""
    painted = threading.Event()

    def row_by_row(page: bytes) -> Iterator[bytes]:
        second = page.find(b"<tr", page.find(b"<tr", page.find(b'class="table"')) + 1)
        yield page[: max(second, 0)]
        assert second < 0 or painted.wait(30)
        yield page[max(second, 0) :]

    app = create_app(FixedSource(samples.engine()))
    with served(in_pieces(app, row_by_row, 0)) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 800})
        page.goto(PAGES["found-in-report"], wait_until="commit")
        page.locator(".table tr").first.wait_for(state="attached")
        page.evaluate(FRAME)
        painted.set()
        page.locator(".table tr").last.wait_for()
        assert sum(page.evaluate(SHIFTS)) < UNSEEN
        page.close()
