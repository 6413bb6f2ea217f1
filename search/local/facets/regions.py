"""The facet of regions: a tree, in which a region holds the reports of all below it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat

import numpy as np

from indexer.arrays.segment import Bools, Ints
from indexer.errors import RequestError
from indexer.messages import Message
from indexer.regions.table import table
from search.local.facts.columns import Columns
from search.model import Facet, SearchRequest

_EXAMPLES = ("内蒙古", "鄂尔多斯市", "150602")


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of the region tree that reports of the index are in."""

    code: str
    name: str
    parent: str | None
    codes: tuple[str, ...]


class RegionTree:
    """The regions that some chains are made of; a chain is ((code, name, level), …)."""

    def __init__(self, chains: Sequence[Sequence[tuple[str, str, str]]]) -> None:
        nodes: dict[str, _Node] = {}
        for chain in chains:
            codes = tuple(code for code, _, _ in chain)
            for depth, (code, name, _) in enumerate(chain):
                parent = codes[depth - 1] if depth else None
                known = table().get(code)
                present = known.name if known else name  # a report may call it by a former one
                nodes.setdefault(code, _Node(code, present, parent, codes[: depth + 1]))
        self._nodes = sorted(nodes.values(), key=lambda node: node.codes)
        self._node_columns = (
            [node.code for node in self._nodes],
            [node.name for node in self._nodes],
            [node.parent for node in self._nodes],
        )
        places = {node.code: at for at, node in enumerate(self._nodes)}
        depth = max((len(chain) for chain in chains), default=0)
        self._nodes_of: Ints = np.full((len(chains), depth), len(nodes), np.int64)
        for row, chain in enumerate(chains):
            self._nodes_of[row, : len(chain)] = [places[code] for code, _, _ in chain]

    def values(self, request: SearchRequest, reports: Ints) -> tuple[Facet, ...]:
        """The nodes of the tree that have reports, and the selected ones, each after its parent; `reports`:
        how many each chain has."""
        counts = self._counts(reports).tolist()
        if not request.region:
            unselected = zip(*self._node_columns, counts, repeat(False))
            return tuple(map(Facet._make, compress(unselected, counts)))
        shown = {node.code: (node, n) for node, n in zip(self._nodes, counts, strict=True) if n}
        selected = {code for name in request.region for code in codes_meant(name, shown)}
        for code in selected:
            for node in _chain(code):
                shown.setdefault(node.code, (node, 0))
        ordered = sorted(shown.values(), key=lambda found: found[0].codes)
        return tuple(
            Facet(n.code, n.name, n.parent, count, n.code in selected) for n, count in ordered
        )

    def _counts(self, reports: Ints) -> Ints:
        """How many of the reports are in each node or below it."""
        held = np.flatnonzero(reports)
        below = self._nodes_of[held]
        counts = np.zeros(len(self._nodes) + 1, np.int64)
        for level in below.T:
            np.add.at(counts, level, reports[held])
        return counts[:-1]


class Regions:
    """The region of each report."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._tree = RegionTree(columns.chains)

    def mask(self, request: SearchRequest) -> Bools | None:
        """RequestError where a region is unknown."""
        if not request.region:
            return None
        return in_regions(self._columns, codes_asked(request))

    def values(self, request: SearchRequest, files: Ints) -> tuple[Facet, ...]:
        """The nodes of the tree that have reports, and the selected ones, each after its parent."""
        chains = self._columns.chains
        reports = np.bincount(self._columns.chain[files], minlength=len(chains))
        return self._tree.values(request, reports)


@lru_cache(maxsize=1_024)
def region_codes(name: str) -> tuple[str, ...]:
    """The codes of a region given by name or code; several where the name repeats, () for none."""
    return tuple(table().named(name))


def codes_meant(name: str, with_reports: Container[str]) -> tuple[str, ...]:
    """Of several regions of a name, those that have reports (codes); the likeliest where none has."""
    codes = region_codes(name)
    return tuple(code for code in codes if code in with_reports) or codes[:1]


def in_regions(columns: Columns, codes: Sequence[str]) -> Bools:
    """The files in one of these regions or below it."""
    chains = np.zeros(len(columns.chains), bool)
    for code in set(codes):
        chains[columns.chains_of_code.get(code, [])] = True
    found: Bools = chains[columns.chain]
    return found


def codes_asked(request: SearchRequest) -> list[str]:
    """The codes of the regions of the filter. RequestError where one is unknown."""
    return [code for name in request.region for code in _codes(name)]


def _codes(name: str) -> tuple[str, ...]:
    codes = region_codes(name)
    if not codes:
        raise RequestError(
            Message("no_such_region", name=name),
            parameter="region",
            hint=Message("no_such_region_hint", examples=_EXAMPLES),
        )
    return codes


def _chain(code: str) -> list[_Node]:
    """The nodes on the way down to a region."""
    chain = tuple(table().chain(code))
    codes = tuple(region.code for region in chain)
    return [
        _Node(r.code, r.name, codes[depth - 1] if depth else None, codes[: depth + 1])
        for depth, r in enumerate(chain)
    ]
