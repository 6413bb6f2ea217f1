"""What stands between a request and its answer: a module a step, the list of them in `application`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response

Proceed = Callable[[], Response]
"""The steps that are still to come, and the view: their answer. It never raises an Exception, since one
comes back as its error page."""
Step = Callable[[Proceed], Response]
"""Part of the way of the request at hand: it answers by itself, or lets the request proceed and may change
the answer that comes back."""
