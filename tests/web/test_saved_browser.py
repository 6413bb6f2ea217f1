"""A page as Chromium itself saves it, with what it shows from elsewhere, reads as the page does."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS

from indexer.reading import read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = MARKS

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
PAGE = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>2019年政府信息公开年度报告</title>
<style>p {{ text-indent: 2em }}</style></head><body><h1>2019年政府信息公开年度报告</h1>
<p>一、总体情况</p><p>全县“三务”公开示范点 12 个，其中村级 8 个，社区 4 个；=3D 与 = 照旧。</p><img src="{DOT}" alt="">
<iframe srcdoc="<p>左侧菜单</p>"></iframe>
<table><tr><td>指标名称</td><td>数量</td></tr><tr><td>主动公开</td><td>1,024</td></tr></table></body></html>"""


def test_a_page_saved_by_chromium(browser: Browser) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_content(PAGE)
        session = context.new_cdp_session(page)
        saved = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    document, original = read("2019.mhtml", saved.encode()), read("2019.html", PAGE.encode())
    assert "quoted-printable" in saved
    assert document.format == "mhtml"
    assert document.lines == original.lines
    assert document.meta["page_title"] == original.meta["page_title"]
