"""The page that verifies the links and quotes of a file or a pasted text."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from indexer.errors import GongkaiError, LimitError, RequestError
from search.model import SearchRequest
from search.saved.finding import Finding
from search.saved.findings import Findings
from search.verifying.model import OUTCOMES
from web.errors import status_of
from web.findings.changing import MOST_UPLOADED, sent
from web.findings.reading import read_findings
from web.pages import box, engine, page, saved
from web.texts import t
from web.verify.rows import Row, all_found, counts, link_only, unread, verified
from web.writing import form

blueprint = Blueprint("verify", __name__)

MOST_SHOWN = 1_000
"""Verdicts that a page shows."""


@blueprint.get("/verify")
def ask() -> Response:
    """The form."""
    return _form_page()


@blueprint.post("/verify")
def answer() -> Response:
    """The verdicts on what was sent, those that need a look first; nothing is kept of it. What cannot be
    read is told above the form, in which the text stays."""
    fields = form(MOST_UPLOADED)
    text = fields.get("text", "")
    try:
        name, findings = _asked("findings" in fields, text)
    except (RequestError, LimitError) as error:
        refused = _form_page(error, text)
        refused.status_code = status_of(error)
        return refused
    rows = verified(engine(), findings)
    return page(
        "verify/page.html",
        box=box(SearchRequest()),
        name=name,
        count=len(rows),
        rows=_worst_first(rows)[:MOST_SHOWN],
        counts=counts(rows),
        well=all_found(rows),
        unquoted=link_only(rows),
        unread=unread(rows),
    )


def _form_page(error: GongkaiError | None = None, text: str = "") -> Response:
    return page("verify/page.html", box=box(SearchRequest()), rows=None, error=error, text=text)


def _asked(own: bool, text: str) -> tuple[str, Sequence[Finding]]:
    """What is to be verified, and what it is called."""
    if own:
        return t("findings"), Findings(saved()).every()
    name, data = sent(text)
    return name, read_findings(name, data)


def _worst_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(
        rows, key=lambda row: (-OUTCOMES.index(row.outcome), not row.unread, not row.link_only)
    )
