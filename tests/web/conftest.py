from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import ARGUMENTS, CHROMIUM
from flask.testing import FlaskClient

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    return create_app(FixedSource(samples.engine())).test_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
