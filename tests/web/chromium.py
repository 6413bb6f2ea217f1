"""Debian's Chromium: where it is, how it starts headless, and when its tests are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NEEDED = bool(os.environ.get("GONGKAI_NEED_BROWSER"))
"""Set in CI: there a missing browser is a failure."""
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not NEEDED and not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]
