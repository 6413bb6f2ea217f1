"""Bring the index in a cluster up to date with a corpus: a new generation beside the one that answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.pipeline.corpus import scan_corpus
from indexer.pipeline.fill import Clock, Progress, fill
from indexer.pipeline.tally import Summary
from indexer.store.reader import KnownFile
from search.remote.bulk import Bulk
from search.remote.cluster import Cluster
from search.remote.generations import (
    Generation,
    Shape,
    complete,
    create,
    differing,
    generations,
    remove,
    switch,
)
from search.remote.known import known_files
from search.remote.lock import STALE, WriteLock
from search.remote.sink import RemoteSink

GRACE = 30.0
"""Seconds for which the generation before stays: readers see the new one within two, and no page takes so long."""

Switched = Callable[[Summary, float], None]
"""Told once readers see the new generation, and how many seconds an older one stays, 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a cluster is written. `grace`, `stale`: seconds that an older generation stays, and that another
    writer's lock is watched."""

    shape: Shape = field(default_factory=Shape)
    grace: float = GRACE
    stale: float = STALE
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run begins with: the generation that answers, whether that is read anew whatever it holds, and
    one that a killed run left, which this one goes on with."""

    current: Generation | None
    rebuild: bool
    left: Generation | None


def plan(there: Sequence[Generation], shape: Shape, *, rebuild: bool) -> Plan:
    """The plan by the generations that there are, the oldest first."""
    current = next((each for each in there if each.is_current), None)
    usable = [
        each
        for each in there
        if not each.is_complete and each.is_of_this_version and each.shape == shape
    ]
    return Plan(
        current,
        rebuild or (current is not None and not current.is_of_this_version),
        usable[-1] if usable and not rebuild else None,
    )


def build(
    root: Path,
    cluster: Cluster,
    *,
    jobs: int,
    rebuild: bool = False,
    progress: Progress | None = None,
    switched: Switched | None = None,
    clock: Clock = time.time,
    settings: Settings | None = None,
) -> Summary:
    """Index the corpus at `root`, as `indexer.pipeline.build.build` does into a folder: files that did not change
    come along from the generation before, and what a run that was killed had sent is not sent again. Older
    generations are removed in the end.

    Raises CorpusError, LockedIndexError, ClusterError; then readers see what they saw before.
    """
    settings = settings or Settings()
    with WriteLock(cluster, stale=settings.stale) as lock:
        there = generations(cluster)
        begun = plan(there, settings.shape, rebuild=rebuild)
        run = _Run(root, cluster, begun, jobs, progress)
        new = begun.left or create(cluster, settings.shape)
        started = time.monotonic()
        summary, differs = run.fill(new, clock())
        if differs:
            lock.check()
            switch(cluster, new, there)
        summary.rejected.sort(key=lambda rejected: rejected.source)
        summary.seconds = round(time.monotonic() - started, 3)
        stays = new if differs else begun.current
        others = [each for each in [*there, new] if stays is None or each.index != stays.index]
        grace = settings.grace if any(each.is_complete for each in others) else 0.0
        if switched:
            switched(summary, grace)
        settings.sleep(grace)
        for index in dict.fromkeys(each.index for each in others):
            remove(cluster, index)
    return summary


@dataclass(frozen=True, slots=True)
class _Run:
    """One run into a new generation."""

    root: Path
    cluster: Cluster
    plan: Plan
    jobs: int
    progress: Progress | None

    def fill(self, new: Generation, now: float) -> tuple[Summary, bool]:
        """Fill and complete the generation; whether it differs from the one that answers."""
        corpus = scan_corpus(self.root)
        before, rebuild = self.plan.current, self.plan.rebuild
        known = self._known()
        left = known_files(self.cluster, new.index) if self.plan.left else {}
        with Bulk(self.cluster, new.index) as bulk:
            standing = {} if rebuild or known is None else known
            sink = RemoteSink(self.cluster, new.index, bulk, standing, left)
            summary = fill(
                *(self.root, corpus, known or {}, sink),
                jobs=self.jobs,
                rebuild=rebuild,
                progress=self.progress,
                now=now,
            )
            differs = sink.touched or rebuild or before is None
            if differs:
                sink.finish(before.index if before else None)
        if differs:
            complete(self.cluster, new, sink.reports, sink.files)
        summary.notice = self._notice(known)
        return summary, differs

    def _known(self) -> Mapping[str, KnownFile] | None:
        """What the generation that answers knows; None of one that cannot be read, and is replaced."""
        if self.plan.current is None:
            return {}
        try:
            return known_files(self.cluster, self.plan.current.index)
        except DamagedIndexError:
            if self.plan.rebuild:
                return None
            raise

    def _notice(self, known: Mapping[str, KnownFile] | None) -> Message | None:
        """That an index of another version was replaced."""
        before = self.plan.current
        if before is None or before.is_of_this_version:
            return None
        url = str(self.cluster.address)
        what = Message("cluster_of_other_version", url=url, differing=differing(before.meta))
        if known is None:
            return Message("index_replaced_unread", what=what)
        return Message("index_replaced", what=what)
