"""An engine of few reports held in memory, odd in every way that a page must bear.

It finds the query as one folded phrase: enough to put marks on a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from fake_spread import FakeSpread

from indexer.errors import GongkaiError, QueryError, UnknownReportError
from indexer.messages import Message
from indexer.model import Level, Line, Region, Report, Section, SourceFile
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import words
from search.counts import Counted
from search.echoes import Echoes, Laziest
from search.labels import GENRE_LABELS, KIND_LABELS, ORIGIN_LABELS
from search.likeness import AlikePair, Likenesses
from search.links import checksum
from search.model import (
    Concordance,
    ConcordanceLine,
    ConcordanceOrder,
    Facet,
    Facets,
    Fragment,
    Hit,
    LookedIn,
    Passage,
    ReportHit,
    SearchRequest,
    SearchResult,
    SectionRef,
    Totals,
    check_order,
    since_seconds,
)
from search.spread import (
    Below,
    Collocate,
    Collocates,
    Example,
    Overview,
    Place,
    RejectedFile,
    Side,
    Spread,
    check_below,
    check_collocates,
)
from tests.oracle.counts import one_by_one
from tests.oracle.wording import wording

LEVELS: dict[int, Level] = {0: "province", 1: "city", 2: "county", 3: "town"}
_known: dict[tuple[int, str], tuple[Report, tuple[Hit, ...]]] = {}
CODES: dict[tuple[str, ...], int] = {}

_folded = cache(fold_with_origins)
"""A page asks for the same lines several times."""

Body = list[tuple[str, str, int, list[str]]]
"""Kind, heading, level and lines of each section."""


def chain(*names: str) -> tuple[Region, ...]:
    """A chain of made-up codes, each place with its own."""
    digits = ""
    regions = []
    for depth in range(len(names)):
        digits += f"{CODES.setdefault(names[: depth + 1], len(CODES) + 10):0{2 + (depth == 3)}}"
        regions.append(Region(digits.ljust(6, "0"), names[depth], LEVELS[depth]))
    return tuple(regions)


def make_report(source: str, title: str, body: Body, **facts: object) -> Report:
    """A report with the offsets that its lines have in the canonical text."""
    at = len(title) + 1
    sections = []

    def line(text: str) -> Line:
        nonlocal at
        made = Line(text, at)
        at = made.end + 1
        return made

    for kind, heading, level, lines in body:
        head = line(heading) if heading else None
        number = re.match(r"[一二三四五六七八九十]+|（.）", heading)
        path = (number[0],) if number else ()
        sections.append(Section(kind, head, level, path, tuple(map(line, lines))))
    given = {
        "genre": "disclosure", "year": 2020, "published": "2021-01-31", "issuer": None,
        "number": None, "url": None, "region": (), **facts,
    }  # fmt: skip
    return Report(source=source, title=title, sections=tuple(sections), **given)  # type: ignore[arg-type]


_Answer = TypeVar("_Answer")
_ANSWERS: dict[tuple[int, ...], tuple[tuple[Report, ...], dict[object, Any]]] = {}
"""What was found, by the reports: they are held, so that their `id` is that of no other."""


@dataclass
class FakeEngine:
    """See the module. A page asks the same several times, and so do many tests: it is counted once."""

    reports: tuple[Report, ...]
    former: dict[str, str] = field(default_factory=dict)
    generation: str = "1"
    examples: tuple[Example, ...] = ()
    likenesses: Likenesses = field(default_factory=lambda: Likenesses(known=True))
    rejected: tuple[RejectedFile, ...] = ()
    echoing: dict[str, Echoes] = field(default_factory=dict)
    lazy: Laziest = field(default_factory=lambda: Laziest(known=False))

    @property
    def state(self) -> str:
        return self.generation

    def suggest(self, typed: str, limit: int = 8) -> tuple[str, ...]:
        titles = (report.title for report in self.reports)
        return tuple(title for title in titles if title.startswith(typed))[:limit]

    def alike(self, report_id: str) -> Likenesses:
        self.report(report_id)
        found = self.likenesses
        return replace(found, pairs=tuple(pair for pair in found.pairs if pair.a.id == report_id))

    def every_alike(self) -> Iterator[AlikePair]:
        return iter(self.likenesses.pairs)

    def echoes(self, report_id: str, span: tuple[int, int] | None = None) -> Echoes:
        found = self.echoing.get(self.report(report_id).id, Echoes(known=False))
        start, end = span or (0, 1 << 30)
        here = tuple(e for e in found.sentences if e.start < end and start < e.end)
        return replace(found, sentences=here if span else tuple(e._replace(twins=()) for e in here))

    def laziest(self, request: SearchRequest) -> Laziest:
        request.validate()
        first = (request.page - 1) * request.size
        return replace(self.lazy, reports=self.lazy.reports[first : first + request.size])

    def _once(self, asked: object, answer: Callable[[], _Answer]) -> _Answer:
        reports = tuple(self.reports)
        _, known = _ANSWERS.setdefault(tuple(map(id, reports)), (reports, {}))
        if asked not in known:
            known[asked] = answer()
        found: _Answer = known[asked]
        return found

    def search(self, request: SearchRequest) -> SearchResult:
        request.validate()
        return self._once(("search", request), lambda: self._searched(request))

    def _searched(self, request: SearchRequest) -> SearchResult:
        needle, found = _needle(request.q), self._found(request)
        page = found[(request.page - 1) * request.size : request.page * request.size]
        sections = [
            section
            for report in found
            for section in report.sections
            if request.silent
            or any(needle in _folded(line.text)[0] for line in section.all_lines())
        ]
        hits = 0 if request.silent else sum(len(_occurrences(report, needle)) for report in found)
        return SearchResult(
            text=request.q,
            canonical=_canonical(needle),
            warnings=_warnings(request),
            total=Totals(len(found), len(sections), hits, hits),
            took_ms=1.25,
            page=request.page,
            size=request.size,
            reports=tuple(_hit(report, needle, request.passages) for report in page),
            facets=self._facets(request, needle),
        )

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        needle = _needle(request.validate().q)
        return (_hit(report, needle, request.passages) for report in self._found(request))

    def wordings(
        self, request: SearchRequest, reports: Collection[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        for report in self._found(request):
            if reports is None or report.id in reports:
                yield report.id, wording(report, self.hits(report.id, request))

    def _found(self, request: SearchRequest) -> list[Report]:
        found = [report for report in self.reports if _keeps(report, request, ())]
        return [report for report in found if _matches(report, request)]

    def count(self, request: SearchRequest) -> Totals:
        return FakeEngine.search(self, request).total

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        return one_by_one(self, queries, request, below, crossed=crossed)

    def looked_in(self, request: SearchRequest) -> LookedIn:
        every = FakeEngine.search(self, replace(request, q="", silent=False))
        return LookedIn(every.total.reports, every.facets)

    def report(self, report_id: str) -> Report:
        wanted = self.former.get(report_id, report_id)
        for report in self.reports:
            if report.id == wanted:
                return report
        raise UnknownReportError(Message("no_such_report", id=report_id))

    def file(self, report_id: str) -> SourceFile:
        return SourceFile(self.report(report_id).source, 0, 0, "")

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        ids = [report.id for report in self._found(request.validate())]
        if self.report(report_id).id not in ids:
            return None
        at = ids.index(self.report(report_id).id)
        return Place(
            at + 1,
            len(ids),
            ids[at - 1] if at else None,
            ids[at + 1] if at + 1 < len(ids) else None,
        )

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        found = _occurrences(self.report(report_id), _needle(request.validate().q))
        return () if request.silent else found

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        check_below(below)
        needle = _needle(request.validate().q)

        def hits(report: Report) -> int | None:
            if not _matches(report, request):
                return None
            return 0 if request.silent else len(_occurrences(report, needle))

        counted = FakeSpread(
            request=request,
            below=below,
            but_years=[report for report in self.reports if _keeps(report, request, ("year",))],
            passing=[report for report in self.reports if _keeps(report, request, ())],
            hits=hits,
            shown=lambda report: _hit(report, needle, request.passages),
        )
        return counted.spread(_canonical(needle), _warnings(request), finds_text=bool(needle))

    def overview(self) -> Overview:
        newest = max((report.indexed.changed for report in self.reports), default=0)
        return Overview(self.examples, self.rejected, newest)

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        every = list(self.every_line(request, order))
        return Concordance(
            canonical=_canonical(_needle(request.q)),
            warnings=_warnings(request),
            finds_text=bool(_needle(request.q)),
            hits=len(every),
            reports=len({line.report for line in every}),
            lines=tuple(every[(request.page - 1) * request.size : request.page * request.size]),
            page=request.page,
            size=request.size,
        )

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        request.validate()
        check_order(order)
        every = [*self._once(("lines", request), lambda: self._lines(request))]
        if order == "left":
            every.sort(key=lambda line: fold(line.left)[::-1])
        elif order == "right":
            every.sort(key=lambda line: fold(line.right))
        return iter(every[first:])

    def _lines(self, request: SearchRequest) -> list[ConcordanceLine]:
        needle = _needle(request.q)
        return [
            line
            for report in self.reports
            if not request.silent and _keeps(report, request, ())
            for line in _concordance_lines(report, needle)
        ]

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        check_collocates(side, limit)
        pairs = self._once(
            ("beside", type(self), request, side),
            lambda: [(_beside(line, side), line.report) for line in self.every_line(request)],
        )
        counts = Counter(word for word, _ in pairs if word)
        reports = Counter(word for word, _ in set(pairs))
        return Collocates(
            canonical=_canonical(_needle(request.q)),
            warnings=_warnings(request),
            finds_text=bool(_needle(request.q)),
            hits=len(pairs),
            bare=len(pairs) - counts.total(),
            words=len(counts),
            found=tuple(
                Collocate(word, hits, reports[word]) for word, hits in counts.most_common(limit)
            ),
        )

    def _facets(self, request: SearchRequest, needle: str) -> Facets:
        def count(
            name: str, values: Callable[[Report], Iterable[tuple[str, str, str | None]]]
        ) -> tuple[Facet, ...]:
            counts: Counter[str] = Counter()
            known: dict[str, tuple[str, str | None]] = {}
            for report in self.reports:
                left = _matches(report, request) and _keeps(report, request, (name,))
                for value, label, parent in dict.fromkeys(values(report)):
                    counts[value] += left
                    known[value] = (label, parent)
            years = _years(request) if name == "year" else ()
            chosen = {*map(str, getattr(request, name)), *map(str, years)}
            return tuple(
                Facet(
                    value,
                    *known[value],
                    counts[value],
                    value in chosen or known[value][0] in chosen,
                )
                for value in sorted(known)
                if counts[value] or value in {*map(str, getattr(request, name))}
            )

        return Facets(
            region=count("region", _region_values),
            year=count("year", lambda r: [(str(r.year), str(r.year), None)] if r.year else []),
            section=count(
                "section", lambda r: [(s.kind, KIND_LABELS[s.kind], None) for s in r.sections]
            ),
            genre=count("genre", lambda r: [(r.genre, GENRE_LABELS[r.genre], None)]),
            origin=_told(count("origin", _origin_values)),
            issuer=count("issuer", lambda r: [(r.issuer, r.issuer, None)] if r.issuer else []),
        )


@dataclass
class BrokenEngine:
    """Raises the same error whatever it is asked."""

    error: Exception
    generation: str = "1"
    state: str = "1"

    def search(self, request: SearchRequest) -> SearchResult:
        raise self.error

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        raise self.error

    def every_line(
        self, request: SearchRequest, order: ConcordanceOrder = "report", first: int = 0
    ) -> Iterator[ConcordanceLine]:
        raise self.error

    def every_report(self, request: SearchRequest) -> Iterator[ReportHit]:
        raise self.error

    def collocates(
        self, request: SearchRequest, side: Side = "right", limit: int = 50
    ) -> Collocates:
        raise self.error

    def count(self, request: SearchRequest) -> Totals:
        raise self.error

    def counts(
        self,
        queries: Iterable[str],
        request: SearchRequest,
        below: Below | None = "children",
        *,
        crossed: bool = False,
    ) -> Iterator[Counted]:
        raise self.error

    def place(self, report_id: str, request: SearchRequest) -> Place | None:
        raise self.error

    def spread(self, request: SearchRequest, below: Below = "children") -> Spread:
        raise self.error

    def overview(self) -> Overview:
        raise self.error

    def report(self, report_id: str) -> Report:
        raise self.error

    def file(self, report_id: str) -> SourceFile:
        raise self.error

    def hits(self, report_id: str, request: SearchRequest) -> tuple[Hit, ...]:
        raise self.error


def _needle(q: str) -> str:
    if "(" in q and ")" not in q:
        raise QueryError(
            Message("bracket_unclosed", bracket="("),
            position=q.index("("),
            hint=Message("bracket_unclosed_hint"),
        )
    if q.endswith("AND"):
        raise QueryError(Message("nothing_after", operator="AND"), position=len(q))
    if "出错" in q:
        raise GongkaiError(Message("unexpected"))
    return fold(q)


def _canonical(needle: str) -> str:
    return f'"{needle}"' if needle else ""


def _warnings(request: SearchRequest) -> tuple[Message, ...]:
    return (Message("punctuation_ignored", typed="<i>的</i>"),) if "的" in request.q else ()


def _keeps(report: Report, request: SearchRequest, ignored: tuple[str, ...]) -> bool:
    codes = {value for region in report.region for value in (region.code, region.name)}
    tests: dict[str, bool] = {
        "region": not request.region or bool(codes & set(request.region)),
        "year": not _years(request) or report.year in _years(request),
        "section": not request.section or any(s.kind in request.section for s in report.sections),
        "genre": not request.genre or report.genre in request.genre,
        "issuer": not request.issuer or report.issuer in request.issuer,
        "since": not request.since or report.indexed.changed >= since_seconds(request.since),
        "origin": not request.origin or _origin(report) in request.origin,
    }
    return all(kept for name, kept in tests.items() if name not in ignored)


def _matches(report: Report, request: SearchRequest) -> bool:
    """Whether a report holds what is asked; silent ones are those that do not."""
    needle = _needle(request.q)
    return (not needle or bool(_occurrences(report, needle))) != request.silent


def _years(request: SearchRequest) -> set[int]:
    ranged = request.year_from is not None or request.year_to is not None
    span = range(request.year_from or 1900, (request.year_to or 2100) + 1) if ranged else ()
    return {*request.year, *span}


def _region_values(report: Report) -> Iterator[tuple[str, str, str | None]]:
    parent = None
    for region in report.region:
        yield region.code, region.name, parent
        parent = region.code


def _origin(report: Report) -> str:
    recognised = any(line.place.confidence is not None for line in report.lines())
    return "recognised" if recognised else "text"


def _origin_values(report: Report) -> Iterator[tuple[str, str, None]]:
    yield _origin(report), ORIGIN_LABELS[_origin(report)], None


def _told(origins: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """Nothing where all is text."""
    return origins if any(f.value != "text" or f.selected for f in origins) else ()


def _occurrences(report: Report, needle: str) -> tuple[Hit, ...]:
    """Each report is gone through only once: some are a million characters long."""
    known = _known.get((id(report), needle))
    if known is None:
        hits = tuple(hit for line in report.lines() for hit in _in_line(line, needle))
        known = _known[id(report), needle] = (report, hits)
    return known[1]


def _in_line(line: Line, needle: str) -> Iterator[Hit]:
    folded, origins = _folded(line.text)
    for match in re.finditer(re.escape(needle), folded) if needle else ():
        yield Hit(line.start + origins[match.start()], line.start + origins[match.end() - 1] + 1)


def _hit(report: Report, needle: str, passages: int) -> ReportHit:
    hits = _occurrences(report, needle)
    return ReportHit(
        id=report.id, title=report.title, genre=report.genre, year=report.year,
        published=report.published, issuer=report.issuer, region=report.region,
        source=report.source, score=7.3, hits=len(hits),
        passages=tuple(_passages(report, needle))[:passages], original=report.url,
        indexed=report.indexed,
    )  # fmt: skip


def _passages(report: Report, needle: str) -> Iterator[Passage]:
    for line, ref in _places(report):
        hits = list(_in_line(line, needle))
        if hits:
            first = hits[0]
            quoted = line.text[first.start - line.start : first.end - line.start]
            yield Passage(
                section=ref, fragments=tuple(_fragments(line, hits)), start=first.start,
                end=first.end, check=checksum(quoted), place=line.place,
            )  # fmt: skip


def _concordance_lines(report: Report, needle: str) -> Iterator[ConcordanceLine]:
    for line, ref in _places(report):
        for hit in _in_line(line, needle):
            first, end = hit.start - line.start, hit.end - line.start
            yield ConcordanceLine(
                report=report.id, title=report.title, genre=report.genre, year=report.year,
                region=report.region, section=ref, left=line.text[max(0, first - 40) : first], hit=line.text[first:end],
                right=line.text[end : end + 40], start=hit.start, end=hit.end,
                check=checksum(line.text[first:end]), place=line.place, issuer=report.issuer,
                published=report.published, original=report.url,
            )  # fmt: skip


def _beside(line: ConcordanceLine, side: Side) -> str:
    """The word beside a hit; "" where there is none."""
    found = words(line.right if side == "right" else line.left)
    return found[0 if side == "right" else -1] if found else ""


def _places(report: Report) -> Iterator[tuple[Line, SectionRef]]:
    """Every line with its section."""
    yield Line(report.title, 0), SectionRef("title", (), ())
    above: list[Section] = []
    for section in report.sections:
        above = [*(other for other in above if other.level < section.level), section]
        headings = tuple(other.title for other in above if other.heading)
        ref = SectionRef(section.kind, headings, section.path)
        for line in section.all_lines():
            yield line, ref


def _fragments(line: Line, hits: list[Hit]) -> Iterator[Fragment]:
    done = line.start
    for hit in [*hits, Hit(line.end, line.end)]:
        for start, end, marked in ((done, hit.start, False), (hit.start, hit.end, True)):
            if start < end:
                yield Fragment(line.text[start - line.start : end - line.start], marked)
        done = hit.end
