"""The query language: text -> tree. `layout`, `scan`, `leaf` and `fields` say what it means.

White space of any kind separates; zero-width characters are as good as not there. An empty query
is Everything.

`str(tree)` is the canonical query. It parses to an equal tree, except that texts are then typed as
they fold (see `written`), and that a bare chunk may be cut into other words where folding has left a
space between ASCII words. A canonical query's canonical query is itself.
"""

from __future__ import annotations

from functools import lru_cache

from indexer.errors import QueryError
from indexer.messages import Message
from search.query.scan import scan
from search.query.tree import Everything, ParsedQuery

_ZERO_WIDTH = frozenset("\u00ad\u180e\ufeff") | {
    chr(code)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069))
    for code in range(first, last + 1)
}


@lru_cache(maxsize=64)  # a page asks for its query three or four times
def parse(query: str, *, words: bool = False) -> ParsedQuery:
    """What a query means. Raises QueryError, and nothing else, where it cannot be understood.

    A bare chunk is an exact phrase, or with `words` all its words in one section.

    Its position counts code points of the query as typed, from 0; the end is `len(query)`.
    """
    places = [at for at, char in enumerate(query) if char not in _ZERO_WIDTH]
    warnings: list[Message] = []
    try:
        items = scan("".join(query[at] for at in places), warnings, words=words)
        if not items:
            return ParsedQuery(Everything())
        from search.query.combine import combine  # here: lark takes longer to import than to run

        tree = combine(items, warnings)
    except QueryError as error:
        position = error.position
        if position is not None:
            position = places[position] if position < len(places) else len(query)
        raise QueryError(error.message, position=position, hint=error.hint) from None
    return ParsedQuery(tree, tuple(dict.fromkeys(warnings)))
