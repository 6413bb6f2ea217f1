"""A server with users, and readers who sign in."""

from __future__ import annotations

from pathlib import Path

import fake_reports as samples
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.saved.database import Database
from search.source import FixedSource
from web.app import create_app
from web.guard.guard import install
from web.guard.users import set_password

NAME, PASSWORD = "李雷", "四个不相干的词 连在一起"
SAME = {"Sec-Fetch-Site": "same-origin"}


def users_file(folder: Path) -> Path:
    path = folder / "users"
    set_password(path, NAME, PASSWORD)
    return path


def guarded_app(folder: Path, **settings: object) -> Flask:
    """With one user, in the file `users` of the folder."""
    app = create_app(
        FixedSource(samples.engine()),
        saved=Database(folder / "index.saved"),
        **settings,  # type: ignore[arg-type]
    )
    install(app, folder / "users" if (folder / "users").exists() else users_file(folder))
    return app


def sign_in(
    reader: FlaskClient, password: str = PASSWORD, name: str = NAME, **more: str
) -> TestResponse:
    """What the form's answer is."""
    return reader.post(
        "/login",
        data={"name": name, "password": password, **more},
        headers=SAME,
    )
