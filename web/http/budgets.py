"""What a request may cost (see search/budget.py): from here on it is charged, and heavy ones make way."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from indexer.messages import Message
from search.budget import Budget, Limits, limited
from web.http import Proceed
from web.http.turns import AT_ONCE, Turns

WIDER = 10
"""How many times the seconds of a page those have that make a file or go through a text of the reader's:
they are few, and nobody else waits for them."""
WIDE = frozenset(
    {
        "export.table",
        "echoes.file",
        "findings.file",
        "findings_changing.bring",
        "saved.save",
        "verify.answer",
        "findings_api.verify",
        "batch.start",
        "api.counts",
        "api.export",
    }
)
HINTS = {
    "compare.compared": Message("budget_compare_hint"),
    "api.compared": Message("budget_compare_hint"),
}


class Budgets:
    """The limits of an application's requests."""

    def __init__(self, turns: Turns) -> None:
        self.limits = Limits()
        self._turns = turns

    def step(self, proceed: Proceed) -> Response:
        """The answer, as far as it costs no more than it may; a stream's rows are made after that."""
        if request.endpoint in AT_ONCE:
            return proceed()
        with limited(Budget(self._of(request.endpoint), self._turns.make_way)):
            return proceed()

    def _of(self, endpoint: str | None) -> Limits:
        limits = self.limits
        if endpoint in HINTS:
            limits = replace(limits, hint=HINTS[endpoint])
        if endpoint in WIDE:
            limits = replace(limits, seconds=WIDER * limits.seconds)
        return limits
