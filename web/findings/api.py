"""Findings and verification for programs; read only."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.saved.finding import Finding
from search.saved.findings import Findings
from web.findings.fields import fields_of, finding_of
from web.http.tags import same_for_all
from web.pages import engine, json_answer, saved
from web.public import absolute
from web.verify.rows import verdicts_json, verified

blueprint = Blueprint("findings_api", __name__, url_prefix="/api")

MOST_LINKS = 100
"""Links that one request verifies."""


@blueprint.get("/findings")
def findings() -> Response:
    """All of them, or those with ?label=, the newest first."""
    every = Findings(saved()).every(request.args.get("label"))
    root = absolute("/").removesuffix("/")
    return json_answer(
        {"findings": [fields_of(each, root) | {"number": each.number} for each in every]}
    )


@blueprint.get("/verify")
@same_for_all
def verify() -> Response:
    """The verdict on each ?link=; the first ?quote= is that of the first link, and so on."""
    links, quotes = request.args.getlist("link"), request.args.getlist("quote")
    if len(links) > MOST_LINKS:
        raise LimitError(
            Message("too_many_links", most=MOST_LINKS), hint=Message("body_too_large_hint")
        )
    quotes += [""] * len(links)
    asked = [_asked(link, quote) for link, quote in zip(links, quotes, strict=False)]
    if not asked:
        raise RequestError(Message("no_link"), parameter="link", hint=Message("no_link_hint"))
    return json_answer(verdicts_json(verified(engine(), asked)))


def _asked(link: str, quote: str) -> Finding:
    found = finding_of({"link": link, "quote": quote})
    if found is None:
        raise RequestError(Message("no_link"), parameter="link", hint=Message("no_link_hint"))
    return found
