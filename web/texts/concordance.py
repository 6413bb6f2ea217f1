"""The concordance: every hit on a line of its own."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "concordance_title": ("{query}：逐处列出", "{query}: every hit in its line"),
    "concordance_totals": (
        "共 {hits} 处，在 {reports} 份报告里",
        "Hits: {hits} · reports: {reports}",
    ),
    "concordance_table": (
        "每行一处命中，第 {first} 至 {last} 处",
        "Hits {first} to {last}, one a line",
    ),
    "concordance_left": ("前文", "Before"),
    "concordance_hit": ("命中和后文", "Hit and after"),
    "concordance_year": ("年份", "Year"),
    "concordance_report": ("报告标题", "Report title"),
    "no_year": ("不详", "unknown"),
    "order_report": ("报告次序", "Order of reports"),
    "order_left": ("按前文", "By what precedes"),
    "order_right": ("按后文", "By what follows"),
    "order_left_more": (
        "前文相同的排在一起：从命中处往回比，标点不计，次序依字符编码。",
        "Like contexts stand together: compared backwards from the hit, without punctuation, "
        "in the order of character codes.",
    ),
    "order_right_more": (
        "后文相同的排在一起：从命中处往后比，标点不计，次序依字符编码。",
        "Like contexts stand together: compared onwards from the hit, without punctuation, "
        "in the order of character codes.",
    ),
    "concordance_silent_title": ("没有可以逐处列出的词", "No text to list"),
    "concordance_silent": (
        "检索词是空的，或者只有排除和限定条件，没有要在正文里找的词。请写上一个词或一句话。",
        "The query is empty, or it only excludes and narrows: there is no text to find in the "
        "reports. Add a word or a phrase.",
    ),
    "concordance_none": (
        "没有一处符合这些条件；报告列表里有改进检索的建议。",
        "There is no hit under these conditions; the list of reports suggests what to change.",
    ),
}
