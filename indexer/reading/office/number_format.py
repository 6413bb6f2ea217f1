"""Numbers and days as a sheet prints them: by the format code of their cell, 0.0% or yyyy"年"m"月"d"日"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        9: "0%",
        10: "0.00%",
        37: "#,##0",
        38: "#,##0",
        39: "#,##0.00",
        40: "#,##0.00",
        14: "yyyy/m/d",
        22: "yyyy/m/d h:mm",
        20: "h:mm",
        21: "h:mm:ss",
        27: 'yyyy"年"m"月"',
        31: 'yyyy"年"m"月"d"日"',
        57: 'yyyy"年"m"月"',
        58: 'm"月"d"日"',
    }
)
"""Codes that files name by a number alone, as a Chinese Excel prints them (ECMA-376, 18.8.30)."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_NUMBER = re.compile(r"[#0?,]*(?:\.([0#?]+))?(?=[^0#?,]|$)")
_DAY = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+|h+|s+|am/pm|上午/下午)|(.)', re.IGNORECASE)
_TO_SECONDS = ("h", "s")


class _Form(NamedTuple):
    """How a number is printed: before it, its decimals, thousands parted, per cent, after it."""

    before: str
    decimals: int
    thousands: bool
    percent: bool
    after: str


def printed_number(value: float, code: str) -> str | None:
    """A number by a code; None where the code says nothing that is understood here."""
    form = _form(code.split(";")[0])
    if form is None:
        return None
    number = value * 100 if form.percent else value
    text = f"{abs(number):{',' if form.thousands else ''}.{form.decimals}f}"
    minus = "-" if value < 0 and text.strip("0.,") else ""
    return f"{minus}{form.before}{text}{form.after}"


@lru_cache(maxsize=512)
def _form(code: str) -> _Form | None:
    plain = _QUOTED.sub(lambda found: found[1] or found[2] or "", code)
    found = next((match for match in _NUMBER.finditer(plain) if "0" in match[0]), None)
    if found is None or re.search("[0#?/eE]", plain[found.end() :]) or found[0].endswith(","):
        return None
    decimals = found[1] or ""
    if decimals.strip("0"):  # as many as there are
        return None
    before, after = plain[: found.start()], plain[found.end() :]
    return _Form(before.strip(), len(decimals), "," in found[0], "%" in after, after.strip())


def printed_day(value: datetime.date | datetime.time, code: str) -> str | None:
    """A day, a time or both by a code; None where the code is none of a day, or asks for names of months."""
    parts = list(_DAY.finditer(code.split(";")[0]))
    names = [(part[3] or "").lower() for part in parts]
    if not any(names) or any(name.startswith(("mmm", "am", "上午")) for name in names):
        return None
    text = "".join(
        (part[1] or part[2] or part[4] or "") if not name else _field(value, name, names[:at])
        for at, (part, name) in enumerate(zip(parts, names, strict=True))
    )
    return text.strip() or None


def _field(value: datetime.date | datetime.time, name: str, before: list[str]) -> str:
    last = next((known[0] for known in reversed(before) if known), "")
    kind = "minute" if name[0] == "m" and last in _TO_SECONDS else _FIELDS.get(name[0], "")
    number = getattr(value, kind, None)
    if number is None:
        return ""
    if kind == "year":
        return f"{number:04}" if len(name) > 2 else f"{number % 100:02}"
    return f"{number:02}" if len(name) == 2 else str(number)


_FIELDS = MappingProxyType({"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"})
