"""One run: what is already measured or built for this corpus in the work folder is taken from there."""

from __future__ import annotations

import os
import pickle
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from indexer.model import Report
from tests.benchmarks.builds import add_one, build_from_files, build_from_texts
from tests.benchmarks.copies import write_copies
from tests.benchmarks.corpus import code_digest, corpus_digest, digest, files, folder_bytes
from tests.benchmarks.draw import Drawn, draw
from tests.benchmarks.figures import Build, Figures, Growth, Run
from tests.benchmarks.memory import in_child
from tests.benchmarks.peers import ALL
from tests.benchmarks.peers.gongkai import Gongkai, totals
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.queries import ANY_PHRASE, CLASSES, MARKER, Query
from tests.benchmarks.texts import Facts, facts_of, fold_reports, parse_corpus, stored
from tests.benchmarks.timing import Contestant, measure_recall, measure_serving, time_classes
from tests.benchmarks.truth import expected, find_parts

Kept = TypeVar("Kept")
_SERVED = 2_000  # answers before memory is read


@dataclass(frozen=True, slots=True)
class Options:
    """`queries` a class; `budget` seconds for a class, an engine and a round."""

    queries: int
    rounds: int
    seed: int
    budget: float
    jobs: int
    peers: tuple[str, ...]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Bench:
    """A corpus with its own corner of the work folder. Nothing is done before it is asked for."""

    def __init__(self, corpus: Path, work: Path, options: Options) -> None:
        self.corpus = corpus
        self.options = options
        self.folder = work / corpus_digest(corpus)
        self.folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def reports(self) -> Path:
        path = self.folder / "reports.pickle"
        if not path.exists():
            say("parsing the corpus")
            parse_corpus(self.corpus, path, self.options.jobs)
        return path

    @cached_property
    def folded(self) -> Path:
        path = self.folder / "folded.pickle"
        if not path.exists():
            say("folding the reports")
            fold_reports(self.reports, path)
        return path

    @cached_property
    def facts(self) -> Sequence[Facts]:
        return self._kept("facts", lambda: [facts_of(r) for r in stored(self.reports, Report)])

    @cached_property
    def drawn(self) -> Drawn:
        count, seed = self.options.queries, self.options.seed
        name = f"queries-{count}-{seed}"
        return self._kept(name, lambda: draw(self.reports, self.folded, count=count, seed=seed))

    def classes(self) -> Mapping[str, Sequence[Query]]:
        return {kind: [q for q in self.drawn.queries if q.kind == kind] for kind in CLASSES}

    def from_files(self, jobs: int) -> Build:
        """This engine's build; the index stays in `gongkai`."""
        name = f"from-files-{jobs}-{code_digest()}"
        return self._kept(name, lambda: build_from_files(self.corpus, self.index, jobs))

    @property
    def index(self) -> Path:
        return self.folder / f"index-{code_digest()}"

    def from_texts(self, peer: Peer) -> Build:
        """A peer's build; its index stays in `index_of(peer)`."""
        name = f"from-texts-{self._named(peer)}"
        return self._kept(
            name, lambda: build_from_texts(peer.name, self.reports, self.index_of(peer))
        )

    def index_of(self, peer: Peer) -> Path:
        return self.folder / f"texts-{self._named(peer)}"

    def expected(self, queries: Sequence[Query]) -> Sequence[frozenset[int]]:
        """Numbers of the reports that each query must find."""
        name = f"expected-{digest([*map(repr, queries)])}"

        def find() -> Sequence[frozenset[int]]:
            found = find_parts(queries, stored(self.folded, str))
            return [expected(query, found, self.facts) for query in queries]

        return self._kept(name, find)

    def _named(self, peer: Peer) -> str:
        version = code_digest() if isinstance(peer, Gongkai) else peer.version()
        return f"{peer.name}-{version}".replace(" ", "")

    def _kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, kept in the work folder under this name."""
        path = self.folder / f"{name}.kept"
        if not path.exists():
            say(f"{self.folder.name}: {name}")
            path.write_bytes(pickle.dumps(make()))
        kept: Kept = pickle.loads(path.read_bytes())
        return kept


def run(corpus: Path, work: Path, options: Options, *, times: int) -> Run:
    """Measure the corpus, or its N-fold where `times` is more than 1."""
    base = Bench(corpus, work, options)
    if times == 1:
        return measure(base, base)
    bench = _copies(base, work, times)
    result = measure(bench, base)
    if "Gongkai" in (engine.name for engine in result.engines):
        result.growth = _growth(bench, base, times)
    return result


def grow(corpus: Path, work: Path, options: Options, *, times: int) -> Run:
    """What the N-fold corpus costs this engine, and nothing else: an hour less at 10."""
    base = Bench(corpus, work, options)
    bench = _copies(base, work, times)
    size = {"files": len(files(bench.corpus)), "bytes": folder_bytes(bench.corpus)}
    result = Run(_machine(), size)
    result.from_files[options.jobs] = bench.from_files(options.jobs)
    result.growth = _growth(bench, base, times)
    say("one more report")
    result.add_one = add_one(bench.corpus, bench.index, bench.folder)
    return result


def _copies(base: Bench, work: Path, times: int) -> Bench:
    """The bench of the N-fold corpus, which is written if need be."""
    options = base.options
    copies = work / f"{base.folder.name}-{times}-fold-{options.queries}-{options.seed}"
    if not copies.exists():
        say(f"writing the {times}-fold corpus")
        markers = [query.parts[0] for query in base.drawn.markers]
        write_copies(base.corpus, copies, times=times, markers=markers, seed=options.seed)
    return Bench(copies, work, options)


def measure(bench: Bench, base: Bench) -> Run:
    """All figures of one corpus; the queries are drawn from `base`."""
    options = bench.options
    engines = [
        Figures(peer.name, peer.version(), peer.note, peer.share)
        for peer in ALL
        if not options.peers or peer.name in options.peers
    ]
    result = Run(_machine(), _size(bench), engines)
    there = {
        peer.name: (peer, figures)
        for peer in ALL
        for figures in engines
        if figures.name == peer.name and figures.version
    }
    for jobs in dict.fromkeys((1, options.jobs)) if "Gongkai" in there else ():
        result.from_files[jobs] = bench.from_files(jobs)
    classes = base.classes()
    contestants: list[Contestant] = []
    for peer, figures in there.values():
        figures.texts = bench.from_texts(peer)
        folder = bench.index if isinstance(peer, Gongkai) else bench.index_of(peer)
        contestants.append(Contestant(peer.name, folder))
        say(f"serving: {peer.name}")
        mixed = [query for group in zip(*classes.values(), strict=False) for query in group]
        figures.serving = in_child(
            measure_serving, contestants[-1], mixed, _SERVED, options.budget * len(classes)
        )
    bare = [Contestant(c.peer, c.folder, False) for c in contestants if there[c.peer][0].bare]
    say("timing")
    measured = in_child(
        time_classes, [*contestants, *bare], classes, rounds=options.rounds, budget=options.budget
    )
    for (at, kind), taken in measured.items():
        contestant = [*contestants, *bare][at]
        figures = there[contestant.peer][1]
        (figures.times if contestant.snippets else figures.bare)[kind] = taken
    _recall(bench, base, contestants, there)
    if "Gongkai" in there:
        say("one more report")
        result.add_one = add_one(bench.corpus, bench.index, bench.folder)
    return result


def _recall(
    bench: Bench,
    base: Bench,
    contestants: Sequence[Contestant],
    there: Mapping[str, tuple[Peer, Figures]],
) -> None:
    queries = base.drawn.queries
    truth = bench.expected(queries)
    ids = [facts.id for facts in bench.facts]
    for contestant in contestants:
        peer, figures = there[contestant.peer]
        say(f"recall: {peer.name}")
        classes = {
            kind: [
                (query, frozenset(ids[n] for n in numbers if n % peer.share == 0))
                for query, numbers in zip(queries, truth, strict=True)
                if query.kind == kind
            ]
            for kind in (ANY_PHRASE, *CLASSES)
        }
        figures.recall = in_child(measure_recall, contestant, classes, bench.options.budget)


def _growth(bench: Bench, base: Bench, times: int) -> Growth:
    """The same phrases with the same hits over both corpora, in turn."""
    jobs, options = base.options.jobs, base.options
    peaks = [b.from_files(jobs).peak for b in (bench, base)]
    markers = base.drawn.markers
    found = [in_child(totals, b.index, markers) for b in (bench, base)]
    kept = [query for query, there, here in zip(markers, *found, strict=True) if there == here]
    say(f"growth: {len(kept)} of {len(markers)} markers have the same hits")
    both = [Contestant("Gongkai", b.index) for b in (bench, base)]
    measured = in_child(
        time_classes, both, {MARKER: kept}, rounds=options.rounds, budget=options.budget
    )
    return Growth(times, measured[0, MARKER], measured[1, MARKER], *peaks)


def _machine() -> Mapping[str, str]:
    return {
        "Python": platform.python_version(),
        "system": platform.system(),
        "cores": str(os.cpu_count()),
    }


def _size(bench: Bench) -> Mapping[str, int]:
    return {
        "reports": len(bench.facts),
        "files": len(files(bench.corpus)),
        "bytes": folder_bytes(bench.corpus),
    }
