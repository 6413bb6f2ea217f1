"""What is said of a query, and of an answer to it: errors, hints and warnings."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # words and brackets
    "only_punctuation": (
        "没有可检索的文字，只有标点",
        "There is only punctuation, and no text to search for",
    ),
    "only_punctuation_hint": (
        "请输入至少一个字、字母或数字。",
        "Type at least one character, letter or digit.",
    ),
    "punctuation_ignored": ("已忽略标点“{typed}”。", 'The punctuation "{typed}" was ignored.'),
    "too_many_words": (
        "检索式里有 {count} 个词语，最多 {most} 个",
        "The query has too many words. Words: {count}; at most: {most}",
    ),
    "too_many_words_hint": (
        "请缩短检索式；要找整段原文，请给它加上引号。",
        "Shorten the query; to find a whole passage, put it in quotes.",
    ),
    "in_one_piece": (
        "连写“{typed}”的报告有 {count:,} 份，其余是同一章节里各词都有的；只要连写的，请不选“各词”",
        'Reports that have "{typed}" in one piece: {count:,}. The others have all its words in one '
        "section; for those in one piece only, do not let words stand apart.",
    ),
    "brackets_too_deep": (
        "括号套得太深，最多 {most} 层",
        "The brackets are nested too deeply. Levels at most: {most}",
    ),
    "brackets_too_deep_hint": ("请拆开查询。", "Split the query."),
    "bracket_unclosed": ("括号 {bracket} 没有配对", "The bracket {bracket} is not closed"),
    "bracket_unclosed_hint": (
        "补上右括号；如果括号是要查的文字，请给整个短语加引号。",
        "Add the closing bracket; if the bracket is text to find, put the whole phrase in quotes.",
    ),
    "bracket_stray": ("多出一个括号 {bracket}", "The bracket {bracket} closes nothing"),
    "bracket_stray_hint": (
        "删去它，或在前面补上左括号；如果是要查的文字，请给整个短语加引号。",
        "Delete it, or add the opening bracket before it; "
        "if it is text to find, put the whole phrase in quotes.",
    ),
    "brackets_empty": ("括号里没有检索词", "There is nothing to search for in the brackets"),
    "brackets_empty_hint": (
        "写上要查的词，或删去括号。",
        "Type what to find, or delete the brackets.",
    ),
    # quotes
    "quote_unclosed": ("引号 {mark} 没有配对", "The quote {mark} has no partner"),
    "quote_unclosed_hint": (
        "补上另一半引号，或删去这个引号。",
        "Add the other quote, or delete this one.",
    ),
    "quotes_empty": ("引号里没有可检索的文字", "There is nothing to search for in the quotes"),
    "quotes_empty_hint": (
        "请在引号里写要查的短语，或删去这对引号。",
        "Type the phrase to find between the quotes, or delete both.",
    ),
    # operators
    "nothing_after": ("{operator} 后面缺少检索词", "{operator} has nothing to search for after it"),
    "nothing_before": (
        "{operator} 前面缺少检索词",
        "{operator} has nothing to search for before it",
    ),
    "operator_hint": (
        "写上要查的词；如果要查这个词本身，请给它加引号。",
        "Type what to find; to find the operator itself as a word, put it in quotes.",
    ),
    "operator_as_text": (
        "“{typed}”按文字检索；要作运算符，请用大写并在前后加空格。",
        '"{typed}" is searched for as text; '
        "for an operator, type it in capitals with a space on each side.",
    ),
    "hyphen_alone": (
        "单独的“{typed}”已忽略；要排除某个词，请把“-”紧贴在词前。",
        '"{typed}" by itself was ignored; to leave a word out, type "-" right before it.',
    ),
    "near_sides": (
        "NEAR 两边只能各是一个词、短语或通配符",
        "On each side of NEAR there can only be one word, phrase or wildcard",
    ),
    "near_sides_hint": (
        "三个词请写成 甲 NEAR/20 乙 AND 乙 NEAR/20 丙；字段和括号请用 AND 连接。",
        "For three words, type a NEAR/20 b AND b NEAR/20 c; join fields and brackets with AND.",
    ),
    "near_distance": ("NEAR 的距离“{typed}”不对", 'NEAR cannot have the distance "{typed}"'),
    "near_distance_hint": (
        "距离是 0 到 {most} 的整数，例如 {example}。",
        "The distance is a whole number from 0 to {most}, as in {example}.",
    ),
    "near_as_phrase": (
        "NEAR 旁边的“{typed}”按完整短语查找。",
        '"{typed}" beside NEAR is searched for as an exact phrase.',
    ),
    # wildcards
    "star_ignored": (
        "开头或结尾的“*”不起作用，已忽略。",
        '"*" at the beginning or end means nothing and was ignored.',
    ),
    "question_mark_wildcard": (
        "“？”按通配符处理，代表任意一个字；要当作标点，请删去它。",
        '"？" is taken as a wildcard for any one character; if you mean a question mark, delete it.',
    ),
    "wildcards_not_literal": ("通配符不要求字形一致", "Wildcards do not match characters exactly"),
    # fields
    "field_empty": ("“{name}:”后面没有值", '"{name}:" has no value after it'),
    "field_empty_hint": (
        "请在冒号后面写值，例如 {example}；多个值写成 {name}:甲 OR {name}:乙。",
        "Type a value after the colon, as in {example}; "
        "for several, type {name}:one OR {name}:two.",
    ),
    "year_unreadable": ("看不懂的年份“{value}”", '"{value}" cannot be read as a year'),
    "year_unreadable_hint": (
        "年份写成四位数字，例如 year:2015 或 year:2015..2018。",
        "Type years with four digits, as in year:2015 or year:2015..2018.",
    ),
    "years_reversed": (
        "起始年份 {first} 晚于截止年份 {last}",
        "The first year, {first}, is later than the last, {last}",
    ),
    "years_typed_hint": ("请写成 年份:{first}..{last}。", "Type year:{first}..{last}."),
    "no_such_section": ("没有“{value}”这个栏目", 'There is no kind of section called "{value}"'),
    "no_such_genre": ("没有“{value}”这个体裁", 'There is no genre called "{value}"'),
    # regions
    "no_such_region": ("没有名为“{name}”的地区", 'There is no region called "{name}"'),
    "no_such_region_hint": (
        "请写行政区全称、简称或行政区划代码，如 {examples}。",
        "Type the region's full or short Chinese name or its division code, such as {examples}.",
    ),
    "regions_of_one_name": (
        "名为“{name}”的地区有 {count} 个，都包括在内",
        'Regions called "{name}", all of them included: {count}',
    ),
}
