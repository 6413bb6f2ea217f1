"""All that can be asked of an engine, asked: what it answers, or how it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from indexer.errors import DamagedIndexError
from search.local.engine import IndexEngine
from search.model import SearchRequest

QUERIES = ("公开", "“三务”公开", "公开 AND 不够", "依申请*件", "公开 NEAR/20 信息", "公")
_LINE = SearchRequest(q="公开", size=50)
Answers = dict[str, object]


@dataclass(slots=True)
class Dearest:
    """Which question took most, and how many seconds of CPU time."""

    name: str = ""
    seconds: float = 0.0

    def tell(self, name: str, seconds: float) -> None:
        if seconds > self.seconds:
            self.name, self.seconds = name, seconds


def ask(engine: IndexEngine, dearest: Dearest | None = None) -> Answers:
    """Every answer by name; DamagedIndexError stands for a refusal. `dearest` is told what each costs."""
    found: Answers = {}
    for name, question in _questions(engine):
        began = time.process_time()
        try:
            found[name] = question()
        except DamagedIndexError:
            found[name] = DamagedIndexError
        if dearest is not None:
            dearest.tell(name, time.process_time() - began)
    return found


def differing(found: Answers, right: Answers) -> list[str]:
    """The names of answers that are wrong: neither right nor refused."""
    return [name for name in found if found[name] not in (right.get(name), DamagedIndexError)]


def _questions(engine: IndexEngine) -> Iterator[tuple[str, Callable[[], object]]]:
    ids: list[str] = []

    def every_id() -> object:
        ids.extend(sorted(hit.id for hit in engine.search(SearchRequest(size=100)).reports))
        return tuple(ids)

    yield "ids", every_id
    for q in QUERIES:
        asked = SearchRequest(q=q)
        yield f"search {q}", lambda asked=asked: replace(engine.search(asked), took_ms=0)
        yield f"literal {q}", lambda asked=asked: engine.count(replace(asked, literal=True))
        yield f"whole {q}", lambda asked=asked: engine.count(replace(asked, whole=True))
        yield f"silent {q}", lambda asked=asked: engine.count(replace(asked, silent=True))
    yield "concordance", lambda: engine.concordance(_LINE, "right")
    yield "every line", lambda: list(engine.every_line(_LINE, "left"))
    yield "collocates", lambda: engine.collocates(_LINE)
    yield "counts", lambda: list(engine.counts(QUERIES, SearchRequest()))
    yield "spread", lambda: engine.spread(_LINE)
    yield "looked in", lambda: engine.looked_in(_LINE)
    yield "suggest", lambda: engine.suggest("公")
    yield "related", lambda: replace(engine.search(SearchRequest(q="工开信西")), took_ms=0)
    yield "overview", engine.overview
    yield "laziest", lambda: _if_known(lazy := engine.laziest(SearchRequest()), known=lazy.known)
    yield (
        "alike",
        lambda: _if_known(list(engine.every_alike()), known="-bare" not in engine.state),
    )
    for one in ids:
        yield f"report {one}", lambda one=one: engine.report(one)
        yield f"file {one}", lambda one=one: engine.file(one)
        yield f"hits {one}", lambda one=one: engine.hits(one, SearchRequest(q="公开"))
        yield (
            f"echoes {one}",
            lambda one=one: _if_known(engine.echoes(one), known=engine.echoes(one).known),
        )


def _if_known(answer: object, *, known: bool) -> object:
    """Who does not know says so: that is a refusal."""
    return answer if known else DamagedIndexError
