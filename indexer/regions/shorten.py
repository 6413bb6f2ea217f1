"""How an administrative name is shortened in speech: 延边朝鲜族自治州 → 延边州, 延边.

Used when the table is built; the application reads the outcome.
"""

from __future__ import annotations

import re

from indexer.model import Level

PROVINCES: dict[str, tuple[str, ...]] = {
    "内蒙古自治区": ("内蒙古", "内蒙"),
    "广西壮族自治区": ("广西", "广西自治区"),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏", "宁夏自治区"),
    "新疆维吾尔自治区": ("新疆", "新疆自治区"),
    "香港特别行政区": ("香港", "香港特区"),
    "澳门特别行政区": ("澳门", "澳门特区"),
}
_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜"
    "|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒"
    "|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族"
    "|柯尔克孜|维吾尔|哈萨克|塔吉克|蒙古|锡伯)+$"
)
_AUTONOMOUS = re.compile(r"自治([州县旗])$")
_CITY = re.compile(r"(?:地区|市|盟)$")
_COUNTY = re.compile(r"(?:县|区|市|旗)$")
_SIDES = re.compile(r"^(.).*?([左右])翼?([前后中])?(联合)?旗$")
_SPECIAL = re.compile(
    r"(?:开发区|园区|示范区|新区|管理区|矿区|林区|特区|[东西南北中]区|城区|郊区)$"
)


def short_names(name: str, level: Level) -> tuple[str, ...]:
    """The short forms of a full name, longest first; never fewer than two characters, no towns'."""
    if level == "province":
        return PROVINCES.get(name) or (name[:-1],)
    if level == "town" or level == "country":
        return ()
    autonomous = _AUTONOMOUS.search(name)
    if autonomous:
        shorts = _autonomous(name[: autonomous.start()], autonomous.group(1))
    elif level == "city":
        shorts = (_CITY.sub("", name),)
    else:
        shorts = _county(name)
    return tuple(s for s in shorts if len(s) >= 2 and s != name)


def _autonomous(stem: str, kind: str) -> tuple[str, ...]:
    bare = _PEOPLES.sub("", stem)
    if len(bare) < 2:  # 鄂伦春自治旗 is named after the people itself
        bare = stem.removesuffix("族")
    return (bare + kind, bare)


def _county(name: str) -> tuple[str, ...]:
    sides = _SIDES.match(name)
    if sides:
        return ("".join(part or "" for part in sides.groups()[:3]) + "旗",)
    if _SPECIAL.search(name):
        return (name[:-2],) if name.endswith("新区") and len(name) == 4 else ()
    return (_COUNTY.sub("", name),)
