"""What a request asks for, by its query: which reports it looks in, and whether for a text."""

from __future__ import annotations

from search.model import FACETS, SearchRequest
from search.query.conditions import conditions, kinds_asked
from search.query.parse import parse
from search.query.tree import Node, leaves_of

FILTERS = (*FACETS, "year_from", "year_to", "since")
"""The parameters that choose reports or sections."""


def conditions_of(asked: SearchRequest) -> str:
    """The part of the query that narrows as filters do, "" where it has none."""
    return str(conditions(_tree(asked)))


def is_narrowed(asked: SearchRequest) -> bool:
    """Whether reports are left out of sight by more than where they are from."""
    chosen = any(getattr(asked, name) for name in FILTERS if name != "region")
    return chosen or bool(conditions_of(asked))


def looks_in_sections(asked: SearchRequest) -> bool:
    """Whether only some kinds of section are looked in."""
    return bool(asked.section) or kinds_asked(conditions(_tree(asked))) is not None


def finds_text(asked: SearchRequest) -> bool:
    """Whether the query has a text to find, not only fields and NOT."""
    return any(True for _ in leaves_of(_tree(asked)))


def _tree(asked: SearchRequest) -> Node:
    return parse(asked.q, words=asked.words).tree
