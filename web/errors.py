"""Errors as answers: the one JSON shape under /api/, a page elsewhere, never a stack trace."""

from __future__ import annotations

import math
from http import HTTPStatus

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from indexer import errors
from indexer.messages import Message, unplaced
from indexer.pipeline.guarded import BusyError
from search.budget import BudgetError, CrowdedError, uncharged
from search.saved.database import NothingKeptError, SavedError
from web.api.json_shape import error_json
from web.batch.jobs import NoSuchListError
from web.guard.errors import NotLetInError, UsersError
from web.http.forwarding import LostWorkersError
from web.http.rates import TooManyError
from web.pages import error_page, json_answer
from web.writing import NotFromHereError

STATUS: dict[type[errors.GongkaiError], int] = {
    errors.QueryError: 400,
    errors.RequestError: 400,
    errors.UnknownReportError: 404,
    NoSuchListError: 404,
    errors.OtherIndexError: 409,
    BusyError: 503,
    errors.LimitError: 413,
    BudgetError: 504,
    CrowdedError: 503,
    LostWorkersError: 503,
    errors.IndexUnusableError: 503,
    errors.CorpusError: 503,
    NotFromHereError: 403,
    NotLetInError: 401,
    TooManyError: 429,
    UsersError: 503,
    NothingKeptError: 404,
    SavedError: 503,
    errors.GongkaiError: 500,
}
"""The status of each class of error and of those below it."""
_HTTP = {
    404: Message("no_such_page"),
    405: Message("method_not_allowed"),
    500: Message("unexpected"),
}
"""What is said of a status that no error of ours has."""


def register(app: Flask) -> None:
    """Answer every error of `app` from here."""
    app.register_error_handler(errors.GongkaiError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: errors.GongkaiError) -> int:
    """The HTTP status: that of the nearest class above it."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def unplace(error: errors.GongkaiError) -> None:
    """Take out of what an error says where files are on this machine."""
    error.message = unplaced(error.message)
    error.hint = error.hint and unplaced(error.hint)


def _known(error: errors.GongkaiError) -> Response:
    status = status_of(error)
    unplace(error)
    with uncharged():  # whatever the request has spent: its reader is told
        shown = (
            json_answer(error_json(error), status) if _wants_json() else error_page(error, status)
        )
    if isinstance(error, TooManyError):
        shown.headers["Retry-After"] = str(math.ceil(error.seconds))
    return shown


def _http(error: HTTPException) -> AnyResponse:
    """Errors that Flask raises itself keep their headers: 405 says what is allowed."""
    if error.code is None or error.code < 400:
        return error.get_response()
    answer = _plain(error.code)
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> AnyResponse:
    current_app.logger.exception("unexpected error at %s", request.path, exc_info=error)
    return _plain(500)


def _plain(status: int) -> Response:
    error = errors.GongkaiError(_HTTP.get(status) or Message("not_handled", status=status))
    if _wants_json():
        return json_answer(error_json(error, code=HTTPStatus(status).name.lower()), status)
    return error_page(error, status)


def _wants_json() -> bool:
    """Programs, and scripts of our pages that ask for it."""
    asked = request.accept_mimetypes.best == "application/json"
    return asked or request.path.startswith("/api/")
