"""Years, places and first appearances, recounted report by report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from indexer.errors import LimitError
from indexer.messages import Message
from indexer.model import Region, Report
from indexer.regions.table import COUNTRY, table
from search.model import ReportHit, SearchRequest
from search.spread import MAX_ROWS, Below, First, Group, Row, Spread
from tests.oracle.filters import region_codes
from tests.oracle.folded import FoldedReport

_DEPTHS = {"country": 0, "province": 0, "city": 1, "county": 2, "town": 3}


@dataclass(frozen=True, slots=True)
class Recount:
    """What is counted: `reports` meet the query's conditions and pass the filters but for the years';
    `passes` tells of all filters, `rooted` names the regions that the rows are of, `kinds` those of the
    sections that fields of the query name, None for all.

    `hits` has each report that matches, by id; `shown` those of them that pass, as a result shows them.
    """

    request: SearchRequest
    kinds: Collection[str] | None
    rooted: Sequence[str]
    reports: Sequence[FoldedReport]
    passes: Callable[[Report], bool]
    hits: Mapping[str, int]
    shown: Mapping[str, ReportHit]

    def spread(self, below: Below, indexed: Collection[str], **told: object) -> Spread:
        """`indexed`: the codes of all regions that reports of the index are in."""
        passing = [report for report in self.reports if self.passes(report.report)]
        stated = [r.report.year for r in self.reports if r.report.year is not None]
        years = range(min(stated), max(stated) + 1) if stated else range(0)
        rows = list(self._rows(rows_of(self.rooted, below, indexed), years, passing))
        own = _by_region(passing)
        firsts = [
            first
            for row in rows
            if row.region
            for first in self._first(row.region, own.get(row.region.code, ()))
        ]
        firsts.sort(key=lambda first: self._time(first.report))
        begin = (self.request.page - 1) * self.request.size
        return Spread(
            years=tuple(years),
            chart=tuple(self.group(_of_year(self.reports, year)) for year in years),
            rows=tuple(rows),
            undated=self.group(_of_year(passing, None)),
            total=self.group(passing),
            first=next(iter(self._first(None, passing)), None),
            firsts=tuple(firsts[begin : begin + self.request.size]),
            firsts_total=len(firsts),
            page=self.request.page,
            size=self.request.size,
            **told,  # type: ignore[arg-type]
        )

    def group(self, reports: Sequence[FoldedReport]) -> Group:
        matching = [report.id for report in reports if report.id in self.hits]
        return Group(
            len(reports),
            len(matching),
            sum(self.hits[found] for found in matching),
            sum(self._characters(report) for report in reports),
        )

    def _characters(self, report: FoldedReport) -> int:
        blocks = [report.blocks[block] for block in report.blocks_of(self.request.section)]
        if self.kinds is not None:
            blocks = [block for block in blocks if block.kind in self.kinds]
        return sum(len(block.folded.replace("\n", "")) for block in blocks)

    def _rows(
        self, regions: Mapping[str, bool], years: Iterable[int], passing: Sequence[FoldedReport]
    ) -> Iterable[Row]:
        there = _by_region(passing)
        for code in sorted(regions, key=lambda code: table().lineage(code)):
            own = there.get(code, [])
            if own or regions[code]:
                region = table().get(code)
                by_year = tuple(self.group(_of_year(own, year)) for year in years)
                yield Row(region, by_year, self.group(own))
        rest = [r for r in passing if not any(region.code in regions for region in r.report.region)]
        if rest:
            by_year = tuple(self.group(_of_year(rest, year)) for year in years)
            yield Row(None, by_year, self.group(rest))

    def _first(self, region: Region | None, reports: Sequence[FoldedReport]) -> list[First]:
        """The first of a region's reports, or of all; none where none of them says it."""
        matching = [self.shown[report.id] for report in reports if report.id in self.hits]
        dated = [hit for hit in matching if hit.year is not None]
        if not dated:
            return []
        first = min(dated, key=self._time)
        year = self._said(first)
        return [First(region, first, sum(self._said(hit) == year for hit in dated) - 1)]

    def _said(self, hit: ReportHit) -> int | None:
        """The year of a speech is that of its day, unless they are more than a year apart."""
        if hit.year and hit.published and hit.genre == "work_report":
            year = int(hit.published.partition("-")[0])
            return year if year in range(hit.year - 1, hit.year + 2) else hit.year
        return hit.year

    def _time(self, hit: ReportHit) -> tuple[object, ...]:
        codes = [region.code for region in hit.region] or ["999999"]
        day = (hit.published is None, hit.published or "")
        return (self._said(hit), *day, -(hit.year or 0), codes, hit.source)


def without_passages(spread: Spread) -> Spread:
    """The spread with reports as the scan has them, scores left out: they are compared elsewhere."""

    def plain(first: First) -> First:
        return first._replace(report=replace(first.report, passages=(), score=0.0))

    return replace(
        spread,
        first=plain(spread.first) if spread.first else None,
        firsts=tuple(map(plain, spread.firsts)),
    )


def rows_of(names: Sequence[str], below: Below, indexed: Collection[str]) -> dict[str, bool]:
    """The codes of the rows, and whether each is there without reports, too."""
    asked: list[str] = []
    for name in names:
        codes = list(region_codes(name))
        asked += [code for code in codes if code in indexed] or codes[:1]
    rows: dict[str, bool] = {}
    for root in asked or [region.code for region in table().children(COUNTRY)]:
        for code, there in _below(root, below if asked or below != "children" else "province"):
            apart = not asked and root in ("710000", "810000", "820000")
            rows[code] = rows.get(code, False) or (there and not apart)
    if len(rows) > MAX_ROWS:
        raise LimitError(Message("too_many_rows", most=MAX_ROWS))
    return rows


@lru_cache(maxsize=4_096)
def _below(root: str, below: Below) -> list[tuple[str, bool]]:
    """The rows that a region asked for has."""
    if root == COUNTRY:
        return [(root, True)]
    if below == "children":
        children = [region.code for region in table().children(root)]
        own = [] if any(not table().is_former(code) for code in children) else [(root, True)]
        return own + [(code, not table().is_former(code)) for code in children]
    depth = _DEPTHS[below]
    found: list[tuple[str, bool]] = []
    for lineage in _lineages()[table().lineage(root)[0]]:
        if root not in lineage:
            continue
        code = lineage[-1]
        way = lineage[lineage.index(root) :]
        if [step for step in way if _ends(step, depth)][:1] == [code]:
            standing = not any(table().is_former(step) for step in way[1:])
            found.append((code, standing and (code == root or _depth(code) <= depth)))
    return found


@lru_cache(maxsize=1)
def _lineages() -> dict[str, list[tuple[str, ...]]]:
    """The way down to each region of the table, by province."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for code in table()._rows:
        lineage = table().lineage(code)
        found.setdefault(lineage[0], []).append(lineage)
    return found


@cache  # each region is on the way to all below it
def _ends(code: str, depth: int) -> bool:
    """Whether nothing below this region can be a row of the level."""
    children = (r.code for r in table().children(code) if not table().is_former(r.code))
    return _depth(code) >= depth or not any(_depth(child) <= depth for child in children)


@cache
def _depth(code: str) -> int:
    region = table().get(code)
    assert region is not None
    return _DEPTHS[region.level]


def _of_year(reports: Iterable[FoldedReport], year: int | None) -> list[FoldedReport]:
    return [report for report in reports if report.report.year == year]


def _by_region(reports: Iterable[FoldedReport]) -> dict[str, list[FoldedReport]]:
    """The reports of each region, those of what lies in it among them."""
    found: dict[str, list[FoldedReport]] = {}
    for report in reports:
        for code in {region.code for region in report.report.region}:
            found.setdefault(code, []).append(report)
    return found
