"""A report, and a passage cited from it."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "back": ("在全部报告里检索", "Search all reports"),
    "outline": ("目录", "Contents"),
    "about": ("关于本报告", "About this report"),
    "region": ("地区", "Region"),
    "year": ("年度", "Year"),
    "issuer": ("机构", "Issuer"),
    "published": ("发布日期", "Published"),
    "number": ("文号", "Number"),
    "genre": ("体裁", "Genre"),
    "source": ("文件", "File"),
    "url": ("原文网址", "Original"),
    "doubts": ("读取时的疑问", "Doubts in reading"),
    "hits_here": ("本报告里有 {count} 处", "Hits in this report: {count}"),
    "no_hits_here": ("本报告里没有检索词。", "This report does not hold the search terms."),
    "first_hit": ("看第一处", "See the first"),
    "query_problem": (
        "检索词没有标出：",
        "The search terms are not marked: ",
    ),
    "passage_link": ("本段链接", "Link to this passage"),
    "table": ("表格", "Table"),
    "moved": (
        "引文未变，位置变了：原在第 {first} 字起，现在第 {now} 字起。",
        "The quoted text is the same but has moved: from character {first} to character {now}.",
    ),
    "cite": ("引用链接", "Link to quote"),
    "changed": (
        "这段文字在引用之后已经改变或删去，本页是报告现在的样子。",
        "This passage has changed or gone since it was cited; here is the report as it is now.",
    ),
    "changed_place": ("看它原来的位置", "See where it stood"),
}
