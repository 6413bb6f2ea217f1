"""Any text is a query or a QueryError; canonical queries parse back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.text.fold import fold
from search.labels import GENRE_LABELS, KIND_LABELS
from search.query.leaf import bare_words
from search.query.parse import parse
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
    as_folded,
)

MARKS = '"“”„‟″＂‘’「」『』()（）-－&＆|｜?？*＊:：/／.,，。、《》 \u3000\n\u200b'
WORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/5",
    "ＯＲ",
    "title:",
    "年份：",
    "section:",
    "2015",
    "fees",
]
SNIPPETS = st.sampled_from([*MARKS, *WORDS, "三务", "公開", "政府信息公开", "a", "1"])
PASTED = "，。、；：！？《》〔〕…—·%.\n 三务公开政府信息示範甲乙丙abc012"


def check(query: str) -> None:
    """A query is understood, or its error is complete. Canonical of canonical is stable."""
    found = outcome(query)
    if isinstance(found, QueryError):
        assert found.message
        assert found.hint
        assert found.position in range(len(query) + 1)
        return
    for words in (False, True):
        canonical = str(parse(query, words=words).tree)
        again = parse(canonical, words=words).tree
        assert str(again) == canonical
        assert as_folded(again) == as_folded(parse(query, words=words).tree)


def outcome(query: str) -> Node | QueryError:
    try:
        return parse(query).tree
    except QueryError as error:
        return error


@given(st.text())
def test_any_text(query: str) -> None:
    check(query)


@given(st.lists(SNIPPETS, max_size=30).map("".join))
def test_any_mixture_of_operators(query: str) -> None:
    check(query)


@given(st.text(PASTED, min_size=1))
def test_pasted_text_is_never_wrong(query: str) -> None:
    if fold(query):
        assert parse(query).tree != Everything()


@pytest.mark.parametrize(
    "piece",
    [
        *MARKS,
        *WORDS,
        " ’",
        "NOT ",
        "“x",
        "x”",
        "「x『",
        '"甲" ',
        "甲 OR ",
        "(甲",
        "甲)",
        "()",
        "三*",
    ],
)
def test_a_thousand_of_anything(piece: str) -> None:
    check((piece * 1000)[:1000])
    check(piece * 250 + "甲")


def test_deep_nesting() -> None:
    check("(" * 499 + "甲" + ")" * 499)
    check("-(" * 333 + "甲" + ")" * 333)
    check("甲" + "(乙" * 333 + ")" * 333)


def folded(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    texts = st.text(alphabet, min_size=1, max_size=8).map(fold)
    return texts.filter(lambda text: bool(text) and fold(text) == text)


any_folded = folded(st.characters() | st.sampled_from("三务公开政府信息 a1.-"))
phrases = any_folded.map(lambda text: Phrase(text, text))
word_chunks = (
    folded(st.sampled_from("三务公开政府信息年报12"))
    .map(lambda text: bare_words(text, []))
    .filter(lambda leaf: isinstance(leaf, Words))
)


@st.composite
def wildcards(draw: st.DrawFn) -> Wildcard:
    pieces = draw(st.lists(any_folded, min_size=1, max_size=3))
    counts = st.tuples(st.integers(0, 3), st.integers(0, 2)).filter(any)
    marks = [draw(counts) for _ in pieces[1:]]
    ends = st.integers(0, 2)
    if (first := draw(ends)) or not marks:
        pieces, marks = ["", *pieces], [(first or 1, 0), *marks]
    if last := draw(ends):
        pieces, marks = [*pieces, ""], [*marks, (last, 0)]
    pattern = pieces[0] + "".join(
        "?" * ones + "*" * stars + piece
        for (ones, stars), piece in zip(marks, pieces[1:], strict=True)
    )
    gaps = tuple((ones, ones + 20 * stars) for ones, stars in marks)
    return Wildcard(tuple(pieces), gaps, pattern)


texts: st.SearchStrategy[Text] = phrases | wildcards()
years = st.integers(1000, 9999)
spans = st.one_of(
    st.builds(Years, years, st.none()),
    st.builds(Years, st.none(), years),
    st.tuples(years, years).map(lambda ends: Years(min(ends), max(ends))),
)
leaves: st.SearchStrategy[Node] = st.one_of(
    texts,
    word_chunks,
    st.builds(Near, texts, texts, st.integers(0, 200)),
    st.builds(InTitle, texts),
    st.builds(Field, st.sampled_from(["region", "issuer"]), any_folded),
    st.builds(Field, st.just("section"), st.sampled_from(sorted(KIND_LABELS))),
    st.builds(Field, st.just("genre"), st.sampled_from(sorted(GENRE_LABELS))),
    spans,
)


def branches(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees in the form that the parser gives: no And in an And, no Or in an Or, no double Not."""

    def several(kind: type[And] | type[Or]) -> st.SearchStrategy[Node]:
        children = nodes.filter(lambda node: not isinstance(node, kind))
        return st.lists(children, min_size=2, max_size=4).map(lambda found: kind(tuple(found)))

    negated = nodes.filter(lambda node: not isinstance(node, Not)).map(Not)
    return several(And) | several(Or) | negated


@given(st.recursive(leaves, branches, max_leaves=12))
def test_a_canonical_query_parses_to_an_equal_tree(tree: Node) -> None:
    assert parse(str(tree), words=True).tree == tree
