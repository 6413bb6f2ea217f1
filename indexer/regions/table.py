"""The administrative tree of China: 34 provinces down to the towns, and the units that are no more.

Codes are GB/T 2260 (six digits, a town's has nine). Direct municipalities have no city level, and
province-governed counties hang from the province. 000000 全国 stands beside the tree, above none.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Container
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import compress, count
from operator import add

import numpy as np
from numpy.typing import NDArray

from indexer.model import Level, Region
from indexer.text.fold import fold

COUNTRY = "000000"
_DATA = files("indexer.regions") / "data"
_CODE = re.compile(r"\d{6}(?:\d{3})?")
_FEW = 150  # characters that are looked up one by one sooner than all at once
_SLOTS = 1 << 18  # a bitmap that a core's cache holds
_TOWN_RANKS = ("镇", "乡", "街道", "苏木")


def level_of(code: str) -> Level:
    """The level that the form of a code tells."""
    if code == COUNTRY:
        return "country"
    if len(code) == 9:
        return "town"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def own_parent(code: str, known: Container[str]) -> str | None:
    """The nearest known node above, as the code itself tells; None above a province."""
    if len(code) == 9 and code[:6] in known:
        return code[:6]
    for above in (code[:4] + "00", code[:2] + "0000"):
        if above != code and above in known:
            return above
    return None


Meanings = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class RegionTable:
    """The tree and its names. Immutable; one instance serves all threads (see `table`)."""

    def __init__(self, regions: str, names: str) -> None:
        """Takes the texts of regions.tsv and names.tsv (the format is told in build_data.py)."""
        self._rows = dict(line.split("\t", 1) for line in regions.splitlines())
        self._names = dict(line.split("\t", 1) for line in names.splitlines())
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            lengths[name[:2]].add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}
        self._meanings: dict[str, Meanings] = {}
        self._lineages: dict[str, tuple[str, ...]] = {}

    def get(self, code: str) -> Region | None:
        """The region with this code."""
        row = self._rows.get(code)
        return None if row is None else Region(code, row.split("\t", 1)[0], level_of(code))

    def is_former(self, code: str) -> bool:
        """Whether the unit has been abolished. False for an unknown code."""
        return self._rows.get(code, "").endswith("\tformer")

    def parent(self, code: str) -> str | None:
        """The code one level up; None above a province and for an unknown code."""
        row = self._rows.get(code)
        if row is None:
            return None
        _, _, rest = row.partition("\t")
        return rest.partition("\t")[0] or own_parent(code, self._rows)

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes from the province down to `code`; () for an unknown code."""
        line = self._lineages.get(code)
        if line is None and code in self._rows:
            line = self._lineages[code] = self._climbed(code)
        return line or ()

    def _climbed(self, code: str) -> tuple[str, ...]:
        line: list[str] = []
        here: str | None = code
        while here is not None:
            line.append(here)
            here = self.parent(here)
        return tuple(reversed(line))

    def chain(self, code: str) -> tuple[Region, ...]:
        """The regions from the province down to `code`; () for an unknown code."""
        found = (self.get(each) for each in self.lineage(code))
        return tuple(region for region in found if region is not None)

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions right below, by code; those of 000000 are the provinces."""
        found = (self.get(each) for each in self._children.get(code, ()))
        return tuple(region for region in found if region is not None)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self._rows):
            if code != COUNTRY:
                below[self.parent(code) or COUNTRY].append(code)
        return dict(below)

    def named(self, name: str) -> tuple[str, ...]:
        """Codes that a name as people type it may mean, the likeliest first; () if none.

        Takes full, short and former names, codes, former ones too, chains (三元区城关街道), towns without their
        rank (巴丹吉林); Traditional characters and spaces do not matter.
        """
        key = fold(name)
        if _CODE.fullmatch(key):
            return (key,) if key in self._rows else former_codes().get(key, ())
        return self._bearers(key) or self._chained(key) or self.towns(key) if key else ()

    def _bearers(self, key: str) -> tuple[str, ...]:
        full, old, short = self.meanings(key)
        return (*full, *sorted(short, key=_height), *old)

    def _chained(self, key: str) -> tuple[str, ...]:
        for cut in range(len(key) - 2, 1, -1):
            above = set(self._bearers(key[:cut]))
            if above:
                below = self.named(key[cut:])
                found = tuple(code for code in below if above.intersection(self.lineage(code)))
                if found:
                    return found
        return ()

    def towns(self, key: str) -> tuple[str, ...]:
        """Codes of the towns that bear this folded name with some rank behind it."""
        found = (code for rank in _TOWN_RANKS for code in self._bearers(key + rank))
        return tuple(dict.fromkeys(code for code in found if len(code) == 9))

    def meanings(self, key: str) -> Meanings:
        """Codes that bear this folded name in full today, that bore it, that it is short for."""
        known = self._meanings.get(key)
        if known is None and key in self._names:
            full, old, short = f"{self._names[key]}\t\t".split("\t")[:3]
            known = tuple(full.split()), tuple(old.split()), tuple(short.split())
            self._meanings[key] = known
        return known or ((), (), ())

    def possible_starts(self, folded: str) -> list[int]:
        """Where in folded lines a name may begin: its first two characters may well stand there."""
        if len(folded) < _FEW:
            pairs = map(add, folded, folded[1:])
            return list(compress(count(), map(self._lengths.__contains__, pairs)))
        codes = _codes(folded)
        starts: list[int] = np.flatnonzero(self._heads[_slots(codes[:-1], codes[1:])]).tolist()
        return starts

    @cached_property
    def _heads(self) -> NDArray[np.bool_]:
        """Of each slot, whether a name's first two characters have it."""
        codes = _codes("".join(self._lengths))
        heads = np.zeros(_SLOTS, np.bool_)
        heads[_slots(codes[::2], codes[1::2])] = True
        return heads

    def longest_name(self, folded: str, start: int, below: int = 1_000) -> int:
        """Length of the longest name, shorter than `below`, that stands at `start` in a folded text.

        0 if none does.
        """
        for length in self._lengths.get(folded[start : start + 2], ()):
            if length < below and folded[start : start + length] in self._names:
                return length
        return 0


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _slots(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The slots of pairs of characters: hardly two pairs of names share one."""
    slots: NDArray[np.uint32] = (first * np.uint32(613) + second) & np.uint32(_SLOTS - 1)
    return slots


def _height(code: str) -> tuple[int, str]:
    """Sorts provinces before cities before counties before towns."""
    return (len(code.rstrip("0") + "0") if len(code) == 6 else 9, code)


@lru_cache(maxsize=1)
def table() -> RegionTable:
    """The table that ships with the package, loaded once."""
    return RegionTable(_unpacked("regions.tsv.gz"), _unpacked("names.tsv.gz"))


@lru_cache(maxsize=1)
def former_codes() -> dict[str, tuple[str, ...]]:
    """Codes of counties and cities that none bears any more -> the one of the unit that bore it."""
    return _plain("codes.tsv")


@lru_cache(maxsize=1)
def area_codes() -> dict[str, tuple[str, ...]]:
    """Telephone area code ("0477") -> codes of the regions that it serves."""
    return _plain("phones.tsv")


@lru_cache(maxsize=1)
def post_prefixes() -> dict[str, tuple[str, ...]]:
    """First two, three or four digits of a postal code -> codes of the regions; longest wins."""
    return _plain("postcodes.tsv")


def _unpacked(name: str) -> str:
    packed = _DATA.joinpath(name).read_bytes()
    return gzip.decompress(packed).decode()


def _plain(name: str) -> dict[str, tuple[str, ...]]:
    text = _DATA.joinpath(name).read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines())
    return {key: tuple(codes.split()) for key, codes in rows}
