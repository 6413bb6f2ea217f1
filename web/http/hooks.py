"""Flask's own functions around a request, in their place.

Flask runs them next to the view. Here they stand outside of what is kept: a guard that was given to
`app.before_request` is asked before a kept page is sent, and no page is kept with the cookie of a session.
"""

from __future__ import annotations

from flask import Response, current_app

from web.http import Proceed


def before_request(proceed: Proceed) -> Response:
    """The answer of the first such function that gives one: a guard that refuses."""
    refusal = current_app.preprocess_request()
    return proceed() if refusal is None else current_app.make_response(refusal)


def after_request(proceed: Proceed) -> Response:
    """The answer, compressed as it may be, changed by such functions; and the session's cookie."""
    return current_app.process_response(proceed())
