"""Echoes as JSON, of API and command line."""

from __future__ import annotations

from indexer.echoes.measure import STATES
from search.echoes import Copied, Echo, Echoes, EchoReport, Laziest, Shares, Twin
from search.links import checksum
from search.model import SearchRequest
from web.api.json_shape import Shape, regions_of
from web.compare.addresses import compare_url
from web.urls import passage_url, report_url


def echoes_json(report_id: str, found: Echoes) -> Shape:
    """The sentences of a report, or of a passage in it."""
    return {
        "id": report_id,
        "known": found.known,
        "shares": _shares(found.shares),
        "sentences": [_sentence(report_id, echo) for echo in found.sentences],
    }


def laziest_json(found: Laziest, asked: SearchRequest) -> Shape:
    """A page of the reports that copy most."""
    return {
        "known": found.known,
        "total": found.total,
        "short": found.short,
        "page": asked.page,
        "size": asked.size,
        "reports": [_copied(copied) for copied in found.reports],
    }


def _shares(shares: Shares) -> Shape:
    return {
        "characters": shares.characters,
        "copied": shares.copied,
        "share": round(shares.share(shares.copied), 6),
        "by_state": {state: shares.of(state) for state in STATES},
    }


def _sentence(report_id: str, echo: Echo) -> Shape:
    return {
        "text": echo.text,
        "start": echo.start,
        "end": echo.end,
        "url": passage_url(report_id, echo.start, echo.end, checksum(echo.text)),
        "characters": echo.characters,
        "state": echo.state,
        "reports": echo.reports,
        "earliest": _twin(report_id, echo.earliest),
        "ties": echo.ties,
        "copied": _twin(report_id, echo.copied),
        "twins": [_twin(report_id, twin) for twin in echo.twins],
    }


def _twin(report_id: str, twin: Twin | None) -> Shape | None:
    if twin is None:
        return None
    earlier = (report_id, twin.report.id) if twin.when == "later" else (twin.report.id, report_id)
    return {
        "report": _report(twin.report),
        "text": twin.text,
        "start": twin.start,
        "end": twin.end,
        "url": passage_url(twin.report.id, twin.start, twin.end, checksum(twin.text)),
        "when": twin.when,
        "changes": twin.changes,
        "same_figures": twin.same_figures,
        "compare": compare_url(*earlier),
    }


def _copied(copied: Copied) -> Shape:
    return {
        **_report(copied.report),
        **_shares(copied.shares),
        "chief": _report(copied.chief) if copied.chief else None,
        "from_chief": copied.from_chief,
        "one_report": copied.one_report,
    }


def _report(report: EchoReport) -> Shape:
    return {
        "id": report.id,
        "title": report.title,
        "genre": report.genre,
        "year": report.year,
        "published": report.published,
        "region": regions_of(report.region),
        "source": report.source,
        "url": report_url(report.id, SearchRequest()),
    }
