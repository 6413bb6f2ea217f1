"""Who said a sentence first, by trying it with all others: the definition of measure.py in plain steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from indexer.echoes.measure import CHANGED, COMMON, LEAST, MANY, MOST, STATES, State, figures
from indexer.model import Line, Report
from indexer.text.fold import SENTENCE_END, fold_with_origins
from search.echoes import LEAST_TEXT, Copied, Echo, Echoes, EchoReport, Laziest, Shares, Twin, When
from search.spread import said_in

_NEVER = (9999, "9")


class Sentence(NamedTuple):
    """Its report, by number; its fold; where it is printed."""

    report: int
    folded: str
    text: str
    start: int
    end: int


class EchoScan:
    """All sentences of some reports, in their order."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.sentences = [[*_sentences(n, report)] for n, report in enumerate(reports)]

    def echoes(self, number: int, span: tuple[int, int] | None = None) -> Echoes:
        """Of one report."""
        told = [self._echo(one) for one in self.sentences[number]]
        sums: Counter[State] = Counter()
        for echo in told:
            sums[echo.state] += echo.characters
        start, end = span or (0, 1 << 40)
        shown = [echo for echo in told if echo.start < end and start < echo.end]
        return Echoes(
            True,
            Shares(tuple(sums[state] for state in STATES)),
            tuple(shown) if span else tuple(echo._replace(twins=()) for echo in shown),
        )

    def laziest(self, numbers: Sequence[int]) -> list[Copied]:
        """Of some reports, in their order where they tie."""
        rows = [self._copied(number) for number in numbers]
        return sorted((row for row in rows if row.shares.characters >= LEAST_TEXT), key=_share)

    def _copied(self, number: int) -> Copied:
        found = self.echoes(number)
        sums: Counter[str] = Counter()
        for echo in found.sentences:
            if echo.copied and echo.state != "figures" and echo.state != "below":
                sums[echo.copied.report.id] += echo.characters
        order = [report.id for report in self.reports]
        chief = max(sums, key=lambda one: (sums[one], -order.index(one)), default=None)
        return Copied(
            _told(self.reports[number]),
            found.shares,
            None if chief is None else _told(self.reports[order.index(chief)]),
            sums[chief] if chief else 0,
        )

    def _echo(self, own: Sentence) -> Echo:
        twins, family = self._twins(own)
        roles = [self._role(own, twin) for twin in twins]
        mine = self.reports[own.report]
        bodies = {
            _body(self.reports[twin.report])
            for twin in twins
            if not _same_body(mine, self.reports[twin.report])
        }
        state = max(roles, key=STATES.index, default="alone")
        if len(bodies) >= COMMON or family > MANY:
            state = "common"
        told = tuple(self._twin(own, twin) for twin in twins)
        copied = next((one for one, role in zip(told, roles, strict=True) if role == state), None)
        return Echo(
            text=own.text,
            start=own.start,
            end=own.end,
            characters=len(own.folded),
            state=state,
            reports=len(twins) if family <= MANY else family - 1,
            earliest=told[0] if told else None,
            ties=sum(not self._earlier(twins[0].report, t.report) for t in twins[1:]),
            copied=None if state in ("alone", "first", "tied", "common") else copied,
            twins=told,
        )

    def _twins(self, own: Sentence) -> tuple[list[Sentence], int]:
        """One a report: with the same figures if there is one, then the nearest; the earliest first. In how many
        reports they and it stand, a report counted for each that differs: none are told where that is too many."""
        found: list[Sentence] = []
        family = 0
        for number, sentences in enumerate(self.sentences):
            near = [one for one in sentences if is_twin(own.folded, one.folded)]
            family += len({one.folded for one in near})
            if near and not _same_report(self.reports[own.report], self.reports[number]):
                found.append(min(near, key=lambda one: _nearness(own.folded, one.folded)))
        if family > MANY:
            return [], family
        return sorted(found, key=lambda one: self._order(one.report)), family

    def _order(self, number: int) -> tuple[object, ...]:
        first, last = _said(self.reports[number])
        return _NEVER if last == _NEVER else first, last, number

    def _earlier(self, a: int, b: int) -> bool:
        return _said(self.reports[a])[1] < _said(self.reports[b])[0]

    def _role(self, own: Sentence, twin: Sentence) -> State:
        mine, other = self.reports[own.report], self.reports[twin.report]
        if not self._earlier(twin.report, own.report):
            return "first" if self._earlier(own.report, twin.report) else "tied"
        if figures(own.folded) != figures(twin.folded):
            return "figures"
        recent = _year(other) >= _year(mine) - 1
        if _same_body(mine, other):
            return "last_year" if recent else "own"
        if _above(other, mine) and recent:
            return "above"
        return "below" if _above(mine, other) else "others"

    def _twin(self, own: Sentence, twin: Sentence) -> Twin:
        when: When = "tied"
        if self._earlier(twin.report, own.report):
            when = "earlier"
        elif self._earlier(own.report, twin.report):
            when = "later"
        return Twin(
            report=_told(self.reports[twin.report]),
            text=twin.text,
            start=twin.start,
            end=twin.end,
            when=when,
            changes=distance(own.folded, twin.folded),
            same_figures=figures(own.folded) == figures(twin.folded),
        )


def _sentences(number: int, report: Report) -> Iterator[Sentence]:
    _, *lines = report.lines()  # the title names the report
    for line in lines:
        folded, origins = fold_with_origins(line.text)
        at = 0
        for piece in folded.split(SENTENCE_END):
            if len(piece) >= LEAST:
                yield _printed(number, line, piece, origins[at], origins[at + len(piece) - 1] + 1)
            at += len(piece) + 1


def _printed(number: int, line: Line, folded: str, first: int, end: int) -> Sentence:
    return Sentence(number, folded, line.text[first:end], line.start + first, line.start + end)


def is_twin(a: str, b: str) -> bool:
    """Whether they are equal, or nearly."""
    if a == b:
        return True
    longer, shorter = max(len(a), len(b)), min(len(a), len(b))
    if longer > MOST or (longer - shorter) * CHANGED > longer:
        return False
    if max((_counts(a) - _counts(b)).total(), (_counts(b) - _counts(a)).total()) * CHANGED > longer:
        return False  # each change takes one character away at most, and adds one
    return distance(a, b) * CHANGED <= longer


@cache
def _counts(text: str) -> Counter[str]:
    return Counter(text)


@cache
def distance(a: str, b: str) -> int:
    """Levenshtein's, row by row."""
    row = list(range(len(b) + 1))
    for at, left in enumerate(a, 1):
        before, row[0] = row[0], at
        for to, right in enumerate(b, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (left != right))
    return row[-1]


def _nearness(own: str, other: str) -> tuple[bool, int]:
    return figures(own) != figures(other), distance(own, other)


def _said(report: Report) -> tuple[tuple[int, str], tuple[int, str]]:
    """Between what it was said."""
    year = said_in(report.genre, report.year, report.published)
    if year is None:
        return (-1, ""), _NEVER
    return (year, report.published or ""), (year, report.published or "9")


def _year(report: Report) -> int:
    year = said_in(report.genre, report.year, report.published)
    assert year is not None
    return year


def _body(report: Report) -> tuple[object, ...]:
    """Region and genre, and issuer, None for none; one of neither region nor issuer is its own."""
    codes = tuple(region.code for region in report.region)
    issuer = None if report.genre == "work_report" else report.issuer
    return (codes, report.genre, issuer) if codes or issuer else (report.id, "", None)


def _same_body(a: Report, b: Report) -> bool:
    *place, issuer = _body(a)
    *other, its = _body(b)
    return place == other and (issuer == its or issuer is None or its is None)


def _same_report(a: Report, b: Report) -> bool:
    return a.id == b.id or (_same_body(a, b) and a.year == b.year and a.year is not None)


def _above(upper: Report, lower: Report) -> bool:
    codes = [region.code for region in lower.region]
    if not upper.region or not codes or codes[-1] == "000000":
        return False
    return upper.region[-1].code in ("000000", *codes[:-1])


def _told(report: Report) -> EchoReport:
    return EchoReport(
        report.id,
        report.source,
        report.title,
        report.genre,
        report.year,
        report.published,
        report.region,
    )


def _share(copied: Copied) -> float:
    return -copied.share


def page_of(found: Sequence[Copied], short: int, page: int, size: int) -> Laziest:
    """A page of the laziest."""
    return Laziest(True, len(found), short, tuple(found[(page - 1) * size : page * size]))
