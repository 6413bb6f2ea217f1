"""Folders and servers of this machine that commands look for by themselves."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

_SOON = 2.0
"""Seconds in which a server on this machine has said how it is."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where programs keep what they can make again: the user's, by the custom of the system.

    $XDG_CACHE_HOME or ~/.cache; ~/Library/Caches on a Mac; %LOCALAPPDATA% on Windows. RuntimeError where
    the user has no home.
    """
    if sys.platform == "win32":
        named = environment.get("LOCALAPPDATA")
        return Path(named) if named else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = environment.get("XDG_CACHE_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".cache"


def serves(address: str, generation: str) -> bool:
    """Whether a server of ours answers at `address` ("/" at its end), from this generation of an index."""
    opener = build_opener(ProxyHandler({}))  # this machine is asked directly
    try:
        with opener.open(f"{address}healthz", timeout=_SOON) as answer:
            health = json.loads(answer.read(1 << 16))
    except (OSError, ValueError):
        return False
    return isinstance(health, dict) and health.get("generation") == generation
