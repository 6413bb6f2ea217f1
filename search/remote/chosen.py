"""Through which units the leaves of a query answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from indexer.errors import LimitError
from indexer.messages import Message
from search.query.tree import And, InTitle, Near, Node, Or, Phrase, Wildcard, Words
from search.remote.documents import TITLE
from search.remote.frames import Kinds, narrowed

MOST_CONDITIONS = 5
"""Alternatives of a query that are themselves composed: each doubles what the cluster is asked."""
_Plain = Phrase | Wildcard | Near | Words


class Condition(NamedTuple):
    """An alternative that must itself match, in these kinds."""

    node: Node
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Chosen:
    """A leaf, or a bare chunk, that answers in the units of some kinds where the conditions hold. `title`:
    it was asked of the title."""

    node: Phrase | Wildcard | Near | Words
    kinds: Kinds
    conditions: tuple[Condition, ...] = ()
    title: bool = False


class Case(NamedTuple):
    """Conditions that hold, conditions that do not, and what is then chosen."""

    true: list[Condition]
    false: list[Condition]
    chosen: list[Chosen]


def chosen_of(tree: Node, kinds: Kinds) -> tuple[Chosen, ...]:
    """All that can give hits, each once."""
    return tuple(dict.fromkeys(_chosen(tree, kinds, ())))


def _chosen(node: Node, kinds: Kinds, conditions: tuple[Condition, ...]) -> Iterator[Chosen]:
    if isinstance(node, _Plain):
        yield Chosen(node, kinds, conditions)
    elif isinstance(node, InTitle):
        yield Chosen(node.text, frozenset({TITLE}), conditions, title=True)
    elif isinstance(node, And):
        kinds, rest = narrowed(node, kinds)
        for child in rest:
            yield from _chosen(child, kinds, conditions)
    elif isinstance(node, Or):
        for child in node.children:
            by_itself = isinstance(child, _Plain | Or)
            own = () if by_itself else (Condition(child, kinds),)
            yield from _chosen(child, kinds, conditions + own)


class EachCase(NamedTuple):
    """The same of the conditions that one chosen thing has together."""

    true: list[tuple[Condition, ...]]
    false: list[tuple[Condition, ...]]
    chosen: list[Chosen]


def cases(chosen: Sequence[Chosen]) -> Iterator[Case]:
    """What is chosen where, by which of the conditions hold: cases that exclude each other.

    LimitError where they would be too many.
    """
    keys = list(dict.fromkeys(condition for one in chosen for condition in one.conditions))
    _refuse_many(len(keys))
    for truth in product((True, False), repeat=len(keys)):
        true = [key for key, holds in zip(keys, truth, strict=True) if holds]
        active = [one for one in chosen if set(one.conditions) <= set(true)]
        if active:
            yield Case(true, [key for key in keys if key not in true], active)


def cases_of_each(chosen: Sequence[Chosen]) -> Iterator[EachCase]:
    """What is chosen by which of their conditions hold, all of one in one place; where none does, too."""
    keys = list(dict.fromkeys(one.conditions for one in chosen if one.conditions))
    _refuse_many(len(keys))
    for truth in product((True, False), repeat=len(keys)):
        true = [key for key, holds in zip(keys, truth, strict=True) if holds]
        active = [one for one in chosen if not one.conditions or one.conditions in true]
        yield EachCase(true, [key for key in keys if key not in true], active)


def _refuse_many(conditions: int) -> None:
    if conditions > MOST_CONDITIONS:
        raise LimitError(
            Message("cluster_too_many_alternatives", count=conditions, most=MOST_CONDITIONS),
            hint=Message("cluster_too_many_alternatives_hint"),
        )
