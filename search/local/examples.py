"""Queries to begin with, made of what the served index itself says.

Of the frequent phrases those are topics that some reports say and others do not, most of all those that
come or go with the years; what every report prints alike, in tables or by form, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations

import numpy as np

from indexer.arrays.segment import NO_YEAR, Bools
from indexer.regions.table import COUNTRY
from search.local.collect.concordance import concordance
from search.local.collect.facets import facets
from search.local.facts.columns import Columns
from search.local.hits.leaves import Leaves
from search.local.plan import Plan, Planner
from search.model import ConcordanceLine, Facet, SearchRequest
from search.query.tree import Phrase
from search.spread import Example, ExampleKind

CANDIDATES = 400
"""Frequent phrases that are looked at."""
_LOOKED_AT = 100
"""Of these, whose lines are read."""
_TOPICS = 8
_LINES = 24
_SAMPLE = 1_500_000
"""Printed code units in which quotes are looked for, in slices from all over the text."""
_SLICE = 4_096
_LEAST, _MOST = 0.05, 0.7
"""The share of the reports that say a topic."""
_PROSE = 20
"""Code points of a line around a hit; with less, it is a heading or a cell of a table."""
_SAMENESS = 4
"""Code points on each side of a hit by which two lines are alike."""
_QUOTES = str.maketrans("", "", "“”")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_QUOTED = re.compile("“([\u4e00-\u9fff]{1,8})”([\u4e00-\u9fff]{1,8})")
_FUNCTION_WORDS = frozenset("的了和与及为以等第")
_OFFICES = ("书记", "主席", "总理", "主任", "同志")
"""What ends so names a person or who holds an office: no example for newcomers."""
_FIELDS = (("地区", "region"), ("年份", "year"), ("栏目", "section"))
"""Fields as queries and as facets call them."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """A phrase and the reports that say it; `tide`: how much of that the years tell, see `_tide`."""

    text: str
    files: Bools
    reports: int
    tide: float


def examples(columns: Columns, planner: Planner, phrases: Iterable[str]) -> tuple[Example, ...]:
    """Six examples at most, of differing kinds, each of which finds something; `phrases` are the
    commonest, folded."""
    every = tuple(phrases)
    topics = _topics(columns, planner, every)
    quoted = [q for q in _quoted(columns, frozenset(every)) if _parts(columns, _count(planner, q))]
    found: dict[str, Example] = {}
    for query, kind in _proposed(planner, topics, quoted):
        reports = _count(planner, query)
        if reports:
            found.setdefault(query, Example(query, kind, reports))
    return tuple(found.values())


def _proposed(
    planner: Planner, topics: Sequence[_Topic], quoted: Sequence[str]
) -> Iterator[tuple[str, ExampleKind]]:
    first, others = topics[:1], topics[1:] or topics
    yield from ((topic.text, "phrase") for topic in first)
    yield from ((text, "quoted") for text in quoted[:1])
    yield from ((query, "near") for query in _near(planner, others))
    yield from ((query, "field") for query in islice(_fields(planner, others), 2))
    yield from ((query, "not") for query in _without(others))


def _near(planner: Planner, topics: Sequence[_Topic]) -> Iterator[str]:
    """The two topics that most reports say near each other."""
    pairs = [f"{one.text} NEAR/10 {other.text}" for one, other in combinations(topics, 2)]
    if pairs:
        yield max(pairs, key=lambda query: _count(planner, query))


def _fields(planner: Planner, topics: Sequence[_Topic]) -> Iterator[str]:
    """Topics, each with a value of another field that most of its reports have, but not all."""
    left = list(topics)
    for name, field in _FIELDS:
        for topic in left:
            if value := _parting(planner, topic, field):
                yield f"{topic.text} {name}:{value.label.partition('/')[0]}"
                left.remove(topic)
                break


def _parting(planner: Planner, topic: _Topic, field: str) -> Facet | None:
    """The value of a facet that most of the topic's reports have, but not all of them."""
    values: Sequence[Facet] = getattr(facets(_plan(planner, topic.text)), field)
    left = [
        v for v in values if v.parent is None and v.value != COUNTRY and v.reports < topic.reports
    ]
    return max(left, key=lambda value: value.reports, default=None)


def _without(topics: Sequence[_Topic]) -> Iterator[str]:
    """Of two topics that are mostly said together, the reports that say one alone."""
    pairs = [
        (np.count_nonzero(one.files & other.files), f"{one.text} NOT {other.text}")
        for one, other in permutations(topics, 2)
        if (one.files & ~other.files).any()
    ]
    if pairs:
        yield max(pairs, key=lambda pair: pair[0])[1]


def _topics(columns: Columns, planner: Planner, phrases: Iterable[str]) -> list[_Topic]:
    """The best of the phrases, none of which shares much with another."""
    every = [_topic(columns, text) for text in islice(filter(_fits, phrases), CANDIDATES)]
    some = [topic for topic in every if _parts(columns, topic.reports)] or every
    some.sort(key=lambda topic: -topic.tide)
    found: list[_Topic] = []
    for topic in some[:_LOOKED_AT]:
        if len(found) < _TOPICS and not any(_alike(topic.text, other.text) for other in found):
            lines = concordance(_plan(planner, topic.text, _LINES), "report").lines
            if _is_topic(topic.text, lines):
                found.append(topic)
    return found


def _quoted(columns: Columns, phrases: frozenset[str]) -> list[str]:
    """Phrases that a sample of the text prints with quotes in them, so printed, the commonest first."""
    found: Counter[str] = Counter()
    for searched in columns.segments:
        size = len(searched.arrays.printed)
        for start in range(0, size, max(_SLICE, size * _SLICE // _SAMPLE)):
            text = searched.arrays.printed_text(start, start + _SLICE)
            for quoted, rest in _QUOTED.findall(text):
                ends = (end for end in range(len(rest), 0, -1) if quoted + rest[:end] in phrases)
                found.update(f"“{quoted}”{rest[:end]}" for end in islice(ends, 1))
    return [text for text, _ in found.most_common(_LOOKED_AT)]


def _parts(columns: Columns, reports: int) -> bool:
    """Whether so many are some of the reports, and others are left."""
    return _LEAST <= reports / max(1, columns.reports) <= _MOST


def _fits(phrase: str) -> bool:
    """Whether a phrase may be a topic, by its characters."""
    return (
        bool(_CHINESE.fullmatch(phrase))
        and not _FUNCTION_WORDS.intersection(phrase)
        and not phrase.endswith(_OFFICES)
    )


def _topic(columns: Columns, text: str) -> _Topic:
    blocks = Leaves(columns, literal=False).hits(Phrase(text, text)).blocks
    files = np.zeros(columns.files, bool)
    files[columns.block_file[blocks]] = True
    files &= columns.present
    return _Topic(text, files, int(np.count_nonzero(files)), _tide(columns, files))


def _tide(columns: Columns, files: Bools) -> float:
    """How much better a report's year tells whether it is one of the files than chance would: chi
    squared less its degrees of freedom, by the number of reports; 0 or less where the years tell nothing."""
    dated = columns.present & (columns.year != NO_YEAR)
    years, inverse = np.unique(columns.year[dated], return_inverse=True)
    if not len(years):
        return 0.0
    reports, share = np.bincount(inverse), float(files[dated].mean())
    if not 0 < share < 1:
        return 0.0
    found = np.bincount(inverse, weights=files[dated])
    chi = float(((found - reports * share) ** 2 / reports).sum()) / (share * (1 - share))
    return (chi - len(years) + 1) / len(inverse)


def _is_topic(text: str, lines: Sequence[ConcordanceLine]) -> bool:
    """Whether most hits stand in prose and in one piece, but for quotes, and in words of their own."""
    prose = [
        line
        for line in lines
        if line.hit.translate(_QUOTES) == text
        and "\t" not in line.left + line.right
        and len(line.left) + len(line.right) >= _PROSE
    ]
    around = {(line.left[-_SAMENESS:], line.right[:_SAMENESS]) for line in prose}
    return 3 * len(prose) > 2 * len(lines) and 2 * len(around) > len(prose)


def _alike(one: str, other: str) -> bool:
    """Whether two phrases share three characters in a row."""
    return any(one[at : at + 3] in other for at in range(len(one) - 2))


def _count(planner: Planner, query: str) -> int:
    return int(np.count_nonzero(_plan(planner, query).passing))


def _plan(planner: Planner, query: str, size: int = 1) -> Plan:
    return planner.prepare(SearchRequest(q=query, size=size))
