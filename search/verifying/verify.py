"""Claims against the corpus: the reports that they are of are opened once each.

Where the id of a link is not in the index, its passage is looked for in the report whose file was that one
(another format, other folders), then in one of the same title, year and region. Words alone are no proof:
reports copy each other, so where else they stand is told, and the passage is `gone`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from indexer.errors import UnknownReportError
from indexer.messages import Message
from indexer.model import Report
from search.engine import Engine
from search.quoted import Quoted, find
from search.verifying.model import FOUND, Claim, Held, Outcome, Verdict
from search.verifying.order import in_order
from search.verifying.passage import Standing
from search.verifying.quote import squeezed
from search.verifying.relatives import Relatives, Renamed
from search.verifying.several import judged

LEAST = 12
"""Fewest characters of a quote that is looked for in all reports."""
LONG = 40
"""Code points of a passage that a report hardly ever says twice."""
MAX_TOLD = 200
"""Code points of a report that a verdict repeats."""
Progress = Callable[[int], None]
"""Told how many claims were verified since it was last called."""


def verify(
    engine: Engine, claims: Sequence[Claim], progress: Progress = lambda count: None
) -> tuple[Verdict, ...]:
    """A verdict for each claim, in their order."""
    return _Verifier(engine, claims).verdicts(progress)


class _Verifier:
    def __init__(self, engine: Engine, claims: Sequence[Claim]) -> None:
        self._engine = engine
        self._claims = claims
        self._groups: dict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(claims):
            self._groups[claim.report].append(number)
        self._unknown: dict[str, list[int]] = {}

    def verdicts(self, progress: Progress) -> tuple[Verdict, ...]:
        found: dict[int, Verdict] = {}
        for report_id, numbers in self._groups.items():
            report = _opened(self._engine, report_id)
            if report is None:
                self._unknown[report_id] = numbers
                continue
            found.update(self._in_report(report, numbers))
            progress(len(numbers))
        for report_id, numbers in self._unknown.items():
            found.update(self._in_others(report_id, numbers))
            progress(len(numbers))
        return tuple(found[number] for number in range(len(self._claims)))

    def _in_report(self, report: Report, numbers: Sequence[int]) -> Iterator[tuple[int, Verdict]]:
        text = report.text()
        claims = [self._claims[number] for number in numbers]
        stand = in_order(text, claims, [judged(text, claim) for claim in claims])
        for number, claim, each in zip(numbers, claims, stand, strict=True):
            yield number, _verdict(report, claim, each)

    @cached_property
    def _relatives(self) -> Relatives:
        return Relatives(self._engine)

    @cached_property
    def _by_path(self) -> Mapping[str, Renamed]:
        return self._relatives.by_path(self._unknown.keys())

    def _in_others(self, report_id: str, numbers: Sequence[int]) -> Iterator[tuple[int, Verdict]]:
        """The claims of a report that is not here."""
        renamed = self._by_path.get(report_id, Renamed(False, ()))
        verdicts: dict[int, list[Verdict]] = {number: [] for number in numbers}
        for other in renamed.reports:
            for number, verdict in self._in_report(self._engine.report(other), numbers):
                verdicts[number].append(_elsewhere(verdict))
        for number in numbers:
            yield number, self._of_several(verdicts[number], renamed, self._claims[number])

    def _of_several(self, found: list[Verdict], renamed: Renamed, claim: Claim) -> Verdict:
        """The verdict of the report that holds the passage; where several do that only end alike in
        their path, of neither."""
        holding = [verdict for verdict in found if verdict.outcome in FOUND]
        if len(holding) == 1 or (holding and renamed.same_folder):
            return holding[0]
        if not holding and len(found) == 1:
            return found[0]
        return self._by_facts(claim)

    def _by_facts(self, claim: Claim) -> Verdict:
        holding = []
        for other in self._relatives.by_facts(claim):
            report = self._engine.report(other)
            each = judged(report.text(), claim)
            if each.outcome in FOUND:
                holding.append(_elsewhere(_verdict(report, claim, each)))
        return holding[0] if len(holding) == 1 else self._by_words(claim)

    def _by_words(self, claim: Claim) -> Verdict:
        """Of a report that is nowhere known by: where a path that the file tells leads; and who else has the
        words, which proves nothing."""
        telling = len(squeezed(claim.quote)) >= LEAST
        quotes = (claim.quote,) if telling else ()
        found = find(
            self._engine,
            Quoted(claim.report, claim.start, claim.end, claim.check, claim.sources, quotes),
        )
        if found is None:
            return Verdict("gone", why=(Message("verify_gone"),))
        if found.by == "quote":
            words = Message("verify_words", count=found.reports, source=found.report.source)
            return Verdict("gone", why=(Message("verify_gone"), words))
        each = judged(found.report.text(), claim)
        return _elsewhere(_verdict(found.report, claim, each))


def _opened(engine: Engine, report_id: str) -> Report | None:
    try:
        return engine.report(report_id)
    except UnknownReportError:
        return None


def _verdict(report: Report, claim: Claim, each: Standing) -> Verdict:
    why: list[Message] = []
    if each.misquoted:
        there = report.text()[each.start : each.end]
        why.append(Message("verify_misquoted", there=there[:MAX_TOLD]))
    elif each.outcome == "changed":
        why.append(Message("verify_changed"))
    moved, several = each.outcome == "moved", len(each.places) > 1
    found = each.outcome in FOUND
    short = claim.end - claim.start < LONG and not each.confirmed
    if found and several:
        why.append(Message("verify_places", count=len(each.places)))
    elif moved and short:
        why.append(Message("verify_short"))
    if each.loosely:
        why.append(Message("verify_loosely"))
    if found and not claim.quote:
        why.append(Message("verify_by_check"))
    if found and each.beside:
        why.append(Message("verify_beside", quotes=_told(each.beside)))
    elif each.beside:
        why.append(Message("verify_compared", count=len(each.beside) + 1))
    return Verdict(
        each.outcome,
        Held(report.id, report.title, report.source),
        each.start,
        each.end,
        max(len(each.places), 1),
        found and (several or (moved and short)),
        tuple(why),
        each.compared,
        each.beside,
        each.misquoted,
    )


def _told(quotes: Sequence[str]) -> str:
    """Quotes in quotes, each in one line and not too long."""
    lines = [" ".join(quote.split())[:MAX_TOLD] for quote in quotes]
    return "".join(f"“{line}”" for line in lines)


def _elsewhere(verdict: Verdict) -> Verdict:
    """The verdict on a passage that was looked for in another report than its link's."""
    assert verdict.report is not None
    outcome: Outcome = "moved" if verdict.outcome == "exact" else verdict.outcome
    named = Message("verify_other_report", source=verdict.report.source)
    return replace(verdict, outcome=outcome, why=(named, *verdict.why))
