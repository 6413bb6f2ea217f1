from __future__ import annotations

import fake_reports as samples
import pytest
from flask.testing import FlaskClient

from web.app import create_app


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    return create_app(samples.engine()).test_client()
