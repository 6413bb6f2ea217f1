"""What an engine tells of echoes: of one report, and of those that a search finds."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.arrays.records import read_record
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from indexer.echoes.measure import COPIES, MANY, STATES
from indexer.model import GENRES
from indexer.store.echo_file import EchoArrays
from search.budget import uncharged
from search.echoes import LEAST_TEXT, Copied, Echo, Echoes, EchoReport, Laziest, Shares, Twin, When
from search.local.echoing.facts import Facts
from search.local.echoing.families import Families
from search.local.echoing.links import Links, links
from search.local.echoing.printed import Printed, printed
from search.local.echoing.shares import Table, table
from search.local.facts.columns import Columns
from search.local.printed.headings import title

_COPIES = [STATES.index(state) for state in COPIES]


class Echoing:
    """The echoes of one generation; `arrays` is None where they are not known. What it needs is made when it is
    first asked for: some seconds over a million sentences."""

    def __init__(self, columns: Columns, arrays: EchoArrays | None) -> None:
        self._columns = columns
        self._arrays = arrays

    def of(self, file: int, span: tuple[int, int] | None) -> Echoes:
        """Of one report, or of what stands in [start, end) of its canonical text."""
        if self._arrays is None:
            return Echoes(known=False)
        report = int(np.searchsorted(self._facts.files, file))
        return _Told(self, self._arrays, report).echoes(span)

    def laziest(self, passing: Bools, page: int, size: int) -> Laziest:
        """Of the reports that pass, a mask over files."""
        if self._arrays is None:
            return Laziest(known=False)
        wanted = np.flatnonzero(passing[self._facts.files])
        characters = self._table.by_state[wanted].sum(axis=1)
        long = wanted[characters >= LEAST_TEXT]
        shown = self._first(long, page * size)[(page - 1) * size :]
        copied = tuple(map(self._copied, shown))
        return Laziest(True, len(long), len(wanted) - len(long), copied)

    def warm(self) -> None:
        """Make what lists need: some seconds that no reader should wait."""
        if self._arrays is not None:
            _ = self._table

    def _first(self, reports: Ints, wanted: int) -> list[int]:
        """The first so many of the reports, by what they copied."""
        rows = self._table.by_state[reports]
        copied = rows[:, _COPIES].sum(axis=1) / np.maximum(rows.sum(axis=1), 1)
        source = self._columns.tie_rank[self._facts.files[reports]]
        order: list[int] = reports[np.lexsort((source, -copied))][:wanted].tolist()
        return order

    def _copied(self, report: int) -> Copied:
        chief = int(self._table.chief[report])
        return Copied(
            self.report(report),
            Shares(tuple(self._table.by_state[report].tolist())),
            self.report(chief) if chief >= 0 else None,
            int(self._table.from_chief[report]),
        )

    def report(self, report: int) -> EchoReport:
        """A report by its number."""
        file = int(self._facts.files[report])
        searched, local = self._columns.segment_of_file(file)
        record = read_record(searched.arrays, local)
        year = int(self._columns.year[file])
        return EchoReport(
            id=record["id"],
            source=record["source"],
            title=title(searched.arrays, local),
            genre=GENRES[self._columns.genre[file]],
            year=None if year == NO_YEAR else year,
            published=record["published"],
            region=self._columns.region(file),
        )

    def links(self, sentences: Ints) -> Links:
        """Of some sentences, ascending."""
        return links(self._facts, self._families, sentences)

    def sizes(self, sentences: Ints) -> list[int]:
        """In how many reports the families of some sentences stand."""
        sizes: list[int] = self._families.size[self._families.which(sentences)].tolist()
        return sizes

    def printed(self, sentences: Ints) -> dict[int, Printed]:
        """Sentences as they are printed."""
        assert self._arrays is not None
        return printed(self._columns, self._arrays, self._facts.files, sentences)

    def when(self, report: int, other: int) -> When:
        """Whether the other report is earlier."""
        a, b = np.array([report]), np.array([other])
        if self._facts.earlier(b, a)[0]:
            return "earlier"
        return "later" if self._facts.earlier(a, b)[0] else "tied"

    def as_early(self, reports: Ints) -> int:
        """How many of these, by time, may be as early as the first, beside it."""
        return (
            int(np.count_nonzero(~self._facts.earlier(reports[:1].repeat(len(reports)), reports)))
            - 1
        )

    @cached_property
    def _facts(self) -> Facts:
        with uncharged():
            return Facts(self._columns)

    @cached_property
    def _families(self) -> Families:
        assert self._arrays is not None
        with uncharged():
            return Families(self._arrays)

    @cached_property
    def _table(self) -> Table:
        assert self._arrays is not None
        with uncharged():
            return table(self._arrays, self._facts, self._families)


class _Told:
    """The sentences of one report put into the words of the contract."""

    def __init__(self, echoing: Echoing, arrays: EchoArrays, report: int) -> None:
        first, end = arrays.report_start[report : report + 2].tolist()
        self._echoing, self._report = echoing, report
        self._own = np.arange(first, end)
        self._lengths = arrays.distinct_length[arrays.sentence_which[self._own]].astype(np.int64)
        self._links = echoing.links(self._own)
        self._sizes = echoing.sizes(self._own)
        self._deciding = self._links.deciding().tolist()
        self._reports: dict[int, EchoReport] = {}

    def echoes(self, span: tuple[int, int] | None) -> Echoes:
        found, own = self._links, self._echoing.printed(self._own)
        places = [own[sentence] for sentence in self._own.tolist()]
        start, end = span or (0, max((place.end for place in places), default=0))
        here = [at for at, place in enumerate(places) if place.start < end and start < place.end]
        rows = {at: self._rows(at, every=span is not None) for at in here}
        shown = np.array([row for of in rows.values() for row in of], np.int64)
        texts = {**own, **self._echoing.printed(found.twin[shown])}
        sums = np.bincount(found.states, weights=self._lengths, minlength=len(STATES))
        return Echoes(
            True,
            Shares(tuple(sums.astype(np.int64).tolist())),
            tuple(self._echo(at, texts, every=span is not None) for at in here),
        )

    def _rows(self, at: int, *, every: bool) -> list[int]:
        """The rows of a sentence that are shown: all, or the first and the one that decides."""
        first, end = self._links.start[at : at + 2].tolist()
        rows = list(range(first, end if every else min(first + 1, end)))
        return [*rows, self._deciding[at]] if self._deciding[at] >= 0 else rows

    def _echo(self, at: int, texts: dict[int, Printed], *, every: bool) -> Echo:
        first, end = self._links.start[at : at + 2].tolist()
        deciding = self._deciding[at]
        return Echo(
            *texts[int(self._own[at])],
            characters=int(self._lengths[at]),
            state=STATES[self._links.states[at]],
            reports=end - first if self._sizes[at] <= MANY else self._sizes[at] - 1,
            earliest=self._twin(first, texts) if first < end else None,
            ties=self._echoing.as_early(self._links.report[first:end]) if first < end else 0,
            copied=self._twin(deciding, texts) if deciding >= 0 else None,
            twins=tuple(self._twin(row, texts) for row in range(first, end)) if every else (),
        )

    def _twin(self, row: int, texts: dict[int, Printed]) -> Twin:
        found = self._links
        report = int(found.report[row])
        if report not in self._reports:
            self._reports[report] = self._echoing.report(report)
        return Twin(
            self._reports[report],
            *texts[int(found.twin[row])],
            when=self._echoing.when(self._report, report),
            changes=int(found.changes[row]),
            same_figures=bool(found.same[row]),
        )
