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
from search.query.scan import Item
from search.query.tree import And, Near, Node, Not, Or, Text, Words

_SHOWN = {"_AND": "AND", "_OR": "OR", "NOT": "NOT", "NEAR": "NEAR"}
_STARTING, _ENDING = ("_OPEN", "FIELD", "NOT"), ("_CLOSE", "FIELD", "TEXT")
_TERM = "写上要查的词；如果要查这个词本身，请给它加引号。"


@cache
def _grammar() -> Lark:
    rules = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(rules, parser="lalr", start="query")


def combine(items: list[Item], warnings: list[str]) -> Node:
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
            "NEAR 两边只能各是一个词、短语或通配符",
            position=item.start,
            hint="三个词请写成 甲 NEAR/20 乙 AND 乙 NEAR/20 丙；字段和括号请用 AND 连接。",
        )
    if previous and before in _SHOWN:
        return QueryError(f"{_SHOWN[before]} 后面缺少检索词", position=previous.start, hint=_TERM)
    if item.kind in _SHOWN:
        return QueryError(f"{_SHOWN[item.kind]} 前面缺少检索词", position=item.start, hint=_TERM)
    return QueryError("括号里没有检索词", position=item.start, hint="写上要查的词，或删去括号。")


def _node(parsed: Tree[Token] | Token, warnings: list[str]) -> Node:
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


def _text(item: Item, warnings: list[str]) -> Text:
    """What stands beside NEAR."""
    if isinstance(item.value, Words):
        whole = item.value.whole
        warnings.append(f"NEAR 旁边的“{whole.text}”按完整短语查找。")
        return whole
    return cast(Text, item.value)


def _item(token: Token) -> Item:
    return cast(Item, token.value)
