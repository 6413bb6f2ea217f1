"""Which two reports are to be compared: what page and API take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, request
from werkzeug.wrappers import Response

from indexer.errors import RequestError
from indexer.messages import Message
from indexer.model import Report
from search.comparing.model import STATES
from search.model import check_allowed
from web.compare.addresses import compare_query
from web.pages import engine
from web.params import Arguments, one


@dataclass(frozen=True, slots=True)
class Asked:
    """The two reports, `a` to the left; of `state`, the only lines to show, "" is all."""

    a: Report
    b: Report
    state: str


def comparing(answer: Callable[[Asked], Response]) -> Response:
    """The answer to the request at hand; a redirect to today's ids where a report has moved.

    Raises RequestError for a missing id, the same one twice or an unknown state, UnknownReportError.
    """
    ids = [_id(request.args, name) for name in ("a", "b")]
    state = _state(request.args)
    a, b = (engine().report(report_id) for report_id in ids)
    if a.id == b.id:
        raise RequestError(
            Message("compare_same"), parameter="b", hint=Message("compare_same_hint")
        )
    if [a.id, b.id] != ids:
        return redirect(f"{request.path}?{compare_query(a.id, b.id, state)}", code=301)
    return answer(Asked(a, b, state))


def _id(args: Arguments, name: str) -> str:
    value = one(args, name)
    if value is None:
        missing, hint = Message("compare_missing", name=name), Message("compare_missing_hint")
        raise RequestError(missing, parameter=name, hint=hint)
    return value.strip()


def _state(args: Arguments) -> str:
    state = (one(args, "state") or "").strip()
    if state:
        check_allowed("state", state, STATES)
    return state
