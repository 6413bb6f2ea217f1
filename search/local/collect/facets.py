"""Facets: how many reports each value would leave.

Each facet ignores its own selection; a selected value stays, with count 0 if need be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

import numpy as np

from indexer.arrays.segment import I2, NO_YEAR, Ints
from indexer.model import GENRES, KINDS
from indexer.regions.table import table
from search.labels import GENRE_LABELS, KIND_LABELS
from search.local.facts.columns import Columns
from search.local.facts.filters import region_codes, year_selected
from search.local.plan import Plan
from search.model import Facet, Facets, SearchRequest


@dataclass(frozen=True, slots=True)
class RegionNode:
    """A node of the region tree that reports of the index are in."""

    code: str
    name: str
    parent: str | None
    codes: tuple[str, ...]


class FacetCounts:
    """Collects the facets of a plan; what they count over is made once for an index."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        nodes: dict[str, RegionNode] = {}
        for chain in columns.chains:
            codes = tuple(code for code, _, _ in chain)
            for depth, (code, name, _) in enumerate(chain):
                parent = codes[depth - 1] if depth else None
                nodes.setdefault(code, RegionNode(code, name, parent, codes[: depth + 1]))
        self.nodes = sorted(nodes.values(), key=lambda node: node.codes)
        self.node_columns = (
            [node.code for node in self.nodes],
            [node.name for node in self.nodes],
            [node.parent for node in self.nodes],
        )
        places = {node.code: at for at, node in enumerate(self.nodes)}
        depth = max((len(chain) for chain in columns.chains), default=0)
        self._nodes_of: Ints = np.full((len(columns.chains), depth), len(nodes), np.int64)
        for row, chain in enumerate(columns.chains):
            self._nodes_of[row, : len(chain)] = [places[code] for code, _, _ in chain]
        self._issuers_by_name = np.argsort(np.array(columns.issuers, object), kind="stable")

    def __call__(self, plan: Plan) -> Facets:
        """All facets of the answer."""
        request, found, filters = plan.request, plan.answer, plan.filters
        matching = np.flatnonzero(plan.passing)

        def files_for(name: str) -> Ints:
            if name not in filters.masks:
                return matching
            return np.flatnonzero(filters.passing(found.files, but=name))

        genre = self.columns.genre[files_for("genre")]
        genres = np.bincount(genre, minlength=len(GENRES)).tolist()
        regions = self.region_counts(files_for("region")).tolist()
        return Facets(
            region=_regions(request, self, regions),
            year=_years(request, self.columns.year[files_for("year")]),
            section=_named(KINDS, KIND_LABELS, _kind_counts(plan), request.section),
            genre=_named(GENRES, GENRE_LABELS, genres, request.genre),
            issuer=_issuers(request, *self.issuer_counts(files_for("issuer"))),
        )

    def region_counts(self, files: Ints) -> Ints:
        """How many of the files are in each node or below it."""
        chains = np.bincount(self.columns.chain[files], minlength=len(self.columns.chains))
        held = np.flatnonzero(chains)
        below = self._nodes_of[held]
        counts = np.zeros(len(self.nodes) + 1, np.int64)
        for level in below.T:
            np.add.at(counts, level, chains[held])
        return counts[:-1]

    def issuer_counts(self, files: Ints) -> tuple[list[str], list[int]]:
        """The issuers of the files and their reports: most reports first, then by name."""
        codes = self.columns.issuer[files]
        counts = np.bincount(codes[codes >= 0], minlength=len(self.columns.issuers))
        ordered = self._issuers_by_name
        ordered = ordered[counts[ordered] > 0]
        ordered = ordered[np.argsort(-counts[ordered], kind="stable")]
        names = self.columns.issuers
        return [names[issuer] for issuer in ordered.tolist()], counts[ordered].tolist()


def _kind_counts(plan: Plan) -> list[int]:
    """How many files match within their sections of each kind."""
    kinds = plan.answer.kinds
    files = np.flatnonzero(kinds)
    inside = plan.filters.passing(plan.columns.present)[files]
    held, counts = np.unique(kinds[files[inside]], return_counts=True)
    return [int(counts[held >> kind & 1 == 1].sum()) for kind in range(len(KINDS))]


def _regions(request: SearchRequest, by: FacetCounts, counts: Sequence[int]) -> tuple[Facet, ...]:
    """The nodes of the tree that have reports, and the selected ones, each after its parent."""
    if not request.region:
        unselected = zip(*by.node_columns, counts, repeat(False))
        return tuple(map(Facet._make, compress(unselected, counts)))
    shown = {node.code: (node, n) for node, n in zip(by.nodes, counts, strict=True) if n}
    selected = {code for name in request.region for code in _shown(region_codes(name), shown)}
    for code in selected:
        for node in _chain(code):
            shown.setdefault(node.code, (node, 0))
    ordered = sorted(shown.values(), key=lambda found: found[0].codes)
    return tuple(Facet(n.code, n.name, n.parent, count, n.code in selected) for n, count in ordered)


def _chain(code: str) -> list[RegionNode]:
    """The nodes on the way down to a region."""
    chain = tuple(table().chain(code))
    codes = tuple(region.code for region in chain)
    return [
        RegionNode(r.code, r.name, codes[depth - 1] if depth else None, codes[: depth + 1])
        for depth, r in enumerate(chain)
    ]


def _shown(codes: Sequence[str], found: Mapping[str, object]) -> Sequence[str]:
    """Of the regions of one name those that have reports, the likeliest where none has."""
    return [code for code in codes if code in found] or codes[:1]


def _years(request: SearchRequest, stored: I2) -> tuple[Facet, ...]:
    years, found = np.unique(stored[stored != NO_YEAR], return_counts=True)
    counts = dict(zip(years.tolist(), found.tolist(), strict=True))
    return tuple(
        Facet(str(year), str(year), None, counts.get(year, 0), year_selected(request, year))
        for year in sorted({*counts, *request.year})
    )


def _named(
    values: Sequence[str],
    labels: Mapping[str, str],
    counts: Sequence[int],
    selected: Sequence[str],
) -> tuple[Facet, ...]:
    return tuple(
        Facet(value, labels[value], None, count, value in selected)
        for value, count in zip(values, counts, strict=True)
        if count or value in selected
    )


def _issuers(
    request: SearchRequest, names: Sequence[str], counts: Sequence[int]
) -> tuple[Facet, ...]:
    chosen = request.issuer
    unseen = sorted(set(chosen) - set(names)) if chosen else []
    every, reports = [*names, *unseen], [*counts, *([0] * len(unseen))]
    selected = [name in chosen for name in every] if chosen else repeat(False)
    return tuple(map(Facet._make, zip(every, every, repeat(None), reports, selected)))
