"""What else to search for, over one generation of an index: loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import numpy as np

from indexer.arrays.distinct import first_of_each
from search.budget import uncharged
from search.local.facts.columns import Columns
from search.local.hits.leaves import Leaves
from search.local.plan import MAX_LEAVES, Plan, Planner
from search.local.suggestions import corpus_words, suggestions
from search.query.parse import parse
from search.query.tree import Node, Phrase, size
from search.related.did_you_mean import did_you_mean
from search.related.suggest import Suggester
from search.related.vocabulary import Vocabulary


class Related:
    """Corrections and suggestions; threads may share it."""

    def __init__(self, columns: Columns, planner: Planner) -> None:
        self._columns = columns
        self._planner = planner
        self._vocabulary = Vocabulary(lambda: corpus_words(columns))
        self._suggester: Suggester | None = None
        self._suggester_lock = Lock()

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """What goes on from what was typed, the best first."""
        return tuple(found.text for found in self._loaded().suggest(typed, limit))

    def phrases(self) -> Iterator[str]:
        """The frequent phrases of the index, folded, the most frequent first."""
        return self._loaded().phrases()

    def did_you_mean(self, plan: Plan) -> tuple[str, ...]:
        """Queries like the plan's that find something with the same filters; none of a silent request."""
        if plan.request.silent:
            return ()

        def answers(mended: Node) -> bool:
            found, _ = self._planner.answer(mended, plan.request)
            return bool(plan.filters.passing(found.files).any())

        return did_you_mean(plan.query.tree, self._reports_with, self._vocabulary, answers)

    def by_words(self, plan: Plan) -> int:
        """How many reports the plan's query finds, with the same filters, where the words of its bare
        chunks may stand apart; 0 where that changes nothing, and of a silent request."""
        request = plan.request
        tree = parse(request.q, words=True).tree
        if request.words or request.silent or tree == plan.query.tree or size(tree) > MAX_LEAVES:
            return 0
        found, _ = self._planner.answer(tree, request)
        return int(np.count_nonzero(plan.filters.passing(found.files)))

    def warm(self) -> None:
        """Load all of it."""
        self._vocabulary.count("")
        self.suggest("", 1)

    def _loaded(self) -> Suggester:
        with self._suggester_lock:
            if self._suggester is None:
                with uncharged():
                    self._suggester = Suggester(suggestions(self._columns))
            return self._suggester

    def _reports_with(self, folded: str) -> int:
        """How many reports hold a folded phrase."""
        blocks = Leaves(self._columns, literal=False).hits(Phrase(folded, folded)).blocks
        return len(first_of_each(self._columns.block_file[blocks]))
