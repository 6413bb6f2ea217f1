"""A query that finds nothing -> queries that do: its leaves mended, its structure kept.

Mended are the texts that find nothing by themselves. What stands under NOT, fields and years are
left alone; where every text finds something, only not together, there is nothing to suggest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

from search.query.leaf import bare_words, exact
from search.query.tree import (
    And,
    Everything,
    Field,
    InTitle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Text,
    Wildcard,
    Words,
    Years,
)
from search.related.correct import by_words, choices, corrections
from search.related.probe import Probe
from search.related.vocabulary import Vocabulary

_MOST = 3
_CALLS = 160
"""Of `found`, while mending."""
_CALLS_TO_CHECK = 40
"""More of them, to check the suggestions by; what they hold is mostly known by then."""
_MOST_LEAVES = 24
_MOST_TRIED = 12
"""Suggestions that are checked at most."""

Answers = Callable[[Node], bool]


@dataclass(frozen=True, slots=True)
class _Mender:
    """What mending needs; `calls` of `found` for each leaf."""

    found: Probe
    calls: int
    vocabulary: Vocabulary

    def mend(self, node: Node) -> list[Node]:
        """What may stand in a node's place, the best first; itself where it is sound."""
        match node:
            case And():
                lists = [self.mend(child) for child in node.children]
                return [And(tuple(chosen)) for chosen in choices(lists)]
            case Or():
                # one alternative that finds something is enough
                lists = [self.mend(child) or [child] for child in node.children]
                return [Or(tuple(chosen)) for chosen in choices(lists)]
            case Near():
                pairs = choices([self.mend(node.left), self.mend(node.right)])
                return [Near(_text(left), _text(right), node.distance) for left, right in pairs]
            case InTitle():
                return [InTitle(_text(text)) for text in self.mend(node.text)]
            case Phrase():
                return self._phrase(node)
            case Wildcard():
                return self._wildcard(node)
            case Words():
                return self._words(node)
            case _:
                return [node]

    def _phrase(self, phrase: Phrase) -> list[Node]:
        if self.found(phrase.folded):
            return [phrase]
        fixes = corrections(phrase.folded, self._share(), self.vocabulary, _MOST)
        return [Phrase(fix.text, fix.text) for fix in fixes]

    def _words(self, chunk: Words) -> list[Node]:
        """The whole mended, then its words; itself first where all its words find something."""
        whole = chunk.whole.folded
        sound = all(self.found(word.folded) for word in chunk.words)
        if sound and self.found(whole):
            return [chunk]
        share = self._share()
        fixes = corrections(whole, share, self.vocabulary, _MOST)
        fixes += by_words(whole, share, self.vocabulary, _MOST)
        # a space would part the chunk
        mended = (bare_words(fix.text.replace(" ", "-"), []) for fix in fixes)
        itself: list[Node] = [chunk] if sound else []
        return itself + [node for node in mended if node]

    def _wildcard(self, wildcard: Wildcard) -> list[Node]:
        """Its pieces mended one at a time, where one finds nothing."""
        bad = next((piece for piece in wildcard.pieces if piece and not self.found(piece)), None)
        if bad is None:
            return [wildcard]
        fixes = corrections(bad, self._share(), self.vocabulary, _MOST)
        mended = [exact(wildcard.pattern.replace(bad, fix.text, 1), []) for fix in fixes]
        return [node for node in mended if node]

    def _share(self) -> Probe:
        return self.found.share(self.calls)


def did_you_mean(
    tree: Node,
    found: Callable[[str], int],
    vocabulary: Vocabulary,
    answers: Answers | None = None,
) -> tuple[str, ...]:
    """Up to 3 canonical queries instead of one that finds nothing, the best first.

    `found` gives how many reports hold a folded phrase, 0 for none; it is called 200 times at most.
    `answers` tells whether a whole query finds something, and is called 12 times at most; by
    default a query does if all its texts occur (a bare chunk in one piece), which is no promise
    that those of an AND stand in one report.
    """
    leaves = list(islice(_leaves(tree), _MOST_LEAVES + 1))
    if not 1 <= len(leaves) <= _MOST_LEAVES:
        return ()
    checking = Probe(found, _CALLS + _CALLS_TO_CHECK)
    mending = checking.share(_CALLS)
    bad = sum(1 for leaf in leaves if not mending(leaf))
    mender = _Mender(mending, mending.calls // max(bad, 1), vocabulary)
    check = answers or (lambda node: _occurs(node, checking))
    tried = {str(tree)}
    suggested: list[str] = []
    for node in islice(mender.mend(tree), _MOST_TRIED):
        canonical = str(node)
        if canonical not in tried and len(suggested) < _MOST and check(node):
            suggested.append(canonical)
        tried.add(canonical)
    return tuple(suggested)


def _occurs(node: Node, found: Probe) -> bool:
    """Whether a query's texts occur, whether together or not."""
    match node:
        case And():
            return all(_occurs(child, found) for child in node.children)
        case Or():
            return any(_occurs(child, found) for child in node.children)
        case Field() | Years() | Not() | Everything():
            return True
        case _:
            return all(found(leaf) for leaf in _leaves(node))


def _text(node: Node) -> Text:
    """A mended text: it stays one."""
    return cast(Text, node)


def _leaves(node: Node) -> Iterator[str]:
    """The folded texts that may be mended."""
    match node:
        case And() | Or():
            for child in node.children:
                yield from _leaves(child)
        case Near():
            yield from _leaves(node.left)
            yield from _leaves(node.right)
        case InTitle():
            yield from _leaves(node.text)
        case Phrase():
            yield node.folded
        case Words():
            yield node.whole.folded
        case Wildcard():
            yield from filter(None, node.pieces)
        case _:
            pass
