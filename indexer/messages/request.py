"""What is said of a request: its parameters beside the query, its size, its address."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # parameters
    "q_missing": ("缺少参数 q", "The parameter q is missing"),
    "q_missing_hint": ("q 是要在这份报告里找的检索词。", "q is what to look for in this report."),
    "no_queries": ("没有检索词：缺少参数 q", "There is no query: the parameter q is missing"),
    "no_queries_hint": (
        "每个检索词写一个 q，如 {example}。",
        "Give a q for each query, as in {example}.",
    ),
    "too_many_queries": (
        "检索词太多：{count} 个，最多 {most} 个",
        "Too many queries: {count}. At most: {most}",
    ),
    "too_many_queries_hint": (
        "请分几次查，或用网页的“批量”或命令 gongkai batch：那里最多 10,000 行。",
        "Ask in several requests; lists on the page, and gongkai batch, take 10,000 lines.",
    ),
    "one_value": ("参数 {name} 只能有一个值", "Only one value of {name} is allowed"),
    "one_value_hint": ("请只保留一个。", "Keep one of them."),
    "bad_value": ("参数 {name} 不能是“{value}”", '{name} cannot be "{value}"'),
    "since_hint": (
        "请写日期或时刻（UTC），如 2026-11-29 或 2026-11-29T15:00:00Z。",
        "Give a day or a time in UTC, such as 2026-11-29 or 2026-11-29T15:00:00Z.",
    ),
    "bad_number": ("参数 {name} 不能是 {value}", "{name} cannot be {value}"),
    "whole_number": ("应为整数。", "It must be a whole number."),
    "whole_number_between": (
        "应为 {least} 到 {most} 的整数。",
        "It must be a whole number from {least} to {most}.",
    ),
    "whole_number_from": (
        "应为不小于 {least} 的整数。",
        "It must be a whole number of at least {least}.",
    ),
    "bad_span": (
        "start 和 end 没有划出一段文字",
        "start and end do not mark a passage",
    ),
    "bad_span_hint": (
        "两个都要给出，start 要小于 end。",
        "Give both; start must be less than end.",
    ),
    "allowed_values": ("可用的值：{allowed}。", "Allowed values: {allowed}."),
    "nearest_value": ("是不是“{near}”？{allowed}", 'Did you mean "{near}"? {allowed}'),
    "years_swapped_hint": ("请对调两个年份。", "Swap the two years."),
    "cursor_hint": (
        "请原样送回上一个回答里的 next；从头开始就不要带 cursor。",
        "Send the value of next in the answer before as it is; to begin, leave cursor out.",
    ),
    "cursor_of_another": (
        "这个 cursor 是另一次检索的",
        "This cursor belongs to another search",
    ),
    "cursor_of_another_hint": (
        "检索式、筛选和次序须与取得 cursor 时相同，只有 size 可以改；否则请去掉 cursor，从头开始。",
        "Query, filters and order must be those of the answer that gave the cursor, only size may "
        "differ; else begin again without a cursor.",
    ),
    "cursor_outdated": (
        "索引在两次请求之间更新了，各处的次序可能已变",
        "The index has changed since the answer before: hits may have other numbers now",
    ),
    "cursor_outdated_hint": (
        "请去掉 cursor，从头开始；回答里的 generation 说明是哪一个索引。",
        "Begin again without a cursor; generation in each answer tells which index it is of.",
    ),
    # limits
    "query_too_long": (
        "查询太长：{count} 字，最多 {most} 字",
        "The query is too long. Characters: {count}; at most: {most}",
    ),
    "query_too_long_hint": ("请缩短查询。", "Shorten the query."),
    "also_too_long": (
        "相比的检索词太长：共 {count} 字，最多 {most} 字",
        "The queries to compare with are too long. Characters: {count}; at most: {most}",
    ),
    "too_many_values": (
        "参数 {name} 的值太多：{count} 个，最多 {most} 个",
        "Too many values of {name}: {count}. At most: {most}",
    ),
    "too_many_values_hint": ("请减少筛选条件。", "Choose fewer filters."),
    "too_many_rows": (
        "这样列出的地区太多，最多 {most} 个",
        "Too many regions to list. At most: {most}",
    ),
    "too_many_rows_hint": (
        "请先选一个省或市，或者列出更高一级的地区。",
        "Choose a province or a city first, or list regions of a higher level.",
    ),
    "too_long_to_compare": (
        "《{title}》太长，不能对比：{characters} 字，{lines} 行",
        '"{title}" is too long to be compared. Characters: {characters}; lines: {lines}',
    ),
    "too_long_to_compare_hint": (
        "最多对比 {characters} 字、{lines} 行的报告。",
        "Reports of at most {characters} characters and {lines} lines can be compared.",
    ),
    "budget_time": (
        "这个请求太费时：处理时间超过 {seconds} 秒，已停下",
        "The request takes too long: it was stopped after {seconds} s of computing time",
    ),
    "budget_memory": (
        "这个请求太费内存：需要超过 {megabytes} MB，没有执行",
        "The request is too large: it would need more than {megabytes} MB of memory",
    ),
    "budget_hint": (
        "请减少用 OR 并列的词，用长些的词代替单字，少用 NEAR、通配符，不选“字形须完全一致”；列出各处或搭配时，"
        "先选年份或地区。在本机运行 gongkai search 或 gongkai export 没有这个限制。",
        "Use fewer words with OR, longer words instead of single characters, fewer NEAR and wildcards, and "
        "look for any spelling; for lines and words beside, choose a year or region first. The commands "
        "gongkai search and gongkai export have no such limit.",
    ),
    "crowded": (
        "几个很费时的请求正在处理，这个没有执行",
        "Several requests that take long are being answered; this one was not",
    ),
    "crowded_hint": (
        "请过一会儿再试，或者缩小检索范围。",
        "Try again in a moment, or look for less.",
    ),
    "budget_compare_hint": (
        "这两份报告太长，相同之处又少；请另选一份对比。",
        "These reports are long and have little in common; choose another one to compare.",
    ),
    "budget_marks": (
        "这份报告里有 {count:,} 处，太多；最多标 {most:,} 处",
        "The report has too many hits to mark them: {count:,}. At most: {most:,}",
    ),
    "budget_marks_hint": (
        "请用长些的词再找。",
        "Look for a longer word.",
    ),
    # reports
    "no_such_report": ("没有编号为 {id} 的报告", "There is no report with the id {id}"),
    "no_such_report_hint": (
        "它可能已从资料中移除；请用标题重新搜索。",
        "It may have been removed from the collection; search for its title.",
    ),
    "compare_missing": ("缺少参数 {name}", "The parameter {name} is missing"),
    "compare_missing_hint": (
        "a 和 b 是要对比的两份报告的编号；报告页上有“对比”链接。",
        "a and b are the ids of the two reports to compare; pages of reports link to comparisons.",
    ),
    "compare_same": ("a 和 b 是同一份报告", "a and b are the same report"),
    "compare_same_hint": (
        "请另选一份报告。",
        "Choose another report.",
    ),
    "original_unknown": (
        "不知道原件在哪个文件夹：再运行一次 gongkai index，或者用 gongkai serve --corpus 指明",
        "It is not known in which folder the original files are: run gongkai index once more, or name it "
        "with gongkai serve --corpus",
    ),
    "original_closed": (
        "原件所在的文件夹现在打不开",
        "The folder of the original files is not there now",
    ),
    "original_missing": (
        "原件已不在原来的位置",
        "The original file is no longer where it was",
    ),
    "original_outside": (
        "原件是通向文件夹以外的链接，不在此提供",
        "The original file is a link that leads out of its folder, and is not given out here",
    ),
    "original_changed": (
        "建立索引之后改过，与本页的文字可能不同",
        "changed since it was indexed: its text may differ from this page",
    ),
    "original_no_pages": (
        "只有没改过的 PDF 原件才能显示页面图像",
        "Pages are shown only of a PDF that has not changed since it was indexed",
    ),
    "too_busy": (
        "正忙，请稍后再试",
        "The server is busy; try again in a moment",
    ),
    "no_original_hint": ("报告的文字仍可在报告页上看。", "The report's page still has its text."),
    "no_such_span": (
        "这份报告里没有这一段：位置超出全文，或写法不对。",
        "The report has no such passage: it lies outside the text, or is not written as it should.",
    ),
    "no_such_span_hint": (
        "地址应为 /reports/编号/起-止，数的是全文第几个字，例如 120-150。",
        "The address is /reports/id/start-end, counted in characters of the text, as in 120-150.",
    ),
    # files to take away
    "export_not_whole": (
        "文件不完整：写了 {written} 行，应有 {count} 行",
        "The file is not complete. Rows written: {written}; there should be: {count}",
    ),
    "export_no_room": (
        "写不成文件：{error}",
        "The file cannot be written: {error}",
    ),
    "export_no_room_hint": (
        "临时文件夹可能满了：请腾出空间，或改用 CSV，它不占磁盘。",
        "The folder for temporary files may be full: make room in it, or take CSV, which needs none.",
    ),
    # addresses
    "no_such_page": ("没有这个页面。", "There is no such page."),
    "method_not_allowed": (
        "这个地址不接受这种请求方法。",
        "This address does not accept this request method.",
    ),
    "unexpected": (
        "程序出了意外，详情已记入日志。",
        "The program failed unexpectedly; the details are in the log.",
    ),
    "lost_workers": (
        "回答这个请求的进程意外终止了。",
        "The processes that were answering this request ended unexpectedly.",
    ),
    "lost_workers_hint": (
        "请稍后再试；若总是这样，请管理员查看日志、内存和磁盘（gongkai check）。",
        "Try again; if it is always so, whoever runs the server looks at log, memory and disk (gongkai check).",
    ),
    "not_handled": (
        "请求不能处理（HTTP {status}）。",
        "The request cannot be handled (HTTP {status}).",
    ),
}
