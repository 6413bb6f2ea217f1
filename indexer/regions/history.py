"""Units that are no more, from the yearly county tables 1980-2024; used when the table is built.

A unit that goes on under another name or code becomes a further name of its successor. One that
was merged away stays a node of its own, flagged former, so that its reports keep their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indexer.regions.shorten import short_names

Row = Mapping[str, str]
_RANKS = {"1": "province", "2": "city", "3": "county"}

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
    for row in sorted(rows, key=lambda row: int(row["year"])):
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
