"""The files of the corpus that are not in the index: a page that lists them by reason, and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from indexer.messages import Message
from search.model import SearchRequest, check_number
from search.spread import RejectedFile
from web.export.csv import csv_response
from web.http.tags import same_for_all
from web.pages import box, engine, overview, page
from web.params import read
from web.public import absolute
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
    """A page of them, `page` its number; the commonest reason first."""
    number = read(request.args).page
    check_number("page", number, 1)
    known = overview()
    files = _by_reason(known.rejected) if known else []
    first = (number - 1) * FILES
    return page(
        "start/rejected.html",
        box=box(SearchRequest()),
        warming=known is None,
        count=len(files),
        reasons=list(_reasons(files, files[first : first + FILES])),
        number=number,
        first_page=_address(1),
        pager=narrowing.pages(number, -(-len(files) // FILES), _address),
        file=url_for("start.rejected_file"),
    )


@blueprint.get("/rejected.csv")
@same_for_all
def rejected_file() -> Response:
    """All of them. Unlike a page it waits for the list: a table without it would say that there are none."""
    files = engine().overview().rejected
    head = (
        (t("csv_counted"), t("csv_a_file")),
        (t("csv_files"), str(len(files))),
        (t("csv_made"), date.today().isoformat()),
        (t("csv_address"), absolute(_address(1))),
    )
    columns = (t("column_source"), t("column_reason"))
    rows = ((file.source, told(file.reason)) for file in files)
    return csv_response(f"gongkai-{t('rejected_title')}", head, columns, rows)


def _address(number: int) -> str:
    return url_for("start.rejected", page=None if number == 1 else number)


def _by_reason(files: Sequence[RejectedFile]) -> list[RejectedFile]:
    """The commonest reason first, of a reason by source."""
    counts = Counter(file.reason for file in files)
    return sorted(files, key=lambda f: (-counts[f.reason], told(f.reason), f.source))


def _reasons(every: Sequence[RejectedFile], in_view: Sequence[RejectedFile]) -> Iterator[Reason]:
    """The reasons of those in view, which are in the order of `_by_reason`."""
    counts = Counter(file.reason for file in every)
    for reason, files in groupby(in_view, lambda file: file.reason):
        yield Reason(reason, counts[reason], tuple(file.source for file in files))
