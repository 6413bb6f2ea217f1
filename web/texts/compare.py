"""Two reports side by side."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "compare_with": ("与 {which} 的报告对比", "Compare with the report of {which}"),
    "compare_short": ("对比", "compare"),
    "compare_title": ("对比：{a} 与 {b}", "Compared: {a} and {b}"),
    "compare_left": ("左边", "Left"),
    "compare_right": ("右边", "Right"),
    "compare_swap": ("左右对调", "Swap sides"),
    "compare_instead": ("换一份报告", "Another report instead"),
    "compare_years": ("{place}历年", "{place}, other years"),
    "compare_places": ("{year} 年其他地区", "Other places, {year}"),
    # shares
    "compare_share": (
        "文字有 {share} 也见于 {other}",
        "{share} of its text also stands in: {other}",
    ),
    "compare_share_of": ("{carried} / {characters} 字", "characters: {carried} of {characters}"),
    "compare_share_rule": (
        "连续 {run} 个字以上相同才算，不管在哪一段；标点、空格和繁简不计。新增和删去的段落里，没有底色的字在另一份里也有。",
        "Counted are runs of at least {run} characters that are the same, wherever they stand; "
        "punctuation, spaces and script are not looked at. In new and dropped paragraphs, what has no "
        "ground also stands in the other report.",
    ),
    # states
    "compare_legend": ("按变化筛选", "Filter by change"),
    "compare_all": ("全部", "All"),
    "compare_all_more": ("两份报告的每一段", "Every paragraph of both"),
    "compare_changed": ("改动", "Changed"),
    "compare_new": ("新增", "New"),
    "compare_dropped": ("删去", "Dropped"),
    "compare_moved": ("移位", "Moved"),
    "compare_copied": ("照录", "Copied"),
    "compare_changed_more": ("大体相同，有增删的字", "Much the same, with some words changed"),
    "compare_new_more": ("只在右边有", "Only on the right"),
    "compare_dropped_more": ("只在左边有", "Only on the left"),
    "compare_moved_more": ("文字相同，换了地方", "The same text at another place"),
    "compare_copied_more": ("文字和位置都相同", "The same text at the same place"),
    "compare_none": ("没有这一类段落。", "There are no such paragraphs."),
    "compare_folded": (
        "照录 {count} 段，{characters} 字",
        "Copied: {count}; characters: {characters}",
    ),
    "compare_stood": ("原在：{section}", "Stood in: {section}"),
    "compare_titles": ("标题", "Titles"),
    "compare_body": ("正文", "Text"),
    "compare_order": ("次序变了", "In another order"),
}
