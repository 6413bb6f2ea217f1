"""What is said of a report's region where it is in doubt."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "region_not_found": (
        "没有找到地区：标题、路径、发布机构和正文都没有写明。",
        "No region was found: neither title, path, issuer nor text names one.",
    ),
    "region_inferred": (
        "没有一处明写地区，只据区号、邮编或正文中零散的提及推断。",
        "Nothing states the region; it was inferred from telephone codes, postal codes "
        "or scattered mentions in the text.",
    ),
    "region_doubtful": (
        "地区可能有误：取{taken}，也可能是{others}。",
        "The region may be wrong: taken as {taken}, but it could also be {others}.",
    ),
    "region_doubtful_many": (
        "地区可能有误：取{taken}，也可能是{others}等 {count} 处。",
        "The region may be wrong: taken as {taken}, but it could also be {others} "
        "or others (in all: {count}).",
    ),
    "region_uncertain": (
        "地区不能确定：可能是{taken}、{others}。",
        "The region is uncertain: it could be {taken} or {others}.",
    ),
    "region_uncertain_many": (
        "地区不能确定：可能是{taken}、{others}等 {count} 处。",
        "The region is uncertain: it could be {taken}, {others} or others (in all: {count}).",
    ),
    "region_contradicted": (
        "{place}写的是{region}，与其他依据不一致。",
        "{place} says {region}, unlike the rest.",
    ),
    # places where a region is named
    "place_override": ("指定的地区", "The region given in metadata.csv"),
    "place_title": ("标题", "The title"),
    "place_issuer": ("发布机构", "The issuer"),
    "place_path": ("路径", "The path"),
}
