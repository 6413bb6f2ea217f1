"""Tokens -> tree, by grammar.lark. lark stays in here.

- Brackets that change nothing go: (a b) c is a b c, and NOT NOT a is a.
- NEAR takes texts only; a bare chunk beside it is an exact phrase, with a warning.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from lark import Lark, Token, Tree, UnexpectedToken

from indexer.errors import QueryError
from indexer.messages import Message
from search.query.scan import Item
from search.query.tree import And, Near, Node, Not, Or, Text, Words

_SHOWN = {"_AND": "AND", "_OR": "OR", "NOT": "NOT", "NEAR": "NEAR"}
_STARTING, _ENDING = ("_OPEN", "FIELD", "NOT"), ("_CLOSE", "FIELD", "TEXT")
_TERM = Message("operator_hint")


@cache
def _grammar() -> Lark:
    rules = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(rules, parser="lalr", start="query")


def combine(items: list[Item], warnings: list[Message]) -> Node:
    """The tree of one token or more. QueryError where they do not fit together."""
    parser = _grammar().parse_interactive()
    end = Item("$END", items[-1].end, items[-1].end)
    for previous, item in zip([None, *items], [*items, end], strict=True):
        try:
            parsed = parser.feed_token(Token(item.kind, cast(str, item)))
        except UnexpectedToken:
            raise _misplaced(previous, item) from None
    return _node(parsed, warnings)


def _misplaced(previous: Item | None, item: Item) -> QueryError:
    """Why a token cannot stand after another; the first token of all comes after None."""
    before = previous.kind if previous else ""
    if (item.kind == "NEAR" and before in _ENDING) or (before == "NEAR" and item.kind in _STARTING):
        return QueryError(
            Message("near_sides"),
            position=item.start,
            hint=Message("near_sides_hint"),
        )
    if previous and before in _SHOWN:
        what = Message("nothing_after", operator=_SHOWN[before])
        return QueryError(what, position=previous.start, hint=_TERM)
    if item.kind in _SHOWN:
        what = Message("nothing_before", operator=_SHOWN[item.kind])
        return QueryError(what, position=item.start, hint=_TERM)
    return QueryError(
        Message("brackets_empty"), position=item.start, hint=Message("brackets_empty_hint")
    )


def _node(parsed: Tree[Token] | Token, warnings: list[Message]) -> Node:
    if isinstance(parsed, Token):
        return cast(Node, _item(parsed).value)
    children = parsed.children
    if parsed.data == "negated":
        nots, negated = len(children) - 1, _node(children[-1], warnings)
        return _negated(negated) if nots % 2 else negated
    if parsed.data == "near":
        left, near, right = (_item(cast(Token, child)) for child in children)
        distance = cast(int, near.value)
        return Near(_text(left, warnings), _text(right, warnings), distance)
    kind = And if parsed.data == "all_of" else Or
    nodes: list[Node] = []
    for child in children:
        node = _node(child, warnings)
        nodes += node.children if isinstance(node, kind) else [node]
    return kind(tuple(nodes))


def _negated(child: Node) -> Node:
    return child.child if isinstance(child, Not) else Not(child)


def _text(item: Item, warnings: list[Message]) -> Text:
    """What stands beside NEAR."""
    if isinstance(item.value, Words):
        whole = item.value.whole
        warnings.append(Message("near_as_phrase", typed=whole.text))
        return whole
    return cast(Text, item.value)


def _item(token: Token) -> Item:
    return cast(Item, token.value)
