"""A province, two cities and a county, whose reports say what others said before: who copied what is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.model import Line, Report, Section
from indexer.regions.table import table
from search.local.engine import IndexEngine
from tests.oracle.direct import engine_of

ROADS = "全面推进农村公路提档升级，让每个嘎查村都通上硬化路和客运班车"
WATER = "坚持节水优先，统筹推进黄河流域生态保护与高质量发展各项任务"
WATER_CHANGED = "坚持节水优先，统筹推动黄河流域生态保护和高质量发展各项任务"
GROWTH = "地区生产总值增长8.5%，城镇居民人均可支配收入达到32000元以上"
GROWTH_NEXT = "地区生产总值增长7.1%，城镇居民人均可支配收入达到35000元以上"
OWN = "把草原上的<b>那达慕</b>办成各族群众共同参与的体育和文化盛会"
LATER = "建立矿山生态修复基金，由企业按照开采面积逐年足额缴纳并公开"
CUSTOM = "现在我代表人民政府向大会报告工作请予审议并请各位委员提出意见"

PROVINCE, CITY, OTHER_CITY, COUNTY = "150000", "150600", "150200", "150602"


def report(source: str, place: str, year: int, day: str | None, lines: Sequence[str]) -> Report:
    """A work report of these lines."""
    title = f"{table().chain(place)[-1].name}政府工作报告"
    offset, made = len(title) + 1, []
    for line in lines:
        made.append(Line(line, offset))
        offset = made[-1].end + 1
    return Report(
        source=source,
        title=title,
        genre="work_report",
        year=year,
        published=day,
        issuer=None,
        number=None,
        url=None,
        region=tuple(table().chain(place)),
        sections=(Section("other", None, 1, (), tuple(made)),),
    )


BEFORE = report("省/2019.md", PROVINCE, 2019, "2019-01-27", [f"{ROADS}。{GROWTH}。"])
ABOVE = report("省/2020.md", PROVINCE, 2020, "2020-01-12", [f"{ROADS}。{WATER}；{GROWTH_NEXT}。"])
BELOW = report("市/2020.md", CITY, 2020, "2020-01-20", [f"{WATER_CHANGED}。{OWN}！", f"{LATER}。"])
BESIDE = report("另一市/2020.md", OTHER_CITY, 2020, None, [f"{LATER}。短句不算。"])
LAST = report("县/2021.md", COUNTY, 2021, "2021-02-01", [f"{LATER}，依法。", OWN])
REPORTS = (BEFORE, ABOVE, BELOW, BESIDE, LAST)


def echoing_engine(folder: Path, reports: Sequence[Report] = REPORTS) -> IndexEngine:
    """The engine over them, their echoes known."""
    return engine_of(folder, [reports], echoing=True)
