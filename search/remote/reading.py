"""What is told by reading reports: the engine of one machine is asked about those that a query finds.

So whatever it tells is told, of so many reports as can be read for one answer; more are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from search.counts import Counted
from search.local.collect.ground import Grounds
from search.local.collect.place import place
from search.local.collect.reports import every_report
from search.local.collect.spread import spread
from search.local.collect.totals import totals
from search.local.collect.wordings import wordings
from search.local.counting.count import Counter
from search.local.plan import Plan, Planner
from search.model import ReportHit, SearchRequest, Totals
from search.query.tree import (
    And,
    InTitle,
    Near,
    Node,
    Or,
    Phrase,
    Wildcard,
    Words,
    as_folded,
    leaves_of,
)
from search.remote.dsl import Query, both, either, in_units
from search.remote.fetched import Statistics, columns_of, unnarrowed
from search.remote.leaves import Lookup
from search.remote.prepared import Prepared
from search.remote.ranking import Ranking
from search.remote.shelf import Shelf
from search.spread import Below, Place, Spread

_PRESENT: Query = {"term": {"present": True}}


class Reading:
    """Reads the reports of one index of a cluster. Each call raises a LimitError where they are too many."""

    def __init__(self, shelf: Shelf, ranking: Ranking) -> None:
        self._shelf = shelf
        self._ranking = ranking

    def deciding(self, prepared: Prepared) -> Plan:
        """The plan of a request over all reports that decide its answer, whatever it filters: of a literal one,
        all that hold a text of the query in any spelling; all there are, where others match, too."""
        tree = prepared.query.tree
        if _holds_text(tree) and not prepared.request.silent:
            lookup = Lookup()
            leaves = dict.fromkeys(leaves_of(as_folded(tree)))
            query = either([in_units(lookup.holds(leaf)) for leaf in leaves])
        else:
            query = _PRESENT
        statistics = Statistics(self._ranking.reports, self._ranking.mean_length)
        columns = columns_of(self._shelf.some(query), statistics, tree)
        return Planner(columns).prepare(prepared.request)

    def found(self, prepared: Prepared, statistics: Statistics) -> Plan:
        """The plan of a request over the reports that it finds."""
        kept = self._shelf.some(both(prepared.found, _PRESENT))
        columns = columns_of(kept, statistics, prepared.query.tree)
        return Planner(columns).prepare(unnarrowed(prepared.request))

    def count(self, prepared: Prepared) -> Totals:
        """`count` of a literal request."""
        return totals(self.deciding(prepared))

    def every_report(self, prepared: Prepared) -> Iterator[ReportHit]:
        """`every_report` of a literal request."""
        return every_report(self.deciding(prepared))

    def wordings(
        self, prepared: Prepared, reports: Collection[str] | None
    ) -> Iterator[tuple[str, str]]:
        """`wordings` of a literal request."""
        return wordings(self.deciding(prepared), reports)

    def place(self, prepared: Prepared, report_id: str) -> Place | None:
        """`place` of a literal request; the report is there."""
        plan = self.deciding(prepared)
        file = plan.columns.ids.file_of(report_id)
        return None if file is None else place(plan, file)

    def spread(self, prepared: Prepared, below: Below) -> Spread:
        """`spread` of a literal request, which tells of all reports that pass, those without hits, too."""
        columns = columns_of(self._shelf.some(_PRESENT), None, prepared.query.tree)
        return spread(Planner(columns).prepare(prepared.request), below, Grounds())

    def counts(
        self, queries: Iterable[str], request: SearchRequest, below: Below | None, *, crossed: bool
    ) -> Iterator[Counted]:
        """`counts` of a literal request."""
        columns = columns_of(self._shelf.some(_PRESENT), None)
        return Counter(columns).counts(queries, request, below, crossed=crossed)


def _holds_text(node: Node) -> bool:
    """Whether whatever matches holds one of the texts."""
    if isinstance(node, And):
        return any(map(_holds_text, node.children))
    if isinstance(node, Or):
        return all(map(_holds_text, node.children))
    return isinstance(node, Phrase | Wildcard | Near | Words | InTitle)
