"""One run's bookkeeping: what is there, what was there, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indexer.arrays.records import FileState
from indexer.messages import Message
from indexer.model import report_id
from indexer.pipeline.copies import Copies
from indexer.pipeline.corpus import Corpus, CorpusFile, Rejected, override_digest
from indexer.pipeline.moves import Moves
from indexer.pipeline.sink import Sink
from indexer.pipeline.tally import Summary, Tally
from indexer.pipeline.times import Times
from indexer.pipeline.work import CLOSED, Outcome, Task
from indexer.reading.extras import lacks, may_read_now
from indexer.store.reader import KnownFile


class Run:
    """Brings a sink up to date. A rebuild takes every file as new, but for the ids that reports had."""

    def __init__(
        self,
        corpus: Corpus,
        known: Mapping[str, KnownFile],
        sink: Sink,
        *,
        rebuild: bool,
        now: float = 0.0,
    ) -> None:
        self.corpus = corpus
        self.known = known
        self.sink = sink
        self.rebuild = rebuild
        self._times = Times(known.values(), now)
        self.summary = Summary(rejected=list(corpus.rejected))
        self._tally = Tally(self.summary, {} if rebuild else known)
        self._ids: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        self._left_within: dict[str, list[str]] = {}
        for source, left in sink.resumable.items():
            if left.state.within:
                self._left_within.setdefault(left.state.within, []).append(source)
        self._unchanged = {
            source
            for source, file in corpus.files.items()
            if not rebuild and source in known and _is_unchanged(known[source], file, corpus)
        }
        self._read_with_what_is_new()
        self._open_again()
        self._read_copies_again()
        self._moves = Moves({s: k.state.sha256 for s, k in known.items() if not self._stays(s, k)})
        self._copies = Copies()

    def _stays(self, source: str, known: KnownFile) -> bool:
        """Whether it is there as before, as far as the listing of the corpus can tell."""
        file = known.state.within or source
        if file in self.corpus.files:
            return file in self._unchanged
        return not self.rebuild and self.corpus.hides(file)

    def _read_with_what_is_new(self) -> None:
        """What could not be read for want of a package is read again where that has been installed."""
        readable: dict[tuple[str, ...], bool] = {}
        for source, known in self.known.items():
            lacking = lacks(known.doubts)
            if lacking and readable.setdefault(lacking, may_read_now(lacking)):
                self._unchanged.discard(known.state.within or source)

    def _open_again(self) -> None:
        """What could not be opened, for a fault of the disk or want of a right, may be now."""
        for source, known in self.known.items():
            if CLOSED in known.doubts:
                self._unchanged.discard(known.state.within or source)

    def _read_copies_again(self) -> None:
        """A copy has no text of its own: it is read where that of its report may have changed."""
        copies = {s: k for s, k in self.known.items() if k.state.copy_of and self._stays(s, k)}
        while True:
            alone = {s for s, k in copies.items() if not self._is_kept(k.state.copy_of)}
            if not alone:
                return
            self._unchanged -= {copies[source].state.within or source for source in alone}
            copies = {s: k for s, k in copies.items() if s not in alone}

    def _is_kept(self, source: str) -> bool:
        return source in self.known and self._stays(source, self.known[source])

    def tasks(self) -> list[Task]:
        """The files to read; the others are counted as they stand in the index."""
        for source, known in self.known.items():
            if self._stays(source, known):
                self._keep(source, known)
        return [
            Task(file, self.corpus.overrides.get(source), self.corpus.members.get(source, {}))
            for source, file in sorted(self.corpus.files.items())
            if source not in self._unchanged and not self._resume(file)
        ]

    def _resume(self, file: CorpusFile) -> bool:
        """Take a file over that a run which was killed had read, if it would be read as it was."""
        left, within = self.sink.resumable, self._left_within.get(file.source, [])
        itself = left.get(file.source)
        if itself is None or not _is_unchanged(itself, file, self.corpus):
            return False
        inside = [s for s in within if left[s].state.mtime_ns == file.mtime_ns]
        sources = (*inside, file.source)
        if len(inside) != itself.state.holds or not all(map(self._is_as_left, sources)):
            return False
        for source in sources:
            self._take_over(source, left[source])
        return True

    def _is_as_left(self, source: str) -> bool:
        """Whether a file that was read would have the same ids now."""
        left, known = self.sink.resumable[source], self.known.get(source)
        origin = None if known else self._moves.find(source, left.state.sha256)
        twin = left.state.reason is not None and left.state.reason.key in ("same_id", "same_member")
        former = self._former(source, known, origin)
        new = report_id(source) not in self._ids
        return left.former == former and new and not twin and not left.state.copy_of

    def _take_over(self, source: str, left: KnownFile) -> None:
        self._ids[report_id(source)] = source
        self._taken[source] = 1
        copy_of = self._copies.place(source, left.state.text) if left.sections else ""
        former, moved, _ = self._arrives(
            source, left.state, counts=bool(left.sections and not copy_of)
        )
        if copy_of:
            left = KnownFile(replace(left.state, copy_of=copy_of))
            self.sink.reject(source, left.state, former)
        else:
            self.sink.take_over(source)
        self._tally.arrived(source, left, moved=moved)

    def _keep(self, source: str, known: KnownFile) -> None:
        self._ids[report_id(source)] = source
        if known.sections:
            self._copies.place(source, known.state.text)
        self._tally.kept(source, known)

    def take(self, outcome: Outcome) -> None:
        """Put one file that was read into the index."""
        self.summary.read += not outcome.state.within
        outcome = self._named(outcome)
        source, state, prepared = outcome.source, outcome.state, outcome.prepared
        if self._keeps_closed(source, state):
            return
        if prepared is not None and (copy_of := self._copies.place(source, state.text)):
            state, prepared = replace(state, copy_of=copy_of), None
        former, moved, before = self._arrives(source, state, counts=prepared is not None)
        if prepared is None:
            self.sink.reject(source, state, former)
            self._tally.arrived(source, KnownFile(state), moved=moved)
        else:
            self.sink.add(prepared, state, former, self._times.of(before, state))
            sections = len(prepared.report.sections)
            now = KnownFile(state, former, sections, prepared.characters)
            self._tally.arrived(source, now, moved=moved)

    def _keeps_closed(self, source: str, state: FileState) -> bool:
        """Keep the report of a file that changed and cannot be opened now, until it can; whether there is one."""
        known = None if self.rebuild else self.known.get(source)
        if state.reason is None or state.reason.key != CLOSED or not known or not known.sections:
            return False
        self._tally.was_copied(self._moves.seen(source))
        self._keep(source, known)
        self.summary.rejected.append(Rejected(source, state.reason))
        return True

    def _arrives(
        self, source: str, state: FileState, *, counts: bool
    ) -> tuple[tuple[str, ...], bool, KnownFile | None]:
        """Make room for a file: its former ids, whether it moved here, and what was known of it, there or
        where it was before; `counts`: as a report."""
        known = self.known.get(source)
        if known:
            self.sink.remove(source)
            self._tally.was_copied(self._moves.seen(source))
            original = known.state.copy_of
            if counts and self._moves.takes_place(source, original):
                return self._former(source, known, original), True, self.known[original]
        origin = None if known else self._moves.origin(source, state.sha256, counts=counts)
        before = self.known[origin] if origin is not None else known
        return self._former(source, known, origin), origin is not None, before

    def _named(self, outcome: Outcome) -> Outcome:
        """The file under a source of its own, rejected where another one has its source or id."""
        source = outcome.source
        twin = self._ids.setdefault(report_id(source), source)
        if source not in self._taken:
            self._taken[source] = 1
            if twin == source:
                return outcome
            reason = Message("same_id", other=twin)
        else:
            self._taken[source] += 1
            reason = Message("same_member", other=source)
            source = f"{source} ({self._taken[source]})"
        return Outcome(source, replace(outcome.state, reason=reason), None)

    def _former(self, source: str, known: KnownFile | None, origin: str | None) -> tuple[str, ...]:
        """The ids that the report had at earlier paths."""
        if origin is None:
            return known.former if known else ()
        own = known.former if known else ()
        ids = (*own, *self.known[origin].former, report_id(origin))
        return tuple(dict.fromkeys(i for i in ids if i != report_id(source)))

    def finish(self) -> None:
        """Remove what is in the index but no longer in the corpus; say which rows were of no use."""
        self._demote()
        for source, moved in self._moves.vanished():
            self.sink.remove(source)
            if not moved:
                self._tally.vanished(self.known[source])
        for source, unused in self.corpus.unused.items():
            if self._ids.get(report_id(source)) != source:
                self.summary.rejected.append(unused)

    def _demote(self) -> None:
        """Reports that are copies of others which came after them."""
        demoted = self._copies.demoted
        kept = {s: self.known[s] for s in demoted if s not in self._taken}
        for source, known in kept.items():
            self.sink.remove(source)
            state = replace(known.state, copy_of=demoted[source])
            self.sink.reject(source, state, known.former)
            self._tally.demoted(source, known, kept=True)
        added = self.sink.demote({s: of for s, of in demoted.items() if s not in kept})
        for source, now in added.items():
            self._tally.demoted(source, now, kept=False)


def _is_unchanged(known: KnownFile, file: CorpusFile, corpus: Corpus) -> bool:
    state, source = known.state, file.source
    digest = override_digest(corpus.overrides.get(source), corpus.members.get(source, {}))
    return (state.size, state.mtime_ns, state.override) == (file.size, file.mtime_ns, digest)
