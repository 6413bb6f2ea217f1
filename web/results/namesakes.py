"""Regions of one name, told apart: 南京市鼓楼区 and 福州市鼓楼区, where both are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from indexer.regions.table import table
from search.spread import Spread

Named = tuple[str, str]
"""A region's code and its name."""


def told_apart(regions: Iterable[Named]) -> dict[str, str]:
    """What each region is called among these, by its code.

    A name that repeats has that of the region above before it or, where this repeats as well, those of
    all regions above. Regions that the table does not know keep their names.
    """
    names = dict(regions)
    for above in (1, None):
        times = Counter(names.values())
        if len(times) == len(names):
            break
        names = {
            code: name if times[name] == 1 else _with_those_above(code, name, above)
            for code, name in names.items()
        }
    return names


def names_of(spread: Spread) -> dict[str, str]:
    """The same of the rows of a spread."""
    return told_apart((row.region.code, row.region.name) for row in spread.rows if row.region)


@lru_cache(maxsize=8_192)
def _with_those_above(code: str, name: str, most: int | None) -> str:
    """The name behind those of so many regions above, all of them for None. The way up takes long."""
    way = table().chain(code)
    return "".join(region.name for region in way[-most - 1 if most else 0 :]) or name
