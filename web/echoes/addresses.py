"""Addresses of pages about echoes."""

from __future__ import annotations

from urllib.parse import urlencode

from search.model import SearchRequest
from web.urls import pairs


def echoes_url(report_id: str, state: str = "") -> str:
    """The sentences of a report; of one state where one is named."""
    return f"/reports/{report_id}/echoes" + (f"?{urlencode([('state', state)])}" if state else "")


def passage_echoes_url(report_id: str, start: int, end: int) -> str:
    """The sentences of a passage, each with all its twins."""
    return f"/reports/{report_id}/{start}-{end}/echoes"


def laziest_url(asked: SearchRequest, path: str = "/echoes") -> str:
    """The reports of a search, those that copy most first."""
    kept = pairs(asked)
    return f"{path}?{urlencode(kept)}" if kept else path
