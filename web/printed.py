"""Where in its file a text is printed, and how surely it was read, as pages and files say it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import reduce

from indexer.model import LOW_CONFIDENCE, NO_PLACE, Place, Report
from web.texts import t


def page_told(place: Place) -> str:
    """第3页, or 第3–4页 of what runs over the end of a page; "" where no page is known."""
    if not place.page:
        return ""
    key = "printed_page" if place.page == place.last_page else "printed_pages"
    return t(key, pages=page_numbers(place))


def page_numbers(place: Place) -> str:
    """3, or 3–4; "" for none. The dash keeps spreadsheets from taking it for a day."""
    if not place.page:
        return ""
    if place.page == place.last_page:
        return str(place.page)
    return f"{place.page}–{place.last_page}"


def is_unsure(place: Place) -> bool:
    """Whether the line was recognised, and not surely."""
    return place.confidence is not None and place.confidence < LOW_CONFIDENCE


def unsure_told(place: Place) -> str:
    """What to say beside a line that was not surely recognised; "" beside any other."""
    return t("unsure", percent=place.confidence) if is_unsure(place) else ""


class Places:
    """Where the text of a report stands in its file."""

    def __init__(self, report: Report) -> None:
        lines = list(report.lines())
        self._starts = [line.start for line in lines]
        self._ends = [line.end for line in lines]
        self._places = [line.place for line in lines]

    def of(self, start: int, end: int) -> Place:
        """The place of code points [start, end) of the canonical text, from that of their first line to
        that of their last."""
        first = bisect_right(self._ends, start)
        last = max(first + 1, bisect_left(self._starts, end))
        return _together(self._places[first:last])


def _together(places: Sequence[Place]) -> Place:
    """One place for lines that follow each other; a title has none."""
    known = [place for place in places if place != NO_PLACE]
    return reduce(Place.to, known) if known else NO_PLACE
