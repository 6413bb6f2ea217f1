"""How much a text looks like Chinese: what tells one encoding from another."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = frozenset(
    "的业政建和工开公发进全展市设大化新实作加务一产力区人推动民中制国城生行年成强增等府高信项会重保改体提理"
    "地资经息社农持以施合目度要个入有在为创上能服平点长企好主面快水三完家机济基治不现用造办村规管省深心定事"
    "万坚程是对各量文元法育级通出革技升步善到效代品部了质性方镇安共系投时学及我关亿网范分五总标环科支优落态"
    "金领位场计电导二续划众商本立路乡构活域群策监条内收集教源积结批更稳与融型向做园放整境决道费四统防台示解"
    "利口达抓极情转外十健医引下自明小同色打营期特式题数县任第运障取多精促流调问督率员确护争综交居物联线准权"
    "党术就专依协过风得培战报应组户格形查广求严站件海游接委次供扩责贫消旅们际议局况前突值布险表山控于老先础"
    "干试意处院绿审均职养来东单把两南义州配模指速着类断清果林比势扶核切河所复门容其预子房财兴措案传节名请之"
    "来個們傳億優內兩創劃動務勢區協員問單嚴國園堅報場學實審專對導幹廣強復態應戰戶擴數斷於時會東條業極構標機"
    "權決況準濟營爭爲為現環產發監確礎積穩節範級組結統經綜綠網線縣總續羣群義聯職臺與興萬處眾術規計設試調請議"
    "護財貧責費資質轉辦農進遊運過達鄉醫鎮長門開關際險電項預領題類風養體點黨這說還後麼樣"
)
"""The commonest characters of reports, Simplified and Traditional: four of five are among them."""


def _square(codec: str, leads: range) -> frozenset[str]:
    """The characters of a codec's rows."""
    pairs = bytes(byte for lead in leads for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    return frozenset(pairs.decode(codec, "ignore"))


_USUAL = _square("gb2312", range(0xB0, 0xD8)) | _square("big5", range(0xA4, 0xC7))
"""The first level of both national standards (of Big5 the half with high second bytes)."""
_NEUTRAL = frozenset(map(chr, (9, 10, 13, *range(32, 127))))
_PUNCTUATION = re.compile(
    r"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff\u3000-\u3017\uff01-\uff5e]"
)
_BAD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ENOUGH = 50  # characters, for a verdict on a text without a single common one in fifty


def plausibility(text: str) -> float:
    """How much of the text Chinese text has much of, less what it has nothing of; 1 at most."""
    total = sum(_weight(char) * times for char, times in Counter(text).items())
    return total / max(len(text), 1)


def _weight(char: str) -> float:
    if char in _COMMON or _PUNCTUATION.match(char):
        return 1.0
    if char in _NEUTRAL:
        return 0.5
    return 0.2 if char in _USUAL else -3.0 if _BAD.match(char) else 0.0


def foreign(text: str) -> bool:
    """Whether a text has many characters beyond ASCII and hardly one of them is common."""
    beyond = [c for c in text if c > "\x7f" and not _PUNCTUATION.match(c)]
    return len(beyond) >= _ENOUGH and sum(map(_COMMON.__contains__, beyond)) * 50 < len(beyond)


def controls(text: str) -> int:
    """How many control characters are in the text that no text has."""
    return len(_CONTROLS.findall(text))
