"""What the last row of a matrix is called: the reports that are in none of its regions."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Region
from indexer.regions.table import table
from search.spread import Row
from web.show import short_region
from web.texts import t


def rest_names(rows: Sequence[Row]) -> tuple[str, str]:
    """The name as there is room for, and what it means. Where all regions are right below one, as they are
    where that one was asked for, the others are its own reports, above all."""
    around = _around(rows)
    if around is None:
        return t("region_elsewhere"), t("region_elsewhere_more")
    return t("region_itself", name=short_region(around)), t("region_itself_more", name=around.name)


def _around(rows: Sequence[Row]) -> Region | None:
    """The one region that all rows are right below."""
    parents = {table().parent(row.region.code) for row in rows if row.region is not None}
    only = parents.pop() if len(parents) == 1 else None
    return table().get(only) if only else None
