"""A page of results stays light, its scripts included."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from flask.testing import FlaskClient

import web

STATIC = Path(web.__file__).parent / "static"
LIMIT = 60 * 1024
"""Bytes, compressed, of a page of 20 reports with three passages each and all that it loads."""


def test_page_and_scripts_are_light(client: FlaskClient) -> None:
    html = client.get("/?q=三务").text
    assert html.count('<div class="passage">') > 40
    scripts = _with_imports(re.findall(r'src="/static/js/([\w-]+\.js)', html))
    assert {"box.js", "listbox.js", "recent.js", "frame.js", "report-copy.js"} <= scripts.keys()
    parts = [html.encode(), *scripts.values()]
    assert sum(len(gzip.compress(part, 6)) for part in parts) < LIMIT


def _with_imports(names: list[str]) -> dict[str, bytes]:
    """These scripts, and what they import, to the end."""
    found: dict[str, bytes] = {}
    while names:
        name = names.pop()
        if name not in found:
            found[name] = (STATIC / "js" / name).read_bytes()
            names += re.findall(r'from "./([\w-]+\.js)"', found[name].decode("utf-8"))
    return found


def test_scripts_name_nothing_but_each_other() -> None:
    for script in (STATIC / "js").glob("*.js"):
        source = script.read_text("utf-8")
        assert source.startswith("//"), f"{script.name} does not say what it does"
        assert len(source.splitlines()) <= 120
        assert "innerHTML" not in source
        assert not re.search(r"https?://", source)
        for name in re.findall(r'from "(.*?)"', source):
            assert (script.parent / name).exists()
