"""The concordance: every hit on a line of its own, and the words beside the hits."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "concordance_title": ("{query}：逐处列出", "{query}: every hit in its line"),
    "concordance_table": (
        "每行一处命中，第 {first} 至 {last} 处",
        "Hits {first} to {last}, one a line",
    ),
    "concordance_left": ("前文", "Before"),
    "concordance_hit": ("命中和后文", "Hit and after"),
    "concordance_year": ("年份", "Year"),
    "concordance_report": ("报告标题", "Report title"),
    "no_year": ("不详", "unknown"),
    # orders
    "order_relevance": ("按相关度", "By relevance"),
    "order_newest": ("按年份，新在前", "By year, newest first"),
    "order_oldest": ("按年份，旧在前", "By year, oldest first"),
    "order_hits": ("命中最多", "Most hits"),
    "order_region": ("按地区", "By region"),
    "order_changed": ("按收入先后，最近的在前", "Newest in the index first"),
    "order_left": ("按前文", "By what precedes"),
    "order_right": ("按后文", "By what follows"),
    "order_left_more": (
        "从命中处往回比，标点不计，依字符编码排。",
        "Compared backwards from the hit, without punctuation, by character codes.",
    ),
    "order_right_more": (
        "从命中处往后比，标点不计，依字符编码排。",
        "Compared onwards from the hit, without punctuation, by character codes.",
    ),
    # words beside the hits
    "collocates": ("前后的词", "Words beside it"),
    "collocates_counted": (
        "按词数；点开按字查，或更多",
        "words are counted; a click looks for the characters and may find more",
    ),
    "collocates_side": ("哪一边的词", "On which side"),
    "side_right": ("后面", "After"),
    "side_left": ("前面", "Before"),
    "joined_right": ("点一个词，就查“{phrase}＋这个词”", "A word searches for “{phrase} + word”"),
    "joined_left": ("点一个词，就查“这个词＋{phrase}”", "A word searches for “word + {phrase}”"),
    "collocate_counts": ("{hits} 处 · {reports} 份", "hits {hits} · reports {reports}"),
    "collocate_search": ("查{phrase}", "Search for {phrase}"),
    "bare_right": (
        "{count} 处在句末或段末，后面没有词",
        "No word follows, the sentence ends: {count}",
    ),
    "bare_left": (
        "{count} 处在句首或段首，前面没有词",
        "No word precedes, the sentence begins: {count}",
    ),
    "collocates_left_out": ("另有 {count} 个词未列出", "Words not listed: {count}"),
    # no lines
    "concordance_silent_title": ("没有可以逐处列出的词", "No text to list"),
    "concordance_silent": (
        "检索词是空的，或者只有排除和限定条件，没有要在正文里找的词。请写上一个词或一句话。",
        "The query is empty, or it only excludes and narrows: there is no text to find in the "
        "reports. Add a word or a phrase.",
    ),
    "concordance_none_title": ("没有可以逐处列出的命中", "No hit to list"),
    "concordance_none": (
        "查到的报告都没有这样说，只是符合其他条件；请看报告列表。",
        "The reports found do not say it, they meet the other conditions: see the list of reports.",
    ),
}
