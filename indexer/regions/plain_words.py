"""Names of regions that a text uses as the plain words that they are as well.

All texts are folded; places are indexes of their characters, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.regions.table import COUNTRY, level_of

_PLAIN_WORDS = re.compile(
    "[东西南北城郊矿新市一二三]区|核心区|开发区|高新区|工业园区?|产业园区|(?:经济|(?:高新|经济)技术|高新技术产业)开发区(?:管委会|管理委员会)?"
    "|[小中高元于定大新]?城镇|新城|中心镇|惠民|城南|大会|国家|中央|中国|全国|平安|安康|和平|友好|东方|长治|中山|海[西北]"
    "|大同|黄山|新华|建设|团结|民主|共和|兴安"
    "|街道|社区|[农林牧渔茶猪]场|苗圃|(?:园艺|良种|种畜|原种|畜牧|种猪)场"
)
_STREET = re.compile("[东西南北中新老]?[大前后]?[街路关门]街道(?:办事处)?")
_HAN = re.compile("[\u4e00-\u9fff]")
_BEFORE_NAMES = frozenset("省市县区旗州盟在由向与和及对到从年的为于是各本我")
"""What may stand right before a name that is whole."""
_ZONE = re.compile(".*(?:园区?|度假区|[保免]税区|集中区|聚集区|经济区|示范区|开发区|新区|示范场)")
_OTHER_WORDS = ("长治久安", "安康杯", "大同小异", "海西经济区", "中国共产党", "中国特色")


def is_zone(text: str, at: int, end: int) -> bool:
    """Whether a name is that of a zone, which has towns and counties in the table."""
    return _ZONE.fullmatch(text, at, end) is not None


def is_plain(text: str, at: int, end: int, codes: Sequence[str]) -> bool:
    """Whether a name, which may mean these regions, is used as the plain word that it is as well."""
    if text.startswith(_OTHER_WORDS, at) or _is_tail(text, at, end):
        return True
    if _PLAIN_WORDS.fullmatch(text, at, end) is None and not (
        is_zone(text, at, end) and level_of(codes[0]) == "town"
    ):
        return False
    return at > 0 or (COUNTRY in codes and end < len(text))


def _is_tail(text: str, at: int, end: int) -> bool:
    """Whether a street is the rest of a longer name: 泃阳西大街街道 is not 西大街街道."""
    return bool(
        at
        and _STREET.fullmatch(text, at, end)
        and _HAN.match(text, at - 1)
        and text[at - 1] not in _BEFORE_NAMES
    )
