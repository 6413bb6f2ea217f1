"""Tables taken away in a real browser: each form with one click from the menu, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from chromium import MARKS, fresh_page, served
from taken import read

from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from tests.depth import crossed
from web.app import create_app
from web.export.formats import ADDRESSES, FORMATS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = MARKS

Q = "三务公开"


@pytest.fixture(scope="module")
def address(samples: IndexEngine) -> Iterator[str]:
    with served(create_app(FixedSource(samples))) as address:
        yield address


@pytest.mark.parametrize(("view", "width"), crossed(("/", "/concordance", "/trend"), (390, 1440)))
def test_each_form_is_a_click_away(
    browser: Browser, address: str, samples: IndexEngine, view: str, width: int
) -> None:
    """At the narrow width without scripts."""
    size = {"width": width, "height": 900}
    with fresh_page(
        browser, base_url=address, viewport=size, java_script_enabled=width > 400
    ) as page:
        page.goto(f"{view}?q={quote(Q)}")
        page.get_by_text("下载", exact=True).first.click()
        menu = page.locator(".takes > div")
        box = menu.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        own = menu.locator("p").first
        for form, (_, _, label) in FORMATS.items():
            with page.expect_download() as download:
                own.get_by_role("link", name=label, exact=True).click()
            assert download.value.suggested_filename.endswith(f"-{Q}.{form}")
            found = read(form, Path(download.value.path()).read_bytes())
            total = samples.count(SearchRequest(q=Q))
            expected = {"/": total.reports, "/concordance": total.hits}
            assert len(found.rows) == expected.get(
                view, len(samples.spread(SearchRequest(q=Q)).years)
            )
        assert menu.locator("a").count() == len(ADDRESSES) * len(FORMATS)
