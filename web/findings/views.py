"""The page of findings, its files, and what changes them: all of it without scripts, too."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, Response, redirect, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import RequestError
from indexer.messages import Message
from search.model import SearchRequest, check_allowed, check_number
from search.saved.finding import Finding
from search.saved.findings import CONFLICTS, Conflict, EditedError, Findings
from search.saved.notes import seen
from web.export.download import attachment
from web.findings.collect import collected
from web.findings.fields import citation, link_of
from web.findings.files import WRITERS
from web.findings.merging import take_in
from web.findings.reading import read_findings
from web.language import back as back_here
from web.language import local
from web.pages import box, engine, json_answer, page, saved
from web.params import read
from web.public import absolute
from web.results import narrowing
from web.show import date
from web.texts import t
from web.writing import files, form

blueprint = Blueprint("findings", __name__)

ON_A_PAGE = 50
MOST_UPLOADED = 32 << 10
"""KB of a file that is taken in."""
_DONE = ("finding_added", "finding_was_there", "finding_saved", "finding_deleted")


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
        number=number,
        here=back_here(),
        pager=narrowing.pages(
            number, -(-len(every) // ON_A_PAGE), lambda number: _address(number, label)
        ),
    )


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
    """How many there are: pages that are kept for all ask by a script."""
    return json_answer({"count": Findings(saved()).count()})


@blueprint.post("/findings")
def add() -> AnyResponse:
    """Collect the passage whose link is in the field `exact`, or the sentence around that of `passage`."""
    fields = form()
    exact = fields.get("exact", "")
    found = collected(engine(), exact or fields.get("passage", ""), sentence=not exact)
    kept = Findings(saved())
    finding, new = kept.add(found)
    if request.accept_mimetypes.best == "application/json":
        return json_answer({"number": finding.number, "new": new, "count": kept.count()})
    return _see("finding_added" if new else "finding_was_there", finding.number, _from())


@blueprint.post("/findings/<int:number>")
def change(number: int) -> AnyResponse:
    """Another label and note, or with `delete` away with it. `seen` are those that the form had at first:
    where they are others by now, nothing is changed, and what was typed stands in another form."""
    fields = form()
    kept = Findings(saved())
    back = local(fields.get("back", ""))
    if "delete" in fields:
        done = kept.delete(number)
    else:
        label, note = fields.get("label", ""), fields.get("note", "")
        try:
            done = kept.edit(number, label, note, fields.get("seen"))
        except EditedError as error:
            return _edited(error, label, note, back)
    if not done:
        raise RequestError(
            Message("no_such_finding", number=number),
            parameter="number",
            hint=Message("no_such_finding_hint"),
        )
    said = "finding_deleted" if "delete" in fields else "finding_saved"
    return _see(said, 0 if "delete" in fields else number, back, keep=True)


@blueprint.post("/findings/import")
def bring() -> Response:
    """Take in a file, and say what became of each of its findings."""
    fields = form(MOST_UPLOADED)
    conflict = fields.get("conflict", "keep")
    check_allowed("conflict", conflict, CONFLICTS)
    name, data = sent(fields.get("text", ""))
    chosen: Conflict = next(each for each in CONFLICTS if each == conflict)
    taken = take_in(engine(), Findings(saved()), read_findings(name, data), chosen)
    return page(
        "findings/taken.html",
        box=box(SearchRequest()),
        name=name,
        taken=taken,
        conflict=chosen,
        link_of=link_of,
    )


def sent(text: str) -> tuple[str, bytes]:
    """Name and bytes of the file of the form at hand, else of the text that was pasted; RequestError where
    there is neither."""
    chosen = files().get("file")
    if chosen is not None and chosen.filename:
        return chosen.filename, chosen.read()
    if text.strip():
        return t("verify_pasted"), text.encode()
    raise RequestError(
        Message("findings_nothing_sent"),
        parameter="file",
        hint=Message("findings_nothing_sent_hint"),
    )


def _edited(error: EditedError, label: str, note: str, back: str) -> Response:
    answer = page(
        "findings/edited.html",
        box=box(SearchRequest()),
        error=error,
        finding=error.finding,
        seen=seen(error.finding),
        label=label,
        note=note,
        back=back,
    )
    answer.status_code = 409
    return answer


def _row(finding: Finding) -> Row:
    said = citation(finding, absolute("/").removesuffix("/"))
    return Row(finding, link_of(finding), said, date(finding.made[:10]), seen(finding))


def _address(number: int, label: str | None = None) -> str:
    return url_for("findings.findings", label=label, page=None if number == 1 else number)


def _see(done: str, number: int, back: str, *, keep: bool = False) -> AnyResponse:
    """On to the page of findings, which says what was done, at the finding of that number. `keep`: `back` is
    a page of findings itself."""
    if keep and back.startswith("/findings"):
        joined = "&" if "?" in back else "?"
        address = f"{back}{joined}done={done}"
    else:
        address = url_for("findings.findings", done=done, back=back if back != "/" else None)
    return redirect(address + (f"#finding-{number}" if number else ""), code=303)


def _from() -> str:
    """The page of ours that the request at hand came from."""
    referrer = request.referrer or ""
    return local(referrer.removeprefix(request.host_url.removesuffix("/")))
