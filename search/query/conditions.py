"""What a query asks of a report beside its text: the part that says among which reports it looks.

Of `地区:江苏 年份:2019 扫黑除恶` that is `地区:江苏 年份:2019`: shares are of these reports, and those of
them that do not say the rest are silent. It narrows as filters do.
"""

from __future__ import annotations

from search.query.tree import And, Everything, Field, Node, Or, size


def conditions(tree: Node) -> Node:
    """The terms of the query that look up no text; Everything where it has none, or they are alternatives
    to a text."""
    kept = tuple(term for term in _terms(tree) if not size(term))
    return And(kept) if len(kept) > 1 else kept[0] if kept else Everything()


def regions_asked(tree: Node) -> tuple[str, ...]:
    """The regions, as typed, of which a report must be in one; of several such terms, those of the first."""
    for term in _terms(tree):
        any_of = term.children if isinstance(term, Or) else (term,)
        names = tuple(f.value for f in any_of if isinstance(f, Field) and f.name == "region")
        if len(names) == len(any_of):
            return names
    return ()


def kinds_asked(tree: Node) -> frozenset[str] | None:
    """The kinds of section in which alone the query looks; None for all, none where terms exclude each
    other."""
    kinds = [f.value for f in _terms(tree) if isinstance(f, Field) and f.name == "section"]
    return (frozenset(kinds[:1]) if len(set(kinds)) == 1 else frozenset()) if kinds else None


def _terms(tree: Node) -> tuple[Node, ...]:
    return tree.children if isinstance(tree, And) else (tree,)
