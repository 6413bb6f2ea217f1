"""Our own styles and scripts: styles stand in the page, scripts have addresses that change with them.

A page with its styles inside shows its first result without a second request. The policy that keeps
foreign styles out names the digest of ours.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

STATIC = Path(__file__).parent / "static"
ENDPOINT = "static"
"""Flask's name for the addresses of these files."""
VERSION_DIGITS = 12
_SHOWN = ("web", "search", "indexer/messages")


@lru_cache
def styles(*names: str) -> Template:
    """What a page includes as its <style>: these files of static/css, one after the other.

    A template is text of ours, so that nothing need be marked safe.
    """
    texts = [(STATIC / "css" / f"{name}.css").read_text("utf-8") for name in names]
    included: Template = Template("\n".join(texts))
    return included


@lru_cache
def style_source(*names: str) -> str:
    """The digest of `styles(*names)`, as a Content-Security-Policy names it."""
    digest = hashlib.sha256(styles(*names).render().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache
def asset_url(name: str) -> str:
    """The address of a file in static/: another content has another address."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:VERSION_DIGITS]}"


@lru_cache
def program_version() -> str:
    """Changes whenever a file does that pages depend on: of ours, of the engine's, of the messages'."""
    root = Path(__file__).parents[1]
    files = (p for folder in _SHOWN for p in (root / folder).rglob("*") if p.is_file())
    kept = sorted(path for path in files if "__pycache__" not in path.parts)
    parts = (hashlib.sha256(path.read_bytes()).digest() for path in kept)
    return hashlib.sha256(b"".join(parts)).hexdigest()[:VERSION_DIGITS]
