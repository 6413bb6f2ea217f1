"""The page that explains the API, and the words of its OpenAPI document."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "api_title": ("程序接口", "API"),
    "api_about": (
        "只读的 JSON 接口，不需要登录。位置按统一文本（标题和各行用换行相连）里的字数计，不含结束位置。"
        "每个回答带 ETag，索引不变就可以回 304。",
        "A JSON interface to read from; no account is needed. Offsets count code points of a "
        "report's canonical text (title and lines joined by line feeds), end exclusive. Every "
        "answer has an ETag, and is 304 until the index changes.",
    ),
    "api_document": ("OpenAPI 3.1 文档", "OpenAPI 3.1 document"),
    "api_elsewhere": ("Python、工具、打包", "Python, tools, handing over"),
    "api_python": (
        "在 Python 或 Jupyter 里：检索、逐处、趋势、成批计数，可转成 pandas 和 Polars 的表。",
        "In Python or Jupyter: search, hits, trend and counts of lists, as pandas and Polars frames.",
    ),
    "api_tools": (
        "给会用工具的程序（MCP，经标准输入输出，只读）：只给出核对过的原文和链接。",
        "For programs that use tools (MCP, over standard input and output, read-only): verified quotes with "
        "their links alone.",
    ),
    "api_cors": (
        "让别的网站的网页读取这个接口（GET，不带登录）。",
        "To let pages of another site read this API (GET, without a login).",
    ),
    "api_pack": (
        "交给别人：把资料、索引和摘录打成一个文件，对方核对后打开。",
        "To hand over: corpus, index and findings as one file, which is verified when it is opened.",
    ),
    "api_parameters": ("参数", "Parameters"),
    "api_parameter": ("名称", "Name"),
    "api_values": ("取值", "Values"),
    "api_meaning": ("含义", "Meaning"),
    "api_repeats": ("可重复", "may repeat"),
    "api_required": ("必填", "required"),
    "api_default": ("默认 {value}", "default {value}"),
    "api_longest": ("最多 {count} 字", "at most {count} characters"),
    "api_none": ("没有参数。", "No parameters."),
    "api_example": ("例子", "Example"),
    "api_open": ("打开这个例子", "Open this example"),
    # paths
    "api_counts": (
        "批量计数：许多检索词各有多少份报告、多少处命中，逐年、逐地区多少，谁最早说。"
        "有误的检索词在自己的位置上说明，不影响其他。",
        "Counts of many queries: the reports and hits of each, by year and by region, and who said it first. "
        "A query that cannot be answered has its error in its place, and stops no other.",
    ),
    "api_q_counted": (
        "检索词，可重复，逐个作答，写法同网页的搜索框。",
        "A query, in the language of the search box; it may stand many times, and each is answered.",
    ),
    "api_crossed": ("每个地区再逐年细分", "The years of each region, too."),
    "api_search": (
        "检索：符合条件的报告、段落和各项筛选的数目，总数都是确数。",
        "Search: the reports that match, their passages and the counts of all filters. "
        "Totals are exact.",
    ),
    "api_trend": (
        "趋势：各年、各地区各年有多少报告，其中多少这样说、几处；谁最先说。",
        "Trend: by year, and by region and year, how many reports there are, how many of them say it "
        "and how often; who said it first.",
    ),
    "api_concordance": (
        "逐处列出：符合条件的每一处连同前后文，各有可以引用的链接。",
        "Every hit in its line, with what stands around it and a link to quote it.",
    ),
    "api_all_hits": (
        "取走全部各处，一次最多一千处：把回答里的 next 作为 cursor 送回，直到它是 null。"
        "索引中途更新时回 409，要从头开始，不会悄悄漏掉或重复。",
        "All hits, a thousand at most at a time: send next of each answer as the cursor, until it is null. "
        "Where the index changes in between, the answer is 409, and one begins again: nothing is missed "
        "or had twice in silence.",
    ),
    "api_export": (
        "整个视图存成文件：CSV、Excel、JSON Lines 或 Markdown，边算边送，不设上限。"
        "文件开头说明查的是什么，结尾是行数；没有结尾就是没有收完。",
        "A view as a file: CSV, Excel, JSON Lines or Markdown, sent while it is made, without a limit. It "
        "begins with what was asked and ends with the number of its rows; without that end it was cut.",
    ),
    "api_collocates": (
        "各处前面或后面紧挨着的词，附次数和报告数。",
        "The words that follow the hits, or that precede them, with counts.",
    ),
    "api_report": (
        "一份报告的全文和各行的位置。",
        "The whole text of a report, and where its lines start.",
    ),
    "api_hits": (
        "检索词在一份报告里的每一处，各有可以引用的链接。",
        "Every hit of a query in one report, each with a link to quote.",
    ),
    "api_similar": (
        "与一份报告相似的报告：两份各有多少文字也见于另一份。",
        "The reports that have most of their text in common with one: how much of each stands in the other.",
    ),
    "api_echoes": (
        "一份报告（或其中一段，给出 start 和 end）的各句：别的报告有没有，谁先说的，改了多少，以及全文有多少是先前已有的。",
        "The sentences of a report, or of a passage in it (start and end): which other reports have them, who "
        "said them first, what was changed, and how much of the report was said before.",
    ),
    "api_laziest": (
        "符合条件的报告，先前已有的文字所占比例大的在前。",
        "The reports that a search finds, by the share of each that was said before, the greatest first.",
    ),
    "api_passage_start": (
        "段落从全文的第几个字之后开始（与 end 一起给出）",
        "Where the passage begins; with end.",
    ),
    "api_passage_end": ("段落到第几个字为止", "Where the passage ends, exclusive."),
    "api_suggest": (
        "输入时的建议：标题、栏目和常见说法。",
        "Suggestions while one types: titles, headings and frequent phrases.",
    ),
    "api_suggest_browser": (
        "同上，按浏览器搜索栏要的格式（OpenSearch）。",
        "The same as browsers take them (OpenSearch).",
    ),
    "api_regions": (
        "有报告的地区，上级在前，附报告数。",
        "The regions that have reports, with counts, each after the one it is in.",
    ),
    "api_findings": (
        "摘录：链接、引文、标签、笔记和引注。",
        "Findings: link, quote, label, note and citation.",
    ),
    "api_verify": (
        "核对引用链接和引文：一字不差、换了位置、与报告不符，还是报告已不在。",
        "Passage links and quotes against the reports as they are now: exact, moved, changed or gone.",
    ),
    "api_label": ("只要这个标签的摘录", "Only findings of this label"),
    "api_verify_link": ("引用链接", "A passage link"),
    "api_verify_quote": (
        "引文；第一条属于第一个链接，依次类推",
        "What it quotes: the first that of the first link, and so on",
    ),
    "api_compare": (
        "两份报告逐段对比：新增、删去、改动、移位和照录，以及沿用文字的比例。",
        "Two reports line by line: new, dropped, changed, moved and copied lines, and the share of "
        "text that is carried over.",
    ),
    # parameters
    "api_q": (
        "检索式，写法与检索框相同；空着就是全部报告。",
        "The query, as in the search box; empty means every report.",
    ),
    "api_q_here": (
        "检索式，写法与检索框相同。",
        "The query, as in the search box.",
    ),
    "api_year_from": ("起始年度，含当年。", "First year, inclusive."),
    "api_saved": (
        "保存的检索，以及各自未读的变化。",
        "Saved searches, each with what is new of it and was not read yet.",
    ),
    "api_since": (
        "只要这一天或这一刻（UTC）起收入索引或有改动的报告。",
        "Only reports that came into the index, or changed there, on that day or at that time (UTC), or later.",
    ),
    "api_year_to": ("截止年度，含当年。", "Last year, inclusive."),
    "api_scope": (
        "各词须同在一份报告（report）还是同一章节（section）。",
        "Whether all words must stand in one report or in one section.",
    ),
    "api_literal": (
        "字形须完全一致：区分繁简、引号和空格。",
        "Match characters exactly: scripts, quotes and spaces count.",
    ),
    "api_words": (
        "没有引号的文字拆成各词，各词在同一章节里即可；不选则须连写。",
        "The words of a text without quotes may stand apart in one section; else it is a phrase.",
    ),
    "api_whole": (
        "只要整词：起止都在词的边界上的才算。",
        "Only hits count that begin and end where words do.",
    ),
    "api_silent": (
        "反过来：合乎筛选和检索词里的字段、却没有这样说的报告。",
        "The complement: the reports that pass the filters, meet the fields of the query, "
        "and do not say it.",
    ),
    "api_sort": ("排序。", "Order of the reports."),
    "api_page": ("第几页。", "Which page."),
    "api_size": ("每页报告数。", "Reports on a page."),
    "api_size_lines": ("每页几处。", "Hits on a page."),
    "api_size_part": ("一次几处。", "Hits in one answer."),
    "api_cursor": (
        "上一个回答里的 next；不带就从头开始。",
        "next of the answer before; without it, the first hits.",
    ),
    "api_view": (
        "哪一个表：报告（reports）、逐处（hits）、各年（trend）、各地区各年（matrix）、没有说的报告（silent）。",
        "Which table: reports, hits, by year (trend), by region and year (matrix), reports that do not say "
        "it (silent).",
    ),
    "api_format": ("文件格式。", "The form of the file."),
    "api_size_firsts": ("每页列几个地区的最早一份。", "Regions on a page of firsts."),
    "api_passages_first": (
        "0：最早的各份不附段落；否则各附一段。",
        "0: firsts come without a passage; else each has one.",
    ),
    "api_below": (
        "列哪些地区：所选地区的下一级（children），或其中的省、市、县、乡。",
        "Which regions are listed: those right below the ones chosen (children), or all provinces, "
        "cities, counties or towns in them.",
    ),
    "api_order": (
        "次序：按报告（report，报告依 sort 排）、前文（left）或后文（right）。",
        "Order: by reports (report; these as sort says), by what precedes (left) or follows (right).",
    ),
    "api_side": (
        "数哪一边的词：后面（right）还是前面（left）。",
        "Which words are counted: those that follow (right) or precede (left).",
    ),
    "api_limit_words": ("最多几个词。", "Most words."),
    "api_passages": ("每份报告最多列出几段。", "Most passages shown of a report."),
    "api_typed": ("已经输入的字。", "What was typed."),
    "api_limit": ("最多几条建议。", "Most suggestions."),
    "api_id": (
        "报告编号（12 位十六进制），检索结果里有；旧编号会转到新编号。",
        "Id of the report (12 hex digits), as in search results; former ids redirect.",
    ),
    "api_compare_a": ("左边报告的编号。", "Id of the report on the left."),
    "api_compare_b": ("右边报告的编号。", "Id of the report on the right."),
    "api_compare_state": ("只要这一类段落。", "Only the lines of this state."),
    # links
    "api_links": ("引用链接", "Links to quote"),
    "api_links_text": (
        "起止位置和引文的校验码，校验码是引文 UTF-8 的 SHA-256 前 8 位十六进制数。"
        "报告改动后，链接会按校验码找到引文的新位置；引文已改或删去，页面会明说。",
        "Start, end and checksum of the quoted text: the first 8 hex digits of the SHA-256 of its "
        "UTF-8. After a report was edited the link finds the text by its checksum; where the text "
        "has changed or gone, the page says so.",
    ),
    # errors
    "api_errors": ("出错时", "Errors"),
    "api_errors_text": (
        "一律是下面的格式；position 是检索式里出错的字（从 0 数起），hint 是改法，两者不一定有。"
        "message 和 hint 的语言随网页界面（gongkai-language 这个 cookie），默认中文；"
        "程序请看 key 和 values。",
        "All have this shape; position is the character of the query that is wrong (from 0), hint "
        "what to do; they may be missing. message and hint are in the language of the pages (the "
        "cookie gongkai-language), Chinese by default; key and values are for programs.",
    ),
    "api_status_301": ("编号已变，转到新地址", "The id has changed; the new address"),
    "api_status_304": ("与上次相同（If-None-Match）", "Unchanged (If-None-Match)"),
    "api_status_400": ("检索式或参数有误", "The query or a parameter is wrong"),
    "api_status_401": (
        "网站有用户名和密码，请用 HTTP Basic",
        "The site has users: send a name and password with HTTP Basic",
    ),
    "api_status_404": ("没有这份报告", "There is no such report"),
    "api_status_405": ("只接受 GET 和 HEAD", "Only GET and HEAD are taken"),
    "api_status_409": (
        "索引变了，cursor 已经无效",
        "The index has changed, and the cursor is of no use any more",
    ),
    "api_status_413": ("检索式或参数太长", "The query or a parameter is too long"),
    "api_status_429": (
        "请求太密，Retry-After 说明过几秒再来",
        "Too many requests; Retry-After says in how many seconds to try again",
    ),
    "api_status_500": ("程序出错", "The program failed"),
    "api_status_503": (
        "索引暂时不能用，或者正忙",
        "The index cannot be used now, or the server is busy",
    ),
    "api_status_504": (
        "太费时或太费内存，已停下；hint 说明怎样缩小范围",
        "It took too long or too much memory and was stopped; the hint says what to narrow",
    ),
}
