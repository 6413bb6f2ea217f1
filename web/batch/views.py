"""Lists of queries: the form, a list while it is counted, its table and its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast, get_args

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    request,
    stream_with_context,
    url_for,
)
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from indexer.errors import LimitError, RequestError
from indexer.messages import Message
from search.model import SearchRequest
from search.spread import Below
from web import writing
from web.batch import sheets
from web.batch.asked import of_list, read_form, sent
from web.batch.files import pieces
from web.batch.jobs import Job, Jobs
from web.batch.listed import MAX_LINES, too_big
from web.errors import status_of
from web.export.download import attachment
from web.export.formats import FORMATS
from web.http.application import Application
from web.http.tags import same_for_all
from web.pages import box, engine, json_answer, page
from web.params import read, read_shown
from web.public import root
from web.results import narrowing
from web.shown import NOTHING_SHOWN, Shown
from web.texts import t
from web.urls import pairs, search_url

blueprint = Blueprint("batch", __name__)

SHOWN = 100
"""Lines of the table on the page."""
BATCH = "/batch"
_EXTENSION = "gongkai.lists"


def prepare(app: Application) -> None:
    """Make room for the lists of this application."""
    app.extensions[_EXTENSION] = Jobs(app.turns)


@blueprint.get(BATCH)
@same_for_all
def form() -> Response:
    """A list to fill in, with the filters of the search that led here; its query is the first line."""
    asked, shown = read(request.args), read_shown(request.args)
    return _form(asked, shown, below=shown.below, typed=f"{asked.q}\n" if asked.q else "")


def _form(asked: SearchRequest, shown: Shown, status: int = 200, **filled: object) -> Response:
    """The form, filled in; with `error` above it where what was sent cannot be counted."""
    of_all = of_list(asked)
    found = engine().search(replace(of_all, silent=False, size=1, passages=0))
    return page(
        "batch/form.html",
        status,
        box=box(asked, shown),
        hidden=pairs(of_all),
        action=BATCH + search_url(of_all).removeprefix(NOTHING_SHOWN.path),
        chosen=[
            *((one.name, one.label) for one in narrowing.filters(found, of_all, NOTHING_SHOWN)),
            *((one.name, "") for one in narrowing.options(of_all, NOTHING_SHOWN)),
        ],
        levels=get_args(Below),
        most=MAX_LINES,
        **filled,
    )


@blueprint.post(BATCH)
def start() -> Response:
    """Begin to count a list, and show how far it is; where that cannot be, the form as it was sent."""
    try:
        fields = sent()
    except LimitError:
        return _too_big()
    try:
        job = _jobs().add(read_form(fields), engine())
    except (LimitError, RequestError) as error:
        return _form(
            read(fields),
            NOTHING_SHOWN,
            status_of(error),
            error=error,
            below=fields.get("below"),
            crossed=fields.get("crossed"),
            typed=fields.get("queries", ""),
        )
    return redirect(url_for("batch.shown", job_id=job.id), code=303)


def _too_big() -> Response:
    """The form, where what was sent is too large to be read: of it, the address alone is known."""
    asked, shown = read(request.args), read_shown(request.args)
    error = too_big(request.content_length or 0)
    return _form(asked, shown, status_of(error), error=error, below=shown.below, typed="")


@blueprint.get("/batch/<job_id>")
def shown(job_id: str) -> Response:
    """How far a list is, and what is counted of it."""
    job = _jobs().get(job_id)
    asked, listed = job.listing.request, job.notes.notes(SHOWN)
    return page(
        "batch/job.html",
        200,
        box=box(asked),
        job=job,
        **_told(job),
        rows=[
            (note, sheets.understood(note), sheets.remarks(note), _search(job, str(note["query"])))
            for note in listed
        ],
        most=SHOWN,
        forms=[(form, each.label) for form, each in FORMATS.items()],
    )


@blueprint.get("/batch/<job_id>/status")
def status(job_id: str) -> Response:
    """The same for a script."""
    return json_answer(_told(_jobs().get(job_id)))


@blueprint.post("/batch/<job_id>/<act>")
def change(job_id: str, act: str) -> Response:
    """Stop counting, or go on."""
    writing.form()
    job = _jobs().get(job_id)
    if act == "cancel":
        job.cancel()
    elif act == "resume":
        _jobs().resume(job)
    else:
        abort(404)
    return redirect(url_for("batch.shown", job_id=job.id), code=303)


@blueprint.get("/batch/<job_id>/<any(csv, xlsx, md, jsonl):form>")
def file(job_id: str, form: str) -> Response:
    """The whole table, once it is whole."""
    job = _jobs().get(job_id)
    if job.state != "done":
        raise RequestError(Message("list_not_done"), hint=Message("list_not_done_hint"))
    notes, links = job.notes.notes(), root().removesuffix("/")
    made = pieces(form, job.listing, job.frame, notes, job.generation, links)
    answer = FlaskResponse(stream_with_context(made), content_type=FORMATS[form].media)
    name = f"gongkai-{t('batch_title')}-{date.today().isoformat()}"
    answer.headers["Content-Disposition"] = attachment(name, form)
    return answer


def _told(job: Job) -> dict[str, object]:
    left = job.seconds_left()
    done, lines = len(job.notes), len(job.listing.queries)
    return {
        "state": job.state,
        "done": done,
        "lines": lines,
        "refused": job.tally.refused,
        "same": job.tally.same,
        "seconds_left": None if left is None else round(left),
        "progress": t("batch_progress", done=f"{done:,}", lines=f"{lines:,}"),
        "left": "" if left is None else t("batch_left", seconds=max(1, round(left))),
    }


def _search(job: Job, query: str) -> str:
    """The search that a line is."""
    return search_url(replace(job.listing.request, q=query), NOTHING_SHOWN)


def _jobs() -> Jobs:
    return cast(Jobs, current_app.extensions[_EXTENSION])
