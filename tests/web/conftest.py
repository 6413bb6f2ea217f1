from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import fake_reports as samples
import pytest
from chromium import ARGUMENTS, CHROMIUM, forget
from flask import Flask
from flask.testing import FlaskClient

from search.saved.database import Database
from search.saved.findings import Findings
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


@pytest.fixture
def kept(tmp_path: Path) -> Findings:
    """The findings of `reader`."""
    return Findings(Database(tmp_path / "i.saved"))


@pytest.fixture
def reader(tmp_path: Path) -> FlaskClient:
    """Who keeps findings."""
    saved = Database(tmp_path / "i.saved")
    return create_app(FixedSource(samples.engine()), saved=saved).test_client()


@pytest.fixture(autouse=True)
def _no_other_limit() -> Iterator[None]:
    """Reading a table leaves the library's limit as it was."""
    before = csv.field_size_limit()
    yield
    assert csv.field_size_limit() == before


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
