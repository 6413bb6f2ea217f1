"""The lists of a DOCX file: the part word/numbering.xml."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.reading.office.numbering import LEVELS, Counted, Level, Numbering


def numbering(root: Element | None) -> Numbering:
    """The lists of the part, names without their namespaces; none where there is no part."""
    shared = {} if root is None else dict(_definitions(root))
    lists: dict[str, Counted] = {}
    for num in () if root is None else root.findall("num"):
        abstract = num.find("abstractNumId")
        known = shared.get(abstract.get("val", "") if abstract is not None else "")
        if known is not None:
            overrides = dict(_overrides(num, known.levels))
            own = Counted({**known.levels, **overrides}) if overrides else known
            lists[num.get("numId", "")] = own
    return Numbering(lists)


def _definitions(root: Element) -> Iterator[tuple[str, Counted]]:
    for abstract in root.findall("abstractNum"):
        levels = dict(_levels(abstract))
        if levels:
            yield abstract.get("abstractNumId", ""), Counted(levels)


def _levels(within: Element) -> Iterator[tuple[int, Level]]:
    for level in within.findall("lvl"):
        at = _whole(level.get("ilvl"), 0)
        if at < LEVELS:
            yield (
                at,
                Level(
                    _whole(_value(level, "start"), 1),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    level.find("isLgl") is not None,
                ),
            )


def _overrides(num: Element, known: dict[int, Level]) -> Iterator[tuple[int, Level]]:
    """Levels that a list has of its own: it counts by itself, then."""
    for override in num.findall("lvlOverride"):
        yield from _levels(override)
        at, start = _whole(override.get("ilvl"), 0), _value(override, "startOverride")
        if start is not None and at in known:
            yield at, known[at]._replace(start=_whole(start, 1))


def _value(within: Element, name: str) -> str | None:
    found = within.find(name)
    return None if found is None else found.get("val")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
