"""Which cities a telephone area code or a postal prefix serves; used when the table is built."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping

NameTable = Mapping[str, tuple[list[str], list[str], list[str]]]

POSTAL_PROVINCES = {
    "110000": "10",
    "310000": "20",
    "120000": "30",
    "500000": "40",
    "150000": "01 02",
    "140000": "03 04",
    "130000": "05 06 07",
    "210000": "11 12",
    "220000": "13",
    "230000": "15 16",
    "320000": "21 22",
    "340000": "23 24",
    "370000": "25 26 27",
    "330000": "31 32",
    "360000": "33 34",
    "350000": "35 36",
    "430000": "41 42",
    "420000": "43 44",
    "410000": "45 46 47",
    "440000": "51 52",
    "450000": "53 54",
    "520000": "55 56",
    "460000": "57",
    "510000": "61 62 63 64",
    "530000": "65 66 67",
    "610000": "71 72",
    "620000": "73 74",
    "640000": "75",
    "630000": "81",
    "650000": "83 84",
    "540000": "85",
}
"""The first two digits of a postal code name the province."""

_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
_ISLAND = "0898"  # one area code for all Hainan


class Places:
    """Finds the code of a city that is given as province and city name, short or full."""

    def __init__(self, names: NameTable) -> None:
        self._names = names

    def province(self, name: str) -> str | None:
        return next((c for c in self._codes(name) if c.endswith("0000")), None)

    def city(self, province: str, name: str) -> str | None:
        """The city, the province-governed county, or the municipality itself."""
        top = self.province(province)
        if top in _MUNICIPALITIES:
            return top
        here = [c for c in self._codes(name) if top and c[:2] == top[:2] and c != top]
        cities = [c for c in here if c.endswith("00") or c[2:4] == "90"]
        return next(iter(cities or [c[:4] + "00" for c in here if len(c) == 6]), None)

    def _codes(self, name: str) -> list[str]:
        full, old, short = self._names.get(name, ([], [], []))
        return full + old + short


def area_codes(phone_dat: bytes, places: Places) -> dict[str, set[str]]:
    """Area code ("0477") -> regions, from the place records of a phone.dat file."""
    (records_end,) = struct.unpack("<i", phone_dat[4:8])
    table: dict[str, set[str]] = defaultdict(set)
    for record in phone_dat[8:records_end].decode().split("\0"):
        if not record:
            continue
        province, city, _, area = record.split("|")
        code = places.province(province) if area == _ISLAND else places.city(province, city)
        if code and len(area) in (3, 4) and area.startswith("0"):
            table[area].add(code)
    return table


def post_prefixes(rows: Iterable[Mapping[str, str]], places: Places) -> dict[str, set[str]]:
    """Postal prefix of two digits -> province, of three and four -> the one city that has it."""
    table: dict[str, set[str]] = {}
    for province, prefixes in POSTAL_PROVINCES.items():
        table.update({prefix: {province} for prefix in prefixes.split()})
    longer: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        post, city = row["zipCode"], places.city(row["province"], row["city"])
        if city and len(post) == 6 and city[:2] + "0000" in table.get(post[:2], ()):
            longer[post[:3]].add(city)
            longer[post[:4]].add(city)
    table.update({p: cities for p, cities in longer.items() if len(cities) == 1})
    return {p: c for p, c in table.items() if len(p) < 4 or table.get(p[:3]) != c}
