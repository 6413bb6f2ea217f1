from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import ARGUMENTS, CHROMIUM, forget
from flask import Flask
from flask.testing import FlaskClient

from search.source import FixedSource
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def sample_app() -> Flask:
    return create_app(FixedSource(samples.engine()))


@pytest.fixture
def client(sample_app: Flask) -> FlaskClient:
    """A reader of a test's own: no cookie of another test's."""
    return sample_app.test_client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all modules of a worker."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """What a module's tests have left of it ends with the module."""
    yield chromium
    forget(chromium)
