"""What is marked in a report: the hits of the search that led there, or of what is looked for in it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import LimitError, QueryError, RequestError
from indexer.messages import Message
from search.budget import BudgetError, markable, share
from search.engine import Engine
from search.model import Hit, SearchRequest
from web.http.tags import partly
from web.params import Arguments, read, read_view
from web.report.stepping import Ends
from web.report.trail import Trail, trail
from web.shown import NOTHING_SHOWN, Shown
from web.urls import Pairs, state_pairs

_CANNOT = (QueryError, RequestError, LimitError)
_SHARE = 0.7
"""Of what a page may cost: the report itself is shown in any case."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The state in a report's address, and the hits to mark.

    `asked` and `shown` lead back to the result, `trail` on through it. `find` is looked for in this
    report alone, "" for nothing: its hits are marked instead. `problem` says why a query could not be
    taken: a report is worth reading without its marks.
    """

    asked: SearchRequest
    shown: Shown
    trail: Trail | None
    find: str
    hits: tuple[Hit, ...]
    problem: Message | None

    @property
    def state(self) -> Pairs:
        """The parameters of every address of this page."""
        find = [("find", self.find)] if self.find else []
        return [*state_pairs(self.asked, self.shown), *find]

    @property
    def ends(self) -> Ends | None:
        """Where steps lead on to; None where they stay in this report."""
        return self.trail.ends if self.trail and not self.find else None


def marked(engine: Engine, report_id: str, args: Arguments) -> Marked:
    """What the address of a report's page asks for; no query in it is an error."""
    find = args.get("find", "").strip()
    with share(_SHARE):
        asked, shown, way, hits, problem = _of_result(engine, report_id, args)
        if find:
            hits, problem = _within(engine, report_id, find)
    return Marked(asked, shown, way, find, hits, problem)


def _of_result(
    engine: Engine, report_id: str, args: Arguments
) -> tuple[SearchRequest, Shown, Trail | None, tuple[Hit, ...], Message | None]:
    try:
        asked, shown = read(args), read_view(args)
        hits = _hits(engine, report_id, asked) if asked.q else ()
        way = None
        if asked != SearchRequest():
            way = trail(engine, report_id, asked, shown, has_hits=bool(hits))
        return asked, shown, way, hits, None
    except BudgetError as error:
        partly()
        return asked, shown, None, (), error.message
    except _CANNOT as error:
        return SearchRequest(q=args.get("q", "")), NOTHING_SHOWN, None, (), error.message


def _within(engine: Engine, report_id: str, find: str) -> tuple[tuple[Hit, ...], Message | None]:
    try:
        return _hits(engine, report_id, SearchRequest(q=find)), None
    except BudgetError as error:
        partly()
        return (), error.message
    except _CANNOT as error:
        return (), error.message


def _hits(engine: Engine, report_id: str, asked: SearchRequest) -> tuple[Hit, ...]:
    found = engine.hits(report_id, asked)
    markable(len(found))
    return found
