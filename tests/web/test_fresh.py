"""A browser that tests share is without memory for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import MARKS, fresh, fresh_page, served

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = MARKS

KEPT = """async () => {
    const {state} = await navigator.permissions.query({name: "clipboard-read"});
    return [document.cookie, localStorage.length, (await indexedDB.databases()).length, state];
}"""
KEEP = """() => new Promise(done => {
    document.cookie = "a=b; max-age=99";
    localStorage.a = "b";
    indexedDB.open("a").onsuccess = done;
})"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(FixedSource(samples.engine()))) as address:
        yield address


def test_nothing_is_left_of_another_test(browser: Browser, address: str) -> None:
    seen = []
    for _ in range(2):
        with fresh(browser, base_url=address) as context:
            page = context.new_page()
            page.goto("/")
            seen.append((context, page.evaluate(KEPT)))
            context.grant_permissions(["clipboard-read"], origin=address)
            page.evaluate(KEEP)
            assert page.evaluate(KEPT) == ["a=b", 1, 1, "granted"]
    (first, kept), (second, later) = seen
    assert first is second
    assert later == kept
    assert kept[:3] == ["", 0, 0]


def test_two_at_once_are_two(browser: Browser, address: str) -> None:
    one = fresh_page(browser, base_url=address)
    with one as page, fresh_page(browser, base_url=address) as other:
        assert page.context is not other.context
