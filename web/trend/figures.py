"""How the numbers of groups are written: whole where there is room, short where a column is narrow."""

from __future__ import annotations

from collections.abc import Callable

from search.spread import Group
from web import language
from web.show import in_percent
from web.shown import Measure

PER = 10_000
"""A rate is hits per this many characters."""


def value(group: Group, measure: Measure) -> float:
    """What is measured of a group; of one without reports or characters, 0."""
    if measure == "share":
        return group.matching / group.reports if group.reports else 0
    if measure == "rate":
        return PER * group.hits / group.characters if group.characters else 0
    return group.matching if measure == "reports" else group.hits


def percent(group: Group) -> str:
    """The share without its sign."""
    return in_percent(value(group, "share"))


def rate(group: Group) -> str:
    """Hits per 10,000 characters, to two digits."""
    if not group.hits:
        return "0"
    exact = value(group, "rate")
    return "<0.01" if exact < 0.01 else f"{exact:.2f}" if exact < 10 else f"{exact:.0f}"


def brief_rate(group: Group) -> str:
    """The same, in three signs at most."""
    exact = value(group, "rate")
    if not group.hits or exact >= 10:
        return f"{exact:.0f}"
    return "<.1" if exact < 0.1 else f"{exact:.1f}"


def brief(count: int) -> str:
    """A count in five signs at most: 9999, 1.2万, 12k."""
    if count < PER:
        return str(count)
    if language.current() == "zh":
        units = ((PER**2, "亿"), (PER, "万"))
    else:
        units = ((1_000_000, "m"), (1_000, "k"))
    size, unit = next((size, unit) for size, unit in units if count >= size)
    parts = count / size
    return f"{parts:.1f}{unit}" if parts < 10 else f"{parts:.0f}{unit}"


def shown_value(group: Group, measure: Measure) -> str:
    """What stands above a bar."""
    match measure:
        case "share":
            return percent(group)
        case "rate":
            return brief_rate(group)
        case "reports":
            return brief(group.matching)
        case "hits":
            return brief(group.hits)


def full_value(group: Group, measure: Measure) -> str:
    """What stands in a cell of a table; "–" where there is nothing to measure."""
    match measure:
        case "share":
            return f"{percent(group)}%" if group.reports else "–"
        case "rate":
            return rate(group) if group.characters else "–"
        case "reports":
            return f"{group.matching:,}" if group.reports else "–"
        case "hits":
            return f"{group.hits:,}" if group.reports else "–"


def told_value(measure: Measure, most: float) -> str:
    """The end of a scale, in words."""
    if measure == "share":
        return f"{most:.0%}"
    return f"{most:,.2f}" if measure == "rate" else f"{most:,.0f}"


def slot_name(told: Callable[..., str], year: int, group: Group, kind: str) -> str:
    """A year and its numbers as a sentence of the language that `told` speaks."""
    if not group.reports:
        return told("trend_slot_none", year=year)
    return told(
        f"trend_slot_{kind}",
        year=year,
        reports=f"{group.reports:,}",
        matching=f"{group.matching:,}",
        share=f"{percent(group)}%",
        hits=f"{group.hits:,}",
    )
