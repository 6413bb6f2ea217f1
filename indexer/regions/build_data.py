"""Builds the tables in `data/` from the published ones; run by hand when those change.

    python -m indexer.regions.build_data --divisions-2026 divisions-2026.csv \\
        --divisions-2023 divisions-2023.csv --history location_year_20251201.csv \\
        --changes historical_changes_v1.json --phones phone.dat --postcodes region.csv

`data/NOTICE` says where each comes from. The divisions are the two packages' trees written out as
rows of province, city, county, town, code; the other three files lie in their packages as they
are. The outcome depends on nothing but the inputs:

    regions.tsv.gz    code, full name, parent code where it is not the code's own prefix,
                      "former" for a unit that is no more
    codes.tsv         former code, code of the unit that it was given to
    names.tsv.gz      folded name, then codes by current full name, former name, short name
    phones.tsv        telephone area code, codes of the regions that it serves
    postcodes.tsv     first two to four digits of postal codes, codes of the regions
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.regions import contacts, history
from indexer.regions.shorten import short_names
from indexer.regions.table import level_of, own_parent
from indexer.text.fold import fold

DATA = Path(__file__).parent / "data"
COUNTRY = ("000000", "全国")
COUNTRY_NAMES = ("中国", "国家", "中央", "中华人民共和国", "国务院", "国家统计局")
ALIASES = {
    "平潭综合实验区": "350128",
    "克州": "653000",
    "博州": "652700",
    "巴州": "652800",
    "锡盟": "152500",
    "阿盟": "152900",
}
_REPLACED = ("460321", "460322", "460323")  # 三沙's islands: districts by 2026
_TOWN_ENDINGS = ("街道办事处", "民族乡", "街道", "地区", "苏木", "镇", "乡")
_FREE_CODES = range(600, 1000)  # town numbers that neither table uses


class Draft:
    """The regions so far: names, parents that the code does not tell, former units, other names."""

    def __init__(self) -> None:
        self.names: dict[str, str] = dict([COUNTRY])
        self.parents: dict[str, str] = {}
        self.former: set[str] = set()
        self.old_names: dict[str, set[str]] = defaultdict(set)

    def add(self, code: str, name: str, *, former: bool = False) -> None:
        self.names[code] = name
        if former:
            self.former.add(code)


def add_current(draft: Draft, rows: Iterable[Mapping[str, str]]) -> None:
    """Provinces, cities, counties and towns of the 2026 table."""
    for row in rows:
        name = row["town"] or row["county"] or row["city"] or row["province"]
        code = row["code"][:9] if row["town"] else row["code"][:6]
        bare = name.removesuffix("（撤销）")
        draft.add(code, bare, former=bare != name)


def add_gaps(draft: Draft, rows: Iterable[Mapping[str, str]]) -> None:
    """What the 2023 table has and the 2026 one has not: zones, farms, whole cities' towns."""
    current = frozenset(draft.names)
    towns = (item for item in draft.names.items() if level_of(item[0]) == "town")
    stems = {(code[:6], town_stem(name)): code for code, name in towns}
    for row in rows:
        county, name = row["code"][:6], without_county(row["town"], row["county"])
        if county in _REPLACED or name.endswith("直辖村级区划"):
            continue
        if county not in draft.names and row["county"] != row["city"]:
            draft.add(county, row["county"], former=row["city"] == "市辖区")
        twin = stems.get((county, town_stem(name)))
        if twin is None:
            draft.add(free_code(row["code"], draft.names), name, former=county in draft.former)
        elif draft.names[twin] != name and twin in current:
            draft.old_names[twin].add(name)


def without_county(town: str, county: str) -> str:
    """济源市沁园街道 → 沁园街道, but 芒市镇 stays."""
    rest = town.removeprefix(county)
    return town if rest in _TOWN_ENDINGS or len(rest) < 3 else rest


def town_stem(name: str) -> str:
    """A town's name without its rank, which changes more often than the name."""
    for ending in _TOWN_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def free_code(code: str, taken: Mapping[str, str]) -> str:
    """The town's own code, or where another town has it now the first unused from 600 on."""
    if code not in taken:
        return code
    return next(c for n in _FREE_CODES if (c := f"{code[:6]}{n:03}") not in taken)


def add_history(draft: Draft, rows: Iterable[Mapping[str, str]]) -> None:
    """Former names of units, and former units as nodes."""
    current = {c: n for c, n in draft.names.items() if len(c) == 6 and c not in draft.former}
    former = []
    for unit in history.units(rows).values():
        heir = history.successor(unit, current)
        if heir is not None:
            draft.old_names[heir].update(n for n in unit.names if n != draft.names[heir])
        else:
            former.append(unit)
    for unit in sorted(former, key=lambda unit: unit.rank):  # cities before counties
        draft.add(unit.code, unit.names[-1], former=True)
        draft.old_names[unit.code].update(unit.names[:-1])
        parent = history.SUCCESSORS.get(unit.parent, unit.parent)
        if parent not in draft.names or level_of(parent) == "county":
            parent = (parent if parent in draft.names else unit.province)[:2] + "0000"
        if parent != own_parent(unit.code, draft.names):
            draft.parents[unit.code] = parent


def former_codes(draft: Draft, changes: Iterable[history.Change]) -> dict[str, list[str]]:
    """Codes that no unit bears any more, each with the code of the unit that bore it."""
    known = {code: {draft.names[code], *draft.old_names.get(code, ())} for code in draft.names}
    return {
        old: [code]
        for old, (code, name) in history.recoded(changes, draft.names).items()
        if name in known[code]
    }


def name_table(draft: Draft) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Folded name -> codes that bear it in full today, bore it, are called so in short."""
    table: dict[str, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for name in COUNTRY_NAMES:
        table[fold(name)][2].append(COUNTRY[0])
    for name, code in ALIASES.items():
        table[fold(name)][2].append(code)
    borne = {(code[:2], name) for code, name in draft.names.items()}
    for code, name in draft.names.items():
        # a name that another unit of the province bears is no use as a former one
        old_names = sorted(n for n in draft.old_names.get(code, ()) if (code[:2], n) not in borne)
        table[fold(name)][1 if code in draft.former else 0].append(code)
        for old in old_names:
            table[fold(old)][1].append(code)
        for each in (name, *old_names):
            for short in short_names(each, level_of(code)):
                table[fold(short)][2].append(code)
    for name, groups in table.items():
        groups[1][:] = _heirs(name, groups[1], draft)
    return {name: _distinct(groups) for name, groups in table.items()}


def _heirs(name: str, codes: list[str], draft: Draft) -> list[str]:
    """Of the units that are said to have borne a name, those that still go by it, if any do.

    The yearly tables mix up units that had the same code at different times: 梁平县 is 梁平区 by now and
    was never 平武县. The city around a unit may well have had its name: 思茅市 is 普洱市.
    """
    own = [code for code in codes if draft.names[code].startswith(name[:-1])]
    around = {code[:4] + "00" for code in own}
    return [code for code in codes if code in own or code in around] if own else codes


def _distinct(groups: tuple[list[str], ...]) -> tuple[list[str], list[str], list[str]]:
    full, old, short = (dict.fromkeys(sorted(group)) for group in groups)
    old = {code: None for code in old if code not in full}
    short = {code: None for code in short if code not in full and code not in old}
    return list(full), list(old), list(short)


def write(draft: Draft) -> None:
    """`regions.tsv.gz` and `names.tsv.gz`, the same bytes for the same draft."""
    rows = (
        (code, name, draft.parents.get(code, ""), "former" if code in draft.former else "")
        for code, name in sorted(draft.names.items())
    )
    _write_packed("regions.tsv.gz", rows)
    names = sorted(name_table(draft).items())
    _write_packed("names.tsv.gz", ((n, *(" ".join(g) for g in groups)) for n, groups in names))


def _write_packed(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    text = "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)
    (DATA / name).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _write_plain(name: str, table: Mapping[str, Iterable[str]]) -> None:
    lines = (f"{key}\t{' '.join(sorted(codes))}\n" for key, codes in sorted(table.items()))
    (DATA / name).write_text("".join(lines), encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds indexer/regions/data.")
    for name in ("divisions-2026", "divisions-2023", "history", "changes", "phones", "postcodes"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    paths = parser.parse_args()
    draft = Draft()
    add_current(draft, _rows(paths.divisions_2026))
    add_gaps(draft, _rows(paths.divisions_2023))
    add_history(draft, _rows(paths.history))
    write(draft)
    _write_plain("codes.tsv", former_codes(draft, history.changes(paths.changes.read_bytes())))
    places = contacts.Places(name_table(draft))
    _write_plain("phones.tsv", contacts.area_codes(paths.phones.read_bytes(), places))
    _write_plain("postcodes.tsv", contacts.post_prefixes(_rows(paths.postcodes), places))
    kinds = Counter(level_of(code) for code in draft.names)
    print(dict(kinds), f"former {len(draft.former)}")


if __name__ == "__main__":
    main()
