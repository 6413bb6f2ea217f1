"""A report, and a passage cited from it."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "back": ("在全部报告里检索", "Search all reports"),
    "outline": ("目录", "Contents"),
    "section_hits": ("本节 {count} 处，看第一处", "Hits in this section: {count}; see the first"),
    "about": ("关于本报告", "About this report"),
    "region": ("地区", "Region"),
    "year": ("年度", "Year"),
    "issuer": ("机构", "Issuer"),
    "published": ("发布日期", "Published"),
    "number": ("文号", "Number"),
    "genre": ("体裁", "Genre"),
    "source": ("文件", "File"),
    "url": ("原文网址", "Original page"),
    "doubts": ("读取时的疑问（{count}）", "Doubts in reading ({count})"),
    # hits
    "hits_here": ("本报告里有 {count} 处", "Hits in this report: {count}"),
    "no_hits_here": ("本报告里没有检索词。", "This report does not contain the search terms."),
    "first_hit": ("看第一处", "See the first"),
    "query_problem": (
        "检索词没有标出：",
        "The search terms are not marked: ",
    ),
    "steps": ("逐处查看", "From hit to hit"),
    "step_back": ("上一处", "Previous"),
    "step_on": ("下一处", "Next"),
    "step_none": ("共 {count} 处", "Hits: {count}"),
    "step_at": ("第 {number} / {count} 处", "Hit {number} of {count}"),
    "step_keys": ("按键 {letter}", "Key: {letter}"),
    # lines and passages
    "passage_link": ("本段链接", "Link to this passage"),
    "table": ("表格", "Table"),
    "moved": (
        "引文未变，位置变了：原在第 {first} 字起，现在第 {now} 字起。",
        "The quoted text is the same but has moved: from character {first} to character {now}.",
    ),
    "cite": ("引用链接", "Link to cite"),
    "here_only": ("此地址只在本机打开。", "This address opens on this machine only."),
    "here_only_passage": (
        "此地址只在本机打开；有同样报告的人，用 gongkai open 加上这段文字，可以找到原处。",
        "This address opens on this machine only; whoever has the same reports finds the place with "
        "gongkai open and this text.",
    ),
    "here_file": ("文件：{source}", "File: {source}"),
    "changed": (
        "这段文字在引用之后已经改变或删去，本页是报告现在的样子。",
        "This passage has changed or been removed since it was cited; this page shows the report as it is now.",
    ),
    "changed_place": ("看它原来的位置", "See where it stood"),
    "in_original": ("在原网页上看", "See it on the original page"),
    "elsewhere": ("还有哪里这样写", "Where else it says so"),
    "line_tools": ("这一段", "This paragraph"),
    "selection": ("选中的文字", "Selected text"),
    "copy_link": ("复制链接", "Copy link"),
    "copy_passage_link": ("复制本段链接", "Copy link to passage"),
    "copy_quotation": ("摘录并附出处", "Copy with its source"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "copy_failed": ("复制失败，请手动选取", "Not copied: please select and copy"),
    # citations
    "citations": ("引用格式", "Cite"),
    "citations_passage": ("引用这一段", "Cite this passage"),
    "citation_gbt": ("国标 GB/T 7714", "GB/T 7714"),
    "citation_plain": ("芝加哥格式", "Chicago style"),
    "citation_bibtex": ("BibTeX", "BibTeX"),
    # other reports
    "other_years": ("历年报告", "Other years"),
    "all_years": ("全部列出", "List all"),
    "neighbours": ("{year} 年同级地区的报告", "Reports of neighbouring places, {year}"),
    "all_neighbours": ("更多同年报告", "More reports of that year"),
}
