"""What changes findings: collected, taken out, given label and note, deleted, taken in from a file. All of it
works without scripts, too."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.model import SearchRequest, check_allowed
from search.saved.finding import Finding
from search.saved.findings import CONFLICTS, Conflict, EditedError, Findings
from search.saved.notes import seen
from web import public
from web.api.json_shape import Shape
from web.errors import status_of
from web.findings.collect import collected
from web.findings.fields import link_of
from web.findings.merging import take_in
from web.findings.reading import read_findings
from web.findings.views import address_of
from web.language import local
from web.pages import box, engine, json_answer, page, saved
from web.texts import t
from web.writing import files, form

blueprint = Blueprint("findings_changing", __name__)

MOST_UPLOADED = 32 << 10
"""KB of a file that is taken in."""
MOST_TYPED = 2 << 10
"""KB of a form with a note: one that is too long comes back with the error, and is not lost."""


class Typed(NamedTuple):
    """What the form of a finding said; `seen` is what tells the label and note that it had at first."""

    label: str
    note: str
    seen: str
    back: str


@blueprint.post("/findings")
def add() -> AnyResponse:
    """Collect the passage whose link is in the field `exact`, or the sentence around that of `passage`."""
    fields = form()
    exact = fields.get("exact", "")
    found = collected(engine(), exact or fields.get("passage", ""), sentence=not exact)
    kept = Findings(saved())
    finding, new = kept.add(found)
    done = "finding_added" if new else "finding_was_there"
    return _done(kept, done, finding.number, {"number": finding.number, "new": new})


@blueprint.post("/findings/<int:number>/out")
def take_out(number: int) -> AnyResponse:
    """Undo `add`: the button of a collected passage leads here. A finding with a label or a note stays: the
    same button could not bring these back."""
    form()
    kept = Findings(saved())
    out = kept.take_out(number)
    done = "finding_out" if out else "finding_described"
    return _done(kept, done, 0 if out else number, {"number": number, "out": out})


@blueprint.post("/findings/<int:number>")
def change(number: int) -> AnyResponse:
    """Another label and note, or with `delete` away with it. `seen` are those that the form had at first:
    where they are others by now, nothing is changed, and what was typed stands in another form."""
    fields = form(MOST_TYPED)
    kept = Findings(saved())
    back = local(fields.get("back", ""))
    if "delete" in fields:
        done = kept.delete(number)
    else:
        label, note = fields.get("label", ""), fields.get("note", "")
        try:
            done = kept.edit(number, label, note, fields.get("seen"))
        except (EditedError, LimitError) as error:
            typed = Typed(label, note, fields.get("seen", ""), back)
            return _refused(error, kept.numbered(number), typed)
    if not done:
        raise _no_such(number)
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


def _refused(error: EditedError | LimitError, finding: Finding | None, typed: Typed) -> Response:
    """What is wrong, what is kept now, and what was typed, to be changed and sent once more."""
    if finding is None:
        raise error
    edited = isinstance(error, EditedError)
    if edited:
        typed = typed._replace(seen=seen(finding))
    return page(
        "findings/edited.html",
        409 if edited else status_of(error),
        box=box(SearchRequest()),
        error=error,
        finding=finding,
        typed=typed,
    )


def _no_such(number: int) -> RequestError:
    return RequestError(
        Message("no_such_finding", number=number),
        parameter="number",
        hint=Message("no_such_finding_hint"),
    )


def _done(kept: Findings, done: str, number: int, told: Shape) -> AnyResponse:
    """What was done, told to a script, else on the page of findings."""
    if request.accept_mimetypes.best == "application/json":
        return json_answer({**told, "count": kept.count(), "state": kept.state()})
    return _see(done, number, _from())


def _see(done: str, number: int, back: str, *, keep: bool = False) -> AnyResponse:
    """On to the page of findings, which says what was done, at the finding of that number. `keep`: `back` is
    a page of findings itself."""
    if keep and back.startswith("/findings"):
        address = f"{back}{'&' if '?' in back else '?'}done={done}"
        address += f"#finding-{number}" if number else ""
    else:
        to = None if back == "/" else back
        here = url_for("findings.findings", done=done, back=to)
        address = address_of(number, done, to) if number else here
    return redirect(address, code=303)


def _from() -> str:
    """The page of ours that the request at hand came from."""
    referrer = request.referrer or ""
    return local(referrer.removeprefix(public.asked().removesuffix("/")))
