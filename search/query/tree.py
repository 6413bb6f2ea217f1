"""The query tree: what a query means, whatever engine answers it.

Leaves find text; `str(node)` is the canonical query, which parses to an equal tree.
`folded` strings have gone through `indexer.text.fold.fold` and are never empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from indexer.messages import Message
from search.query.written import written


@dataclass(frozen=True, slots=True)
class Phrase:
    """An exact phrase. `text` is as typed (for `literal`), without the quotes that delimit it."""

    text: str
    folded: str

    def __str__(self) -> str:
        return f'"{written(self.text)}"'


@dataclass(frozen=True, slots=True)
class Words:
    """A bare chunk where words may stand apart: all of them in one section, each an exact phrase.

    `whole` is the chunk itself, which ranks highest where it stands in one piece.
    Two words at least: a chunk of one word parses as a Phrase.
    """

    whole: Phrase
    words: tuple[Phrase, ...]

    def __str__(self) -> str:
        return written(self.whole.text).replace(" ", "-")  # a space would part it


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Pieces of a phrase with gaps between: gap i stands after piece i.

    A gap is (least, most) folded characters of the same line: "?" is (1, 1), "*" is (0, 20), and
    neighbours add up. The end of a sentence is a folded character. The first and last piece are not
    empty unless "?" stands at that end. An occurrence is, for each start, the shortest.
    """

    pieces: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]
    pattern: str

    def __str__(self) -> str:
        return f'"{self.pattern}"'


Text: TypeAlias = Phrase | Wildcard


@dataclass(frozen=True, slots=True)
class Near:
    """Both within `distance` folded characters of one line, in either order, not overlapping."""

    left: Text
    right: Text
    distance: int

    def __str__(self) -> str:
        return f"{self.left} NEAR/{self.distance} {self.right}"


@dataclass(frozen=True, slots=True)
class InTitle:
    """Text in the report's title line."""

    text: Text

    def __str__(self) -> str:
        return f"title:{self.text}"


@dataclass(frozen=True, slots=True)
class Field:
    """A report with (or a section of) a value: name is region, genre, section or issuer.

    `value` is a facet value for section and genre, what was typed for region and issuer
    (a name or code; the engine resolves it).
    """

    name: str
    value: str

    def __str__(self) -> str:
        return f'{self.name}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Years:
    """A report of these years, both ends included; None leaves an end open."""

    first: int | None
    last: int | None

    def __str__(self) -> str:
        if self.first is not None and self.first == self.last:
            return f"year:{self.first}"
        first = "" if self.first is None else str(self.first)
        last = "" if self.last is None else str(self.last)
        return f"year:{first}..{last}"


@dataclass(frozen=True, slots=True)
class Not:
    child: Node

    def __str__(self) -> str:
        return f"NOT {_nested(self.child)}"


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(_nested(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(_nested(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every report."""

    def __str__(self) -> str:
        return ""


Leaf: TypeAlias = Phrase | Wildcard | Near
"""What finds text by itself."""

Node: TypeAlias = (
    Phrase | Words | Wildcard | Near | InTitle | Field | Years | Not | And | Or | Everything
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The tree, and what the reader should be told about how the query was taken."""

    tree: Node
    warnings: tuple[Message, ...] = ()


def as_folded(node: Node) -> Node:
    """The tree with every text as it folds: where spelling does not count, equal queries are equal."""
    match node:
        case Phrase():
            return Phrase(node.folded, node.folded)
        case Words():
            whole, *words = (Phrase(p.folded, p.folded) for p in (node.whole, *node.words))
            return Words(whole, tuple(words))
        case Near():
            return Near(_text(node.left), _text(node.right), node.distance)
        case InTitle():
            return InTitle(_text(node.text))
        case Not():
            return Not(as_folded(node.child))
        case And() | Or():
            return type(node)(tuple(as_folded(child) for child in node.children))
        case _:
            return node


def _text(text: Text) -> Text:
    return Phrase(text.folded, text.folded) if isinstance(text, Phrase) else text


def leaves_of(node: Node) -> Iterator[Leaf]:
    """The leaves that can give hits: those under NOT cannot."""
    if isinstance(node, Phrase | Wildcard | Near):
        yield node
    elif isinstance(node, Words):
        yield node.whole
        yield from node.words
    elif isinstance(node, InTitle):
        yield node.text
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from leaves_of(child)


def size(node: Node) -> int:
    """How many texts answering looks up, wildcards by their pieces, and those under NOT, too."""
    match node:
        case Phrase():
            return 1
        case Words():
            return 1 + len(node.words)
        case Wildcard():
            return len(node.pieces)
        case Near():
            return size(node.left) + size(node.right)
        case InTitle():
            return size(node.text)
        case Not():
            return size(node.child)
        case And() | Or():
            return sum(size(child) for child in node.children)
        case _:
            return 0


def chunks(node: Node) -> Iterator[Words]:
    """The bare chunks that can give hits."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from chunks(child)


def _nested(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)
