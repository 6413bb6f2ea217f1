"""The page that explains the API."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
