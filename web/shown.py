"""How what was found is shown: the view, its order, what a reader opened. It decides no result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from search.model import ConcordanceOrder
from search.spread import Below, Side

View = Literal["trend", "list", "lines"]
"""Over years and places, report by report, hit by hit."""
PATHS: Mapping[View, str] = {"trend": "/trend", "list": "/", "lines": "/concordance"}
"""Their pages, in the order of the tabs."""
Measure = Literal["share", "reports", "hits", "rate"]
"""What a chart draws: reports that say it as part of all; how many; hits; hits per 10,000 characters."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Parameters of pages beside those of a search; each field but `view` is one.

    `open` holds codes of regions whose parts are shown, `issuer_like` what the issuers listed hold.
    Of the trend: `measure`; `below`, the rows of its matrix; `also`, queries to compare with. Of the
    lines: `order`; `side` of collocates. `full` lists reports with several passages each.
    """

    view: View = "list"
    open: tuple[str, ...] = ()
    issuer_like: str = ""
    measure: Measure = "share"
    below: Below = "children"
    also: tuple[str, ...] = ()
    order: ConcordanceOrder = "report"
    side: Side = "right"
    full: bool = False

    @property
    def path(self) -> str:
        """The page of the view."""
        return PATHS[self.view]


NOTHING_SHOWN = Shown()
