"""Queries as a cluster takes them: JSON. What scores, scores how often something stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from search.remote.alphabet import ALONE, BEGINS, ENDS, GAP

Query = Mapping[str, Any]

ALL: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
TEXT, HEADING, TITLE_TEXT = "units.text", "units.heading", "units.title"
OF_REPORT = "title"
"""The title once more, as a field of the report itself."""


def both(*queries: Query) -> Query:
    """What meets all of them."""
    asked = [query for query in queries if query != ALL]
    if NONE in asked:
        return NONE
    if len(asked) < 2:
        return asked[0] if asked else ALL
    return {"bool": {"filter": asked}}


def either(queries: Sequence[Query]) -> Query:
    """What meets one of them; the scores of those that it meets are added up."""
    asked = [query for query in queries if query != NONE]
    if len(asked) < 2:
        return asked[0] if asked else NONE
    return {"bool": {"should": asked, "minimum_should_match": 1}}


def without(query: Query, *excluded: Query) -> Query:
    """What meets the query and none of the others."""
    none = [query for query in excluded if query != NONE]
    return {"bool": {"filter": [query], "must_not": none}} if none else query


def scored(query: Query, filters: Iterable[Query], excluded: Iterable[Query] = ()) -> Query:
    """The query with its scores, of what passes the filters and is not excluded."""
    asked = [one for one in filters if one != ALL]
    none = [one for one in excluded if one != NONE]
    if not asked and not none:
        return query
    return {"bool": {"must": [query], "filter": asked, "must_not": none}}


def in_units(query: Query, scores: str = "none") -> Query:
    """The reports that have a unit that meets the query; `scores`: what becomes of theirs: sum or max."""
    if query == NONE:
        return NONE
    return {"nested": {"path": "units", "query": query, "score_mode": scores}}


def of_kinds(kinds: Collection[str] | None) -> Query:
    """The units of these kinds; None stands for all."""
    if kinds is None:
        return ALL
    return {"terms": {"units.kind": sorted(kinds)}} if kinds else NONE


def occurrences(coded: str, field: str = TEXT, *, whole: bool = False, boost: float = 1.0) -> Query:
    """Where an encoded phrase stands (`whole`: as whole words); the score is how often, times `boost`.

    The index has every pair, so those at every second place tell the phrase. A phrase adds one score for
    each of its words, as its similarity is scripted.
    """
    if len(coded) <= 2:
        marks = (ALONE + BEGINS, "") if len(coded) == 1 else (BEGINS, ENDS)
        word = marks[0] + coded + marks[1] if whole else coded
        return {"term": {field: {"value": word, "boost": boost}}}
    last = len(coded) - 2
    words = [coded[at : at + 2] if at % 2 == 0 or at == last else GAP for at in range(last + 1)]
    if whole:
        words[0], words[-1] = BEGINS + words[0], words[-1] + ENDS
    boost /= words_asked(coded)
    return {"match_phrase": {field: {"query": " ".join(words), "boost": boost}}}


def words_asked(coded: str) -> int:
    """How many words of the index tell where an encoded phrase stands."""
    return max(1, -(-len(coded) // 2))
