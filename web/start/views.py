"""The files of the corpus that are not in the index: a page that lists them by reason, and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from indexer.messages import Message
from search.model import SearchRequest, check_number
from search.spread import RejectedFile
from web.export.about import made
from web.export.download import download
from web.export.sheet import Sheet, named_columns
from web.http.tags import same_for_all
from web.pages import box, engine, overview, page
from web.params import one, read
from web.rejected import cause_of, causes, mend_told
from web.results import narrowing
from web.said import told
from web.texts import t

blueprint = Blueprint("start", __name__)

FILES = 200
"""Files on a page."""


class Reason(NamedTuple):
    """Why files were rejected: how many in all, and those of them that are on this page."""

    reason: Message
    files: int
    sources: tuple[str, ...]


@blueprint.get("/rejected")
@same_for_all
def rejected() -> Response:
    """What there is by reason; then a page of the files, `page` its number, the commonest reason first.
    With `reason`, only those of that key."""
    number, asked = read(request.args).page, one(request.args, "reason")
    check_number("page", number, 1)
    known = overview()
    every = known.rejected if known else ()
    files = _by_reason(_of_cause(every, asked))
    first = (number - 1) * FILES
    return page(
        "start/rejected.html",
        box=box(SearchRequest()),
        warming=known is None,
        count=len(every),
        shown=len(files),
        asked=asked,
        causes=[(cause, _address(1, cause.key)) for cause in causes(every)],
        mend_told=mend_told,
        reasons=list(_reasons(files, files[first : first + FILES])),
        number=number,
        everything=_address(1),
        first_page=_address(1, asked),
        pager=narrowing.pages(
            number, -(-len(files) // FILES), lambda number: _address(number, asked)
        ),
        file=url_for("start.rejected_file", reason=asked),
    )


@blueprint.get("/rejected.csv")
@same_for_all
def rejected_file() -> Response:
    """All of them. Unlike a page it waits for the list: a table without it would say that there are none."""
    asked = one(request.args, "reason")
    files = _of_cause(engine().overview().rejected, asked)
    head = (
        (t("csv_counted"), t("csv_a_file")),
        (t("csv_files"), str(len(files))),
        *made(_address(1, asked)),
    )
    columns = named_columns("source", "reason_key", "reason")
    rows = ((file.source, cause_of(file.reason), told(file.reason)) for file in files)
    name = f"gongkai-{t('rejected_title')}"
    return download(Sheet(name, head, columns, rows, len(files)), "csv")


def _address(number: int, reason: str | None = None) -> str:
    return url_for("start.rejected", reason=reason, page=None if number == 1 else number)


def _of_cause(files: Sequence[RejectedFile], key: str | None) -> Sequence[RejectedFile]:
    """Those whose reason is of this kind; of any where none is named."""
    return files if key is None else [file for file in files if cause_of(file.reason) == key]


def _by_reason(files: Sequence[RejectedFile]) -> list[RejectedFile]:
    """The commonest reason first, of a reason by source."""
    counts = Counter(file.reason for file in files)
    return sorted(files, key=lambda f: (-counts[f.reason], told(f.reason), f.source))


def _reasons(every: Sequence[RejectedFile], in_view: Sequence[RejectedFile]) -> Iterator[Reason]:
    """The reasons of those in view, which are in the order of `_by_reason`."""
    counts = Counter(file.reason for file in every)
    for reason, files in groupby(in_view, lambda file: file.reason):
        yield Reason(reason, counts[reason], tuple(file.source for file in files))
