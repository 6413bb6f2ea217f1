"""Echoes as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from indexer.echoes.measure import COPIES, State
from indexer.model import Report
from search.echoes import Copied, Echo, EchoReport, Shares, Twin
from search.links import checksum
from search.model import SearchRequest
from web.compare.addresses import compare_url
from web.echoes.addresses import echoes_url, passage_echoes_url
from web.echoes.changed import Run, changed
from web.texts import t
from web.urls import passage_url, report_url

ORDER: tuple[State, ...] = (
    *COPIES, "below", "figures", "tied", "first", "common", "alone",
)  # fmt: skip
"""Of the states on pages: what is copied first, and what is nowhere else at last."""

MOST = 30
"""So many twins of a sentence are shown, the earliest: a phrase of custom has thousands."""


class ShareRow(NamedTuple):
    """A state: how many code points are in it, the share of all, and where its sentences alone are shown."""

    state: State
    copied: bool
    characters: int
    share: float
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TwinView:
    """A twin: `name` says place and year of its report; `runs` its text, changes marked."""

    twin: Twin
    name: str
    runs: tuple[Run, ...]
    href: str
    compared: str


@dataclass(frozen=True, slots=True)
class EchoView:
    """A sentence: `runs` its text, with what the twin shown beside it does not have marked; `shown` are the twins
    beside it; `href` is its passage link, `every` where all its twins are."""

    echo: Echo
    runs: tuple[Run, ...]
    href: str
    every: str
    shown: tuple[TwinView, ...]


def share_rows(report_id: str, shares: Shares, chosen: str) -> tuple[ShareRow, ...]:
    """All states that some sentence is in."""
    return tuple(
        ShareRow(
            state, state in COPIES, characters, shares.share(characters),
            echoes_url(report_id, state), state == chosen,
        )
        for state in ORDER
        if (characters := shares.of(state))
    )  # fmt: skip


def paragraphs(report: Report, found: Iterable[Echo]) -> Iterator[tuple[EchoView, ...]]:
    """The sentences of each line that has some."""
    ends = iter([line.end for line in report.lines()])
    end = next(ends, 0)

    def line_of(echo: Echo) -> int:
        nonlocal end
        while end < echo.end:
            end = next(ends, echo.end)
        return end

    for _, sentences in groupby(found, line_of):
        yield tuple(_view(report.id, echo, _beside(echo)) for echo in sentences)


def with_twins(report: Report, found: Iterable[Echo]) -> tuple[EchoView, ...]:
    """Sentences, each with its twins, up to MOST of them."""
    return tuple(_view(report.id, echo, echo.twins[:MOST]) for echo in found)


def _beside(echo: Echo) -> tuple[Twin, ...]:
    """The twin that it is copied from; else the earliest. Of what is custom none: that would name somebody."""
    if echo.state == "common":
        return ()
    twin = echo.copied or echo.earliest
    return (twin,) if twin else ()


def _view(report_id: str, echo: Echo, shown: Sequence[Twin]) -> EchoView:
    runs = changed(echo.text, shown[0].text)[0] if len(shown) == 1 else (Run(echo.text, False),)
    return EchoView(
        echo,
        runs,
        f"{passage_url(report_id, echo.start, echo.end, checksum(echo.text))}#passage",
        passage_echoes_url(report_id, echo.start, echo.end),
        tuple(_twin(report_id, echo, twin) for twin in shown),
    )


def _twin(report_id: str, echo: Echo, twin: Twin) -> TwinView:
    earlier, later = twin.report.id, report_id
    if twin.when == "later":
        earlier, later = later, earlier
    link = passage_url(twin.report.id, twin.start, twin.end, checksum(twin.text))
    return TwinView(
        twin,
        report_name(twin.report),
        changed(echo.text, twin.text)[1],
        f"{link}#passage",
        compare_url(earlier, later),
    )


def report_name(report: EchoReport | Report) -> str:
    """Place and year of a report."""
    place = report.region[-1].name if report.region else t("region_unknown")
    year = t("year_unknown") if report.year is None else t("year_of", year=report.year)
    return t("echoes_report_name", place=place, year=year)


@dataclass(frozen=True, slots=True)
class CopiedView:
    """A report of the list. `parts` are the shares of what it copied, by state."""

    copied: Copied
    name: str
    href: str
    details: str
    parts: tuple[tuple[State, float], ...]
    chief_name: str
    chief_href: str
    chief_share: float
    compared: str


def copied_view(copied: Copied) -> CopiedView:
    """One row of the list of the laziest."""
    report, shares, chief = copied.report, copied.shares, copied.chief
    parts = tuple((state, shares.share(shares.of(state))) for state in COPIES if shares.of(state))
    return CopiedView(
        copied,
        report_name(report),
        report_url(report.id, SearchRequest()),
        echoes_url(report.id),
        parts,
        report_name(chief) if chief else "",
        report_url(chief.id, SearchRequest()) if chief else "",
        shares.share(copied.from_chief),
        compare_url(chief.id, report.id) if chief else "",
    )
