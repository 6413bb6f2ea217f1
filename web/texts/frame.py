"""What all pages share."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "printed_page": ("第{pages}页", "p. {pages}"),
    "printed_pages": ("第{pages}页", "pp. {pages}"),
    "unsure": (
        "识别可信度 {percent}%，请对照原件",
        "Recognised with {percent}% confidence: check the original",
    ),
    "unsure_short": ("识别 {percent}%", "recognised: {percent}%"),
    "name": ("公开", "Gongkai"),
    "tagline": ("政府报告全文检索", "Search government reports"),
    "skip": ("跳到正文", "Skip to content"),
    "home": ("公开，回到首页", "Gongkai, home page"),
    "footer": (
        "报告原文的权利属于发布机关；引用前请核对原文。",
        "The rights in the reports belong to the bodies that issued them; check the original before you quote.",
    ),
    "switch": ("English", "中文"),
    # search box
    "query": ("检索词", "Search terms"),
    "query_example": ("例如：{query}", "For example: {query}"),
    "query_neutral": ("输入要找的说法", "A phrase to look for"),
    "search": ("检索", "Search"),
    "options": ("检索方式", "Search options"),
    "literal": ("字形须完全一致", "Match characters exactly"),
    "literal_more": (
        "区分繁简、引号和空格",
        "Traditional or simplified forms, quotes and spaces must match",
    ),
    "same_section": ("各词须在同一章节", "All words in one section"),
    "suggestions": ("检索建议", "Suggestions"),
    "recent": ("最近检索", "Recent searches"),
    "recent_remove": ("删去“{query}”", "Remove “{query}”"),
    "recent_clear": ("清除最近检索", "Clear recent searches"),
    "recent_keys": (
        "只存在这个浏览器里；按 Delete 键删去一条",
        "Kept in this browser only; press Delete to remove one",
    ),
    # syntax help
    "options_and_syntax": ("选项和语法", "Options, syntax"),
    "syntax_typed": ("输入", "You type"),
    "syntax_means": ("意思", "It means"),
    "syntax_phrase": (
        "连在一起的原话；中文引号、书名号式引号都行",
        "the exact phrase; any kind of quotes",
    ),
    "syntax_quoted_part": (
        "整串连在一起找，引号写法不同也算",
        "the whole of it as one phrase, however it is quoted",
    ),
    "syntax_bare": (
        "也是连在一起的原话；改选“各词”则按词查找",
        "the exact phrase, too; its words where they may stand apart",
    ),
    "syntax_and": ("同一份报告里都要有", "both in one report"),
    "syntax_or": ("有一个就行", "either of them"),
    "syntax_not": ("没有这个词的报告", "reports without it"),
    "syntax_group": ("括号决定先后", "brackets come first"),
    "syntax_near": (
        "同一段里相距 20 字以内，先后不论",
        "within 20 characters of each other, in one paragraph, in either order",
    ),
    "syntax_wildcard": (
        "? 代表一个字，* 代表同一段里至多 20 个字",
        "? stands for one character, * for up to 20 of one paragraph",
    ),
    "syntax_fields": (
        "只在标题、地区、年份、栏目、体裁、机构里找",
        "by title, region, year, section, genre or issuer",
    ),
    "syntax_same": (
        "空格、繁简、全角半角不影响结果；运算符用全角也行。",
        "Spaces, traditional or simplified script and full width make no difference.",
    ),
    "keys": ("快捷键", "Keys"),
    "keys_focus": ("到检索框", "search box"),
    "keys_move": ("下一条、上一条结果", "next and previous result"),
    "keys_open": ("打开", "open"),
    "keys_help": ("这份说明", "this help"),
}
