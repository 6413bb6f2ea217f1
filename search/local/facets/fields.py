"""The fields of a query as masks over the files of the index."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.arrays.segment import NO_YEAR, Bools
from indexer.messages import Message
from indexer.model import GENRES
from indexer.text.fold import fold
from search.local.facets.issuers import by_issuer
from search.local.facets.regions import in_regions, region_codes
from search.local.facts.columns import Columns
from search.query.tree import And, Field, Node, Not, Or, Years

_MANY = 3  # so many regions of one name are worth a word


def files_where(field: Field | Years, columns: Columns) -> Bools:
    """The files for which a field of the query, `section` aside, holds."""
    if isinstance(field, Years):
        stated: Bools = columns.year != NO_YEAR
        if field.first is not None:
            stated = stated & (columns.year.astype(np.int64) >= field.first)
        if field.last is not None:
            stated = stated & (columns.year.astype(np.int64) <= field.last)
        return stated
    if field.name == "region":
        return in_regions(columns, region_codes(field.value))
    if field.name == "genre":
        genre: Bools = columns.genre == GENRES.index(field.value)
        return genre
    wanted = fold(field.value)
    found = by_issuer(columns, [wanted in issuer for issuer in columns.folded_issuers])
    return found if wanted else np.ones(columns.files, bool)


def field_warnings(tree: Node) -> Iterator[Message]:
    """What the reader should know of the query's regions."""
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from field_warnings(child)
    elif isinstance(tree, Not):
        yield from field_warnings(tree.child)
    elif isinstance(tree, Field) and tree.name == "region":
        count = len(region_codes(tree.value))
        if not count:
            yield Message("no_such_region", name=tree.value)
        elif count >= _MANY:
            yield Message("regions_of_one_name", name=tree.value, count=count)
