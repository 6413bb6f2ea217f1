"""Units that are no more, from the yearly county tables 1980-2024; used when the table is built.

A unit that goes on under another name or code becomes a further name of its successor. One that
was merged away stays a node of its own, flagged former, so that its reports keep their place.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.regions.shorten import short_names

Row = Mapping[str, str]
_FIRST_YEAR = 1990  # codes were given anew until then, and the tables take one unit for another
_RANKS = {"1": "province", "2": "city", "3": "county"}

_RECODED = frozenset(
    ["同名改码", "撤县设市", "撤县设区", "撤市设区", "撤区设区", "撤旗设区", "撤地设市", "更名"]
)
"""Kinds of change in which one unit goes on as another; a code that is merely given away is none."""

SUCCESSORS = {
    "132300": "130100",
    "142100": "140200",
    "142500": "140400",
    "152300": "150500",
    "152400": "150400",
    "222500": "220100",
    "222600": "220200",
    "232100": "230100",
    "232200": "230200",
    "232400": "230800",
    "342200": "341300",
    "342300": "341100",
    "342700": "341000",
    "420400": "421000",
    "422600": "420300",
    "432900": "431100",
    "442100": "460000",
    "442200": "460000",
    "442400": "441400",
    "442500": "441300",
    "510200": "500000",
    "510224": "500112",
    "511200": "500101",
    "512100": "500000",
    "512700": "510100",
    "513000": "511700",
    "513500": "500114",
    "517000": "500102",
    "530200": "530113",
    "542700": "540200",
    "650300": "659001",
    "654100": "654000",
}
"""Dissolved units whose successor bears another name, and that one's code."""


@dataclass(slots=True)
class Unit:
    """One unit through the years, under the code by which its history is kept."""

    code: str
    rank: str
    names: list[str] = field(default_factory=list)
    last: int = 0
    parent: str = ""
    province: str = ""


def units(rows: Iterable[Row]) -> dict[str, Unit]:
    """Every unit of the yearly tables; `names` from the oldest to the last, `parent` its last."""
    found: dict[str, Unit] = {}
    known = (row for row in rows if int(row["year"]) >= _FIRST_YEAR)
    for row in sorted(known, key=lambda row: int(row["year"])):
        kind = _RANKS[row["rank"]]
        code, name = row[f"{kind}_id"], row[f"{kind}_name"]
        unit = found.setdefault(code, Unit(code, kind))
        if name in unit.names:
            unit.names.remove(name)
        unit.names.append(name)
        unit.last = int(row["year"])
        unit.province = row["province_id"]
        unit.parent = row["city_id"] if kind == "county" else row["province_id"]
    return found


class Change(NamedTuple):
    """A county or city that got another code, and maybe another name and rank with it."""

    year: int
    old: str
    new: str
    name: str


def changes(published: bytes) -> list[Change]:
    """The changes of code, in their order, from the JSON of the published list."""
    found: list[Change] = []
    for event in json.loads(published)["events"]:
        old, new = event["old"].get("code") or "", event["new"].get("code") or ""
        if event["year"] >= _FIRST_YEAR and event["type"] in _RECODED and old[:6] != new[:6]:
            found.append(Change(event["year"], old[:6], new[:6], event["old"]["name"]))
    return sorted(found)


def recoded(listed: Iterable[Change], current: Container[str]) -> dict[str, tuple[str, str]]:
    """Each former code with the current one that it led to, and the name borne under the former."""
    steps = {change.old: change for change in listed if change.old and change.new}
    found: dict[str, tuple[str, str]] = {}
    for old, change in steps.items():
        code = change.new
        for _ in steps:
            if code in current or code not in steps:
                break
            code = steps[code].new
        if old not in current and code in current:
            found[old] = (code, change.name)
    return found


def successor(unit: Unit, current: Mapping[str, str]) -> str | None:
    """The code of the current unit that goes on as `unit`; None where there is none."""
    if unit.code in current:
        return unit.code
    if unit.code in SUCCESSORS:
        return SUCCESSORS[unit.code]
    name = unit.names[-1]
    if name == current.get(unit.parent):  # a county-level city that became its prefecture's city
        return unit.parent
    if unit.rank == "city":
        return _city(unit.code[:2], name.removesuffix("地区") + "市", current)
    return _city(unit.province[:2], name, current) or _county(unit, current)


def _city(province: str, name: str, current: Mapping[str, str]) -> str | None:
    same = (code for code, other in current.items() if code[:2] == province and other == name)
    return next((code for code in same if code.endswith("00")), None)


def _county(unit: Unit, current: Mapping[str, str]) -> str | None:
    """The county of the same name, its rank aside, in the same city or else in the province."""
    stems = {stem for name in unit.names for stem in short_names(name, "county")}
    provinces = (unit.code[:2], "50" if unit.code[:2] == "51" else "")  # 重庆 was part of 四川
    same = [
        code
        for code, name in current.items()
        if code[:2] in provinces
        and not code.endswith("00")
        and (stems.intersection(short_names(name, "county")) or _is_same(unit, code, name))
    ]
    near = [code for code in same if code[:4] in (unit.parent[:4], unit.code[:4])]
    return next(iter(near or same), None)


def _is_same(unit: Unit, code: str, name: str) -> bool:
    return name in unit.names and code[:4] in (unit.parent[:4], unit.code[:4])
