"""Queries drawn from the corpus by a seed; nothing is chosen by how an engine answers it."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from indexer.model import Report
from indexer.text.segment import words
from tests.benchmarks.queries import ANY_PHRASE, DISTANCE, MARKER, Query
from tests.benchmarks.texts import Facts, facts_of, stored
from tests.benchmarks.truth import Found, find_phrases

_RUN = re.compile(r"[^\W_]+")  # between punctuation: phrases are cut as people type them
_HAN = re.compile(r"[一-鿿]+")
_RARE = (2, 20)  # reports
_COMMON = 0.1  # share of the reports
_SAMPLE = 100  # reports that tell which phrases may be common


@dataclass(slots=True)
class Pool:
    """What a pass over the corpus drew; `words` counts the reports of each word."""

    facts: list[Facts] = field(default_factory=list)
    any: list[str] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    near: list[Query] = field(default_factory=list)
    wild: list[Query] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Drawn:
    """`queries` of all classes; `markers` lie in 2 to 300 reports."""

    queries: tuple[Query, ...]
    markers: tuple[Query, ...]


def draw(reports: Path, folded: Path, *, count: int, seed: int) -> Drawn:
    """`count` distinct queries a class, fewer where the corpus has no more."""
    chooser = random.Random(seed)
    pool = _pool(reports, chooser, count)
    sample = list(stored(folded, str))[:: max(1, len(pool.facts) // _SAMPLE)]
    held = find_phrases(pool.common, sample)
    frequent = [p for p in held if len(held[p]) >= _COMMON / 2 * len(sample)]
    found = find_phrases(
        [
            *_some(pool.any, 12 * count, chooser),
            *_some(pool.rare, 6 * count, chooser),
            *_some(frequent, 4 * count, chooser),
        ],
        stored(folded, str),
    )
    return _chosen(pool, found, chooser, count)


def _pool(reports: Path, chooser: random.Random, count: int) -> Pool:
    pool = Pool()
    total = sum(1 for _ in stored(reports, Report))

    def share(times: int) -> int:
        return -(-times * count // total)

    for report in stored(reports, Report):
        lines = [line.text for section in report.sections for line in section.lines]
        lines = [line for line in lines if len(line) >= 10] or [report.title]
        pool.facts.append(facts_of(report))
        pool.any += islice(_cuts(lines, chooser, 2, 10), share(12))
        pool.rare += islice(_word_cuts(lines, chooser, 4, 10), share(6))
        pool.common += islice(_word_cuts(lines, chooser, 4, 8), share(100))
        pool.near += _within_a_line(lines, chooser, "near", share(2))
        pool.wild += _within_a_line(lines, chooser, "wild", share(2))
        pool.words.update({w for line in lines for w in words(line) if _HAN.fullmatch(w)})
    return pool


def _cuts(lines: Sequence[str], chooser: random.Random, least: int, most: int) -> Iterator[str]:
    """Phrases of so many characters, cut anywhere between punctuation."""
    for _ in range(10_000):
        run = chooser.choice(_RUN.findall(chooser.choice(lines)) or [""])
        length = chooser.randint(least, most)
        if len(run) >= length:
            start = chooser.randint(0, len(run) - length)
            yield run[start : start + length]


def _word_cuts(
    lines: Sequence[str], chooser: random.Random, least: int, most: int
) -> Iterator[str]:
    """Phrases of so many characters that begin and end where jieba's words do.

    People type such ones, and only on such ones has an engine of words work to do.
    """
    for _ in range(10_000):
        run = words(chooser.choice(_RUN.findall(chooser.choice(lines)) or [""]))
        start = chooser.randint(0, max(0, len(run) - 1))
        phrase = "".join(run[start : start + chooser.randint(1, 5)])
        if least <= len(phrase) <= most:
            yield phrase


def _within_a_line(
    lines: Sequence[str], chooser: random.Random, kind: str, count: int
) -> Iterator[Query]:
    """Two pieces of one run of a line: for NEAR, "ab*cd" and "ab?d"."""
    for _ in range(count):
        runs = [run for run in _HAN.findall(chooser.choice(lines)) if len(run) >= 8]
        if not runs:
            continue
        run = chooser.choice(runs)
        left = chooser.randint(2, 3)
        start = chooser.randint(0, len(run) - 8)
        one = kind == "wild" and chooser.random() < 0.5
        gap = 1 if one else chooser.randint(1, min(DISTANCE, len(run) - start - left - 2))
        at = start + left + gap
        right = chooser.randint(1, 2) if one else chooser.randint(2, 3)
        parts = (run[start : start + left], run[at : at + right])
        if kind == "near":
            yield Query("NEAR", parts if chooser.random() < 0.5 else parts[::-1], "near")
        else:
            yield Query("wildcard", parts, "?" if one else "*")


def _chosen(pool: Pool, found: Found, chooser: random.Random, count: int) -> Drawn:
    def some(items: Sequence[str], number: int = count) -> list[str]:
        return _some(items, number, chooser)

    def between(items: Sequence[str], least: float, most: float) -> list[str]:
        return [item for item in items if least <= len(found.get(item, ())) <= most]

    reports = len(pool.facts)
    least = _COMMON * reports
    rare = between(pool.rare, *_RARE)
    common = some(between(pool.common, least, reports), 2 * count)
    ranked = [
        word for word, _ in pool.words.most_common() if len(word) >= 2 and words(word) == [word]
    ]
    uncommon = [word for word in ranked if _RARE[0] <= pool.words[word] <= _RARE[1]]
    usual = [word for word in ranked if least <= pool.words[word] <= 0.6 * reports]
    frequent = ranked[: max(4, min(500, len(ranked) // 4))]
    rare_phrases = some(rare)
    markers = some([p for p in rare if p not in rare_phrases], count // 2)
    markers += some(between(pool.any, _RARE[1] + 1, 300), count // 2)
    queries = [
        *(
            Query(ANY_PHRASE, (phrase,))
            for phrase in some(between(pool.any, 1, reports), 10 * count)
        ),
        *(Query("rare phrase", (phrase,)) for phrase in rare_phrases),
        *(Query("common phrase", (phrase,)) for phrase in common[:count]),
        *(Query("rare word", (word,)) for word in some(uncommon)),
        *(Query("common word", (word,)) for word in ranked[:count]),
        *(Query("AND of four", tuple(some(frequent, 4))) for _ in range(count)),
        *(Query("OR of four", tuple(some(frequent, 4)), "any") for _ in range(count)),
        *chooser.sample(pool.near, min(count, len(pool.near))),
        *chooser.sample(pool.wild, min(count, len(pool.wild))),
        *(
            Query("NOT", (phrase, chooser.choice(usual)), "not")
            for phrase in common[:count]
            if usual
        ),
        *(_filtered(phrase, pool.facts, chooser) for phrase in common[-count:]),
    ]
    return Drawn(tuple(dict.fromkeys(queries)), tuple(Query(MARKER, (p,)) for p in markers))


def _some(items: Sequence[str], number: int, chooser: random.Random) -> list[str]:
    """Up to so many distinct ones."""
    distinct = list(dict.fromkeys(items))
    return chooser.sample(distinct, min(number, len(distinct)))


def _filtered(phrase: str, facts: Sequence[Facts], chooser: random.Random) -> Query:
    """The phrase in the province and around the year of a report drawn from all."""
    dated = [report for report in facts if report.year and report.region]
    report = chooser.choice(dated)
    years = (report.year - chooser.randint(0, 5), report.year + chooser.randint(0, 5))
    return Query("filtered phrase", (phrase,), years=years, region=report.region[0])
