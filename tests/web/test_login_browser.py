"""The login page in a browser: signing in and out, with scripts and without, wide, narrow, light and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import MARKS, VIOLATIONS, fresh_page, page_without_scripts, served
from door import NAME, PASSWORD, guarded_app

from tests.depth import DEEP, crossed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = MARKS

PICTURES = os.environ.get("GONGKAI_SCREENSHOTS")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(guarded_app(tmp_path_factory.mktemp("door"))) as address:
        yield address


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("用户名").fill(NAME)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_reader_signs_in_where_he_wanted_to_go_and_out_again(
    browser: Browser, address: str
) -> None:
    with page_without_scripts(browser, address) as page:
        page.goto("/?q=三务")
        assert page.title() == "登录 · 公开"
        sign_in(page, "不对的密码")
        assert page.get_by_role("alert").text_content() == "用户名或密码不对"
        assert page.get_by_label("用户名").input_value() == NAME
        assert page.get_by_label("密码").input_value() == ""
        sign_in(page)
        page.wait_for_url("**/?q=*")
        assert page.locator("mark").count() > 0
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url("**/login")
        page.goto("/?q=三务")
        assert page.title() == "登录 · 公开"


def test_the_language_is_chosen_before(browser: Browser, address: str) -> None:
    with page_without_scripts(browser, address) as page:
        page.goto("/?q=三务")
        page.get_by_role("link", name="English").click()
        assert page.title() == "Sign in · Gongkai"
        page.get_by_label("Name").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/?q=*")


def test_scripts_are_told_that_the_session_has_ended(browser: Browser, address: str) -> None:
    """Suggestions while one types: no window of the browser's that asks for a password."""
    with fresh_page(browser, base_url=address) as page:
        page.goto("/")
        sign_in(page)
        page.wait_for_url(f"{address}/")
        page.context.clear_cookies()
        with page.expect_response("**/api/suggest*") as refused:
            page.locator("#q, input[name=q]").first.press_sequentially("公")
        assert refused.value.status == 401
        assert "www-authenticate" not in refused.value.headers


@pytest.mark.parametrize(
    ("width", "colours"), crossed((1280, 390), ("light", "dark"), whole=DEEP or bool(PICTURES))
)
def test_the_page_is_sound(browser: Browser, address: str, width: int, colours: str) -> None:
    size = {"width": width, "height": 800}
    complaints: list[str] = []
    with fresh_page(browser, base_url=address, viewport=size, color_scheme=colours) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.goto("/login")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.activeElement.name") == "name"
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"login-{width}-{colours}.png")
        found = axe.Axe().run(page, options=VIOLATIONS).response["violations"]
        assert [each["id"] for each in found] == []
        assert complaints == []


def test_another_password_and_out_everywhere(browser: Browser, tmp_path: Path) -> None:
    """By the link beside the way out; without scripts."""
    new = "另外几个不相干的词 连在一起"
    with (
        served(guarded_app(tmp_path)) as address,
        page_without_scripts(browser, address) as page,
    ):
        page.goto("/?q=三务")
        sign_in(page)
        page.get_by_role("link", name="修改密码").click()
        for label, text in (
            ("现在的密码", PASSWORD),
            ("新密码", new),
            ("再输入一次新密码", "另外几个不相干的词 不在一起"),
        ):
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="修改密码").click()
        assert page.get_by_role("alert").text_content() == "两次输入的新密码不同"
        for label, text in (("现在的密码", PASSWORD), ("新密码", new), ("再输入一次新密码", new)):
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="修改密码").click()
        page.get_by_role("status").wait_for()
        page.get_by_role("link", name="返回首页").click()
        page.get_by_role("link", name="修改密码").click()
        page.get_by_role("button", name="在所有设备上退出登录").click()
        page.wait_for_url("**/login")
        sign_in(page)
        assert page.get_by_role("alert").text_content() == "用户名或密码不对"
        sign_in(page, new)
        page.wait_for_url(f"{address}/")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_of_the_password_is_sound(
    browser: Browser, address: str, width: int, colours: str
) -> None:
    size = {"width": width, "height": 900}
    with fresh_page(browser, base_url=address, viewport=size, color_scheme=colours) as page:
        page.goto("/login?back=/password")
        sign_in(page)
        page.wait_for_url("**/password")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"password-{width}-{colours}.png", full_page=True)
        found = axe.Axe().run(page, options=VIOLATIONS).response["violations"]
        assert [each["id"] for each in found] == []
        page.goto("/?q=三务")
        if PICTURES:
            page.locator("footer").screenshot(path=Path(PICTURES) / f"out-{width}-{colours}.png")
