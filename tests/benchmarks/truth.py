"""Which reports each query must find, by the definition of a hit, over the folded lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from indexer.text.fold import cuts_word, fold
from tests.benchmarks.queries import Query
from tests.benchmarks.texts import Facts

Found = Mapping[str, frozenset[int]]
"""Phrase, or text of a query within a line -> numbers of the reports that hold it."""
Patterns = Mapping[str, Sequence[re.Pattern[str]]]


def find_parts(queries: Iterable[Query], folded: Iterable[str]) -> Found:
    """Where the parts of the queries are, and where those are that look within a line."""
    listed = list(queries)
    phrases = {part for query in listed if not query.patterns for part in query.parts}
    return _find(phrases, {q.text: q.patterns for q in listed if q.patterns}, folded)


def find_phrases(phrases: Collection[str], folded: Iterable[str]) -> Found:
    """Where the phrases are."""
    return _find(phrases, {}, folded)


def _find(phrases: Collection[str], patterns: Patterns, folded: Iterable[str]) -> Found:
    needles = {phrase: fold(phrase) for phrase in sorted(phrases)}
    found: dict[str, list[int]] = {part: [] for part in (*needles, *patterns)}
    for number, text in enumerate(folded):
        grams = set(map("".join, zip(text, text[1:], text[2:], strict=False)))
        for phrase, needle in needles.items():
            if _may_hold(grams, needle) and needle in text and occurs(needle, text):
                found[phrase].append(number)
        for name, either in patterns.items():
            if any(pattern.search(text) for pattern in either):
                found[name].append(number)
    return {part: frozenset(numbers) for part, numbers in found.items()}


def _may_hold(grams: set[str], needle: str) -> bool:
    """Quickly False for most texts that do not hold the needle."""
    return len(needle) < 3 or (needle[:3] in grams and needle[-3:] in grams)


def occurs(needle: str, text: str) -> bool:
    """Whether the folded phrase stands in the folded lines without cutting an ASCII word."""
    at = text.find(needle)
    while at >= 0:
        if not cuts_word(text, at) and not cuts_word(text, at + len(needle)):
            return True
        at = text.find(needle, at + 1)
    return False


def expected(query: Query, found: Found, facts: Sequence[Facts]) -> frozenset[int]:
    """Numbers of the reports that the query must find."""
    if query.patterns:
        return found[query.text]
    sets = [found[part] for part in query.parts]
    if query.join == "not":
        return sets[0] - sets[1]
    reports = reduce(or_ if query.join == "any" else and_, sets)
    return frozenset(number for number in reports if _passes(query, facts[number]))


def _passes(query: Query, facts: Facts) -> bool:
    first, last = query.years or (0, 9999)
    return first <= facts.year <= last and (not query.region or query.region in facts.region)
