"""Verdicts as rows: what page, terminal, CSV and JSON say of each quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from search.engine import Engine
from search.saved.finding import Finding
from search.verifying.model import FOUND, OUTCOMES, Claim, Outcome, Verdict
from search.verifying.verify import verify
from web.api.json_shape import Shape
from web.export.sheet import Cell
from web.findings.fields import link_of
from web.said import told
from web.urls import passage_url

COLUMNS = (
    *("column_outcome", "column_quote", "column_label", "column_note", "column_cited"),
    *("column_now", "column_title", "column_source", "column_places", "column_why"),
)


class Row(NamedTuple):
    """A quote with its verdict; `cited` is its link as it was, `now` as it is, "" where it is nowhere."""

    outcome: Outcome
    finding: Finding
    verdict: Verdict
    cited: str
    now: str

    @property
    def title(self) -> str:
        """Of the report that the verdict names, else as the file has it."""
        held = self.verdict.report
        return held.title if held else self.finding.facts.title

    @property
    def source(self) -> str:
        held = self.verdict.report
        return held.source if held else self.finding.facts.source

    @property
    def quote(self) -> str:
        """That was compared."""
        return self.verdict.compared or self.finding.passage.quote

    @property
    def unread(self) -> bool:
        """Whether something is quoted beside it that was not compared."""
        return self.outcome in FOUND and bool(self.verdict.beside)

    @property
    def link_only(self) -> bool:
        return self.outcome in FOUND and not self.finding.passage.quote

    @property
    def why(self) -> str:
        return " ".join(map(told, self.verdict.why))


def verified(
    engine: Engine, findings: Sequence[Finding], progress: Callable[[int], None] | None = None
) -> list[Row]:
    """A row for each passage, in their order."""
    claims = [_claim(finding) for finding in findings]
    verdicts = verify(engine, claims, progress) if progress else verify(engine, claims)
    return [_row(*each) for each in zip(findings, verdicts, strict=True)]


def counts(rows: Sequence[Row]) -> dict[Outcome, int]:
    """How many have each verdict, in the order of OUTCOMES."""
    counted = Counter(row.outcome for row in rows)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def all_found(rows: Sequence[Row]) -> bool:
    return all(row.outcome in FOUND for row in rows)


def link_only(rows: Sequence[Row]) -> int:
    """How many were found by their link, and have no quote that could be compared."""
    return sum(row.link_only for row in rows)


def unread(rows: Sequence[Row]) -> int:
    """How many were found, and have other quotes beside them that were not compared."""
    return sum(row.unread for row in rows)


def cells(row: Row) -> list[Cell]:
    """In the order of COLUMNS; the verdict is the word of the API in every language."""
    finding = row.finding
    return [
        *(row.outcome, row.quote, finding.label, finding.note, row.cited),
        *(row.now, row.title, row.source, row.verdict.places, row.why),
    ]


def row_json(row: Row) -> Shape:
    verdict = row.verdict
    held = verdict.report
    return {
        "state": row.outcome,
        "cited": row.cited,
        "quote": row.quote,
        "label": row.finding.label,
        "note": row.finding.note,
        "report": None if held is None else held._asdict(),
        "start": verdict.start if held else None,
        "end": verdict.end if held else None,
        "places": verdict.places,
        "url": row.now or None,
        "why": [{"key": message.key, "text": told(message)} for message in verdict.why],
    }


def verdicts_json(rows: Sequence[Row]) -> Shape:
    """All of them, how many have each verdict, and of how many only the link was verified."""
    return {
        "counts": dict(counts(rows)),
        "link_only": link_only(rows),
        "quotes": [row_json(row) for row in rows],
    }


def _claim(finding: Finding) -> Claim:
    report, start, end, check, quote = finding.passage
    facts = finding.facts
    sources = (facts.source,) if facts.source else ()
    return Claim(
        *(report, start, end, check, quote, facts.title, facts.region, facts.year),
        sources,
        finding.beside,
    )


def _row(finding: Finding, verdict: Verdict) -> Row:
    check, now = finding.passage.check, ""
    if verdict.report is not None and verdict.outcome in FOUND:
        now = passage_url(verdict.report.id, verdict.start, verdict.end, check)
    return Row(verdict.outcome, finding, verdict, link_of(finding), now)
