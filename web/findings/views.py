"""The page of findings and its files."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, Response, redirect, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.model import SearchRequest, check_number
from search.saved.finding import Finding
from search.saved.findings import CONFLICTS, Findings
from search.saved.notes import seen
from web.export.download import attachment
from web.findings.fields import citation, link_of, note_on_links
from web.findings.files import WRITERS
from web.language import back as back_here
from web.language import local
from web.pages import box, json_answer, page, saved
from web.params import read
from web.public import absolute
from web.results import narrowing
from web.show import date
from web.texts import t

blueprint = Blueprint("findings", __name__)

ON_A_PAGE = 50
_DONE = (
    *("finding_added", "finding_was_there", "finding_out", "finding_described"),
    *("finding_saved", "finding_deleted"),
)


class Row(NamedTuple):
    """A finding as the page shows it."""

    finding: Finding
    href: str
    citation: str
    made: str
    seen: str


@blueprint.get("/findings")
def findings() -> Response:
    """All of them, or those with ?label=, the newest first; ?page= of them."""
    number, label = read(request.args).page, request.args.get("label")
    check_number("page", number, 1)
    kept = Findings(saved())
    labels = kept.labels()
    every = kept.every(label)
    first = (number - 1) * ON_A_PAGE
    done = request.args.get("done")
    return page(
        "findings/page.html",
        box=box(SearchRequest()),
        rows=[_row(finding) for finding in every[first : first + ON_A_PAGE]],
        count=len(every),
        everything=sum(each.findings for each in labels),
        labels=[(each, _address(1, each.label)) for each in labels if labels[1:] or each.label],
        label=label,
        every_href=_address(1),
        done=done if done in _DONE else "",
        back=local(request.args.get("back", "")),
        files=[
            (ending, url_for("findings.file", ending=ending, label=label)) for ending in WRITERS
        ],
        conflicts=CONFLICTS,
        note=note_on_links(absolute("/").removesuffix("/")),
        number=number,
        here=back_here(),
        pager=narrowing.pages(
            number, -(-len(every) // ON_A_PAGE), lambda number: _address(number, label)
        ),
    )


@blueprint.get("/findings/<int:number>")
def finding(number: int) -> AnyResponse:
    """On to the finding, on the page of them that has it."""
    return redirect(address_of(number), code=303)


def address_of(number: int, done: str | None = None, back: str | None = None) -> str:
    """Where a finding is on the page of all of them, which says what was done and leads back."""
    on = Findings(saved()).newer(number) // ON_A_PAGE + 1
    address = url_for("findings.findings", page=None if on == 1 else on, done=done, back=back)
    return f"{address}#finding-{number}"


@blueprint.get("/findings.<any(csv, xlsx, md, html, jsonl):ending>")
def file(ending: str) -> Response:
    """All of them, or those with ?label=, as a file."""
    label = request.args.get("label")
    media, write = WRITERS[ending]
    pieces = write(Findings(saved()).every(label), absolute("/").removesuffix("/"))
    answer = Response(stream_with_context(pieces), content_type=media)
    name = f"gongkai-{t('findings')}" + (f"-{label}" if label else "")
    answer.headers["Content-Disposition"] = attachment(name, ending)
    return answer


@blueprint.get("/findings/count")
def count() -> Response:
    """How many there are: pages that are kept for all ask by a script. `state`: see held.py."""
    kept = Findings(saved())
    return json_answer({"count": kept.count(), "state": kept.state()})


def _row(finding: Finding) -> Row:
    said = citation(finding, absolute("/").removesuffix("/"))
    return Row(finding, link_of(finding), said, date(finding.made[:10]), seen(finding))


def _address(number: int, label: str | None = None) -> str:
    return url_for("findings.findings", label=label, page=None if number == 1 else number)
