"""The one list of what happens to a request."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response

from indexer.messages import LANGUAGES, Message, word
from web.escaping import Templates
from web.http import Proceed, Step
from web.http.asked import AskedRequest
from web.http.budgets import Budgets
from web.http.compression import compressed
from web.http.cors import Cors
from web.http.forwarding import Forwarding
from web.http.headers import with_headers
from web.http.hooks import after_request, before_request
from web.http.kept import KeptPages
from web.http.once import Once
from web.http.quota import Quota
from web.http.timing import timed
from web.http.turns import Turns

LAST_RESORT = "".join(f"{word(Message('unexpected'), each)}\n" for each in LANGUAGES)
"""What is said where the error page cannot be made."""


class Application(Flask):
    """Flask, with every request going through `steps`: from the first to the last, then to the view, and
    its answer back from the last to the first.

    **To add a login**, give `create_app` a guard, or call `app.before_request(guard)` on what it returned,
    at any time. A guard takes nothing and returns a response (a refusal, the way to a login form), raises
    an error, or returns None: then the request goes on. Guards see every request, those for files of
    static/, /healthz and unknown addresses too, before anything that is kept.

    A guard decides who sees the pages; they look alike to all who may. A view that answers each reader
    differently must not be marked `same_for_all` (tags.py); neither must any page, once the frame
    around all of them names the reader.
    """

    jinja_environment = Templates
    request_class = AskedRequest

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.kept = KeptPages()
        self.turns = Turns()
        self.budgets = Budgets(self.turns)
        self.cors = Cors()
        self.quota = Quota()
        self.once = Once()
        self.forwarding = Forwarding(self.turns)
        self.making: tuple[Step, ...] = (self.turns.step, self.budgets.step, compressed)
        """The steps of an application that makes pages for another one (see web/workers)."""
        self.steps: tuple[Step, ...] = (
            timed,  # says how long all below took, of a stream until its first byte
            with_headers,  # how long it may be kept, and what a browser may do with it
            self.quota.stream,  # not more files at a time than there are threads for
            self.quota.rate,  # not more of them than a reader has in a minute
            self.cors.step,  # which other sites may read it
            after_request,  # Flask's own: sessions are saved, what app.after_request was given
            before_request,  # who may: the guard, and whatever else app.before_request was given
            self.kept.step,  # 304, or a page from memory
            self.once.step,  # whoever asks for what is being made waits for it
            self.kept.step,  # once more: it may have been made meanwhile; new pages are kept
            self.forwarding.step,  # other processes make it, where there are any
            self.turns.step,  # one page is made at a time; a stream's turn ends before its body begins
            self.kept.step,  # whoever had the turn may have made the page
            self.budgets.step,  # what it costs is counted, and has an end
            compressed,  # gzip, but for streams
        )

    def load_templates(self) -> None:
        """Compile what pages are made of: a second of CPU time that no reader should wait."""
        for name in self.jinja_env.list_templates():
            self.jinja_env.get_template(name)

    def full_dispatch_request(self) -> Response:
        """The answer to the request at hand. Flask's signals are not sent: nobody listens."""
        proceed = partial(self._answer, self._view)
        for step in reversed(self.steps):
            proceed = partial(self._answer, partial(step, proceed))
        return proceed()

    def _view(self) -> Response:
        return self.make_response(self.dispatch_request())

    def _answer(self, proceed: Proceed) -> Response:
        """What `proceed` answers; where it fails, the page or JSON of its error (see web/errors.py)."""
        try:
            return proceed()
        except Exception as error:
            return self._failed(error)

    def _failed(self, error: Exception) -> Response:
        try:
            return self.make_response(self.handle_user_exception(error))
        except Exception:
            self.logger.exception("the error page could not be made")
            return Response(LAST_RESORT, 500, content_type="text/plain; charset=utf-8")
