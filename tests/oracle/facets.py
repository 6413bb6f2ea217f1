"""Facets: how many reports each value would leave.

Each facet ignores its own selection; a selected value stays, with count 0 if need be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from indexer.model import KINDS, Region, Report
from indexer.regions.table import table
from search.labels import FACET_LABELS, KIND_LABELS
from search.model import CHOICES, Facet, Facets, SearchRequest
from tests.oracle.filters import VALUES, region_codes, year_selected


def facets(
    request: SearchRequest,
    reports_for: Callable[[str], Iterable[Report]],
    kind_counts: Mapping[str, int],
) -> Facets:
    """All facets. `reports_for(name)` gives the reports that match when facet `name` is not asked;
    `kind_counts` how many match within sections of each kind."""
    return Facets(
        region=_regions(request, reports_for("region")),
        year=_years(request, reports_for("year")),
        section=_named(KINDS, KIND_LABELS, kind_counts, request.section),
        issuer=_issuers(request, reports_for("issuer")),
        **{name: _fixed(name, request, reports_for(name)) for name in VALUES},
    )


def _regions(request: SearchRequest, reports: Iterable[Report]) -> tuple[Facet, ...]:
    """The nodes of the tree that have reports, and the selected ones, each after its parent."""
    counts: Counter[str] = Counter()
    chains: dict[str, tuple[Region, ...]] = {}
    for report in reports:
        for depth, region in enumerate(report.region):
            counts[region.code] += 1
            chains.setdefault(region.code, report.region[: depth + 1])
    selected = {code for name in request.region for code in _shown(region_codes(name), counts)}
    for code in selected:
        chain = tuple(table().chain(code))
        for depth, region in enumerate(chain):
            chains.setdefault(region.code, chain[: depth + 1])
    return tuple(
        Facet(
            value=code,
            label=getattr(table().get(code), "name", chain[-1].name),
            parent=chain[-2].code if len(chain) > 1 else None,
            reports=counts[code],
            selected=code in selected,
        )
        for code, chain in sorted(chains.items(), key=lambda item: [r.code for r in item[1]])
    )


def _shown(codes: Sequence[str], counts: Mapping[str, int]) -> Sequence[str]:
    """Of the regions of one name those that have reports, the likeliest where none has."""
    return [code for code in codes if counts[code]] or codes[:1]


def _years(request: SearchRequest, reports: Iterable[Report]) -> tuple[Facet, ...]:
    counts = Counter(report.year for report in reports if report.year is not None)
    years = sorted({*counts, *request.year})
    return tuple(
        Facet(str(year), str(year), None, counts[year], year_selected(request, year))
        for year in years
    )


def _fixed(name: str, request: SearchRequest, reports: Iterable[Report]) -> tuple[Facet, ...]:
    """A facet of few fixed values."""
    counts = Counter(map(VALUES[name], reports))
    if name == "origin" and not counts["recognised"] and not request.origin:
        return ()
    return _named(CHOICES[name], FACET_LABELS[name], counts, getattr(request, name))


def _named(
    values: Sequence[str],
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    selected: Sequence[str],
) -> tuple[Facet, ...]:
    return tuple(
        Facet(value, labels[value], None, counts.get(value, 0), value in selected)
        for value in values
        if counts.get(value) or value in selected
    )


def _issuers(request: SearchRequest, reports: Iterable[Report]) -> tuple[Facet, ...]:
    counts = Counter(report.issuer for report in reports if report.issuer)
    for issuer in request.issuer:
        counts.setdefault(issuer, 0)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Facet(i, i, None, count, i in request.issuer) for i, count in ordered)
