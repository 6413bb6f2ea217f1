"""Lists of queries: their page, their files, their command."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "batch_title": ("批量", "Batch"),
    "batch_more": ("许多检索词一次查完", "Count many queries at once"),
    "batch_lead": (
        "每行一个检索词，最多 {most} 行。每行给出报告数、命中处数、最早的年份和地区，以及逐年、逐地区的报告数，"
        "与单独检索完全相同。",
        "A query a line, {most} at most. Each is told its reports and hits, the first year and region, and "
        "its reports by year and region: the same as a search of its own.",
    ),
    "batch_queries": ("检索词", "Queries"),
    "batch_file": ("或者选一个文件：文本、CSV、XLSX", "Or choose a file: text, CSV or XLSX"),
    "batch_file_more": (
        "表格取第一列，或者表头为“检索词”的那一列；选了文件，就不用框里的词。",
        "Of a table the first column, or the one headed “query”; with a file, what is typed is not used.",
    ),
    "batch_below": ("按哪一级地区统计", "Level of regions to count by"),
    "batch_below_children": (
        "省，或所选地区的下一级",
        "Provinces, or what is below the regions chosen",
    ),
    "batch_below_province": ("省", "Provinces"),
    "batch_below_city": ("市", "Cities"),
    "batch_below_county": ("县", "Counties"),
    "batch_below_town": ("乡镇", "Towns"),
    "batch_crossed": ("逐年逐地区细分（年份×地区）", "By year and region at once"),
    "batch_filters": ("只在这些报告里数：", "Only in these reports:"),
    "batch_start": ("开始", "Start"),
    "batch_state_running": ("正在计数", "Counting"),
    "batch_state_done": ("已完成", "Done"),
    "batch_state_cancelled": ("已停下", "Stopped"),
    "batch_state_failed": ("出错了，停在这里", "Stopped by an error"),
    "batch_progress": ("{done} / {lines} 行", "{done} of {lines} lines"),
    "batch_left": ("约剩 {seconds} 秒", "about {seconds} s left"),
    "batch_refused": ("有误的行：{count}", "Lines that are wrong: {count}"),
    "batch_same": ("重复的行：{count}", "Lines that repeat another: {count}"),
    "batch_again": ("看看到哪儿了", "See how far it is"),
    "batch_cancel": ("停下", "Stop"),
    "batch_resume": ("继续", "Go on"),
    "batch_download": ("下载 {form}", "Download {form}"),
    "batch_in_files": (
        "逐年、逐地区的数在下载的文件里。",
        "The figures by year and region are in the files to download.",
    ),
    "batch_another": ("另一份清单", "Another list"),
    "batch_shown": ("前 {count} 行；全部在文件里", "The first {count} lines; the files have all"),
    "batch_kept": (
        "这一页只有知道网址的人能打开；清单只保留到有更新的清单，或者服务重启为止。",
        "Only who knows its address can open this page; the list is kept until the server ends, or newer ones take "
        "its place.",
    ),
    "batch_line": ("行", "line"),
    "batch_query": ("检索词", "query"),
    "batch_understood": ("理解为", "understood as"),
    "batch_reports": ("报告", "reports"),
    "batch_hits": ("命中", "hits"),
    "batch_first_year": ("最早年份", "first year"),
    "batch_first_region": ("最早地区", "first region"),
    "batch_first_title": ("最早的报告", "first report"),
    "batch_first_link": ("链接", "link"),
    "batch_note": ("说明", "note"),
    "batch_code": ("区划代码", "code"),
    "batch_region": ("地区", "region"),
    "batch_year": ("年份", "year"),
    "batch_same_as": ("与第 {line} 行相同", "the same as line {line}"),
    "batch_between": ("；", "; "),
    "batch_a_line": (
        "清单的一行；年份和地区各列是报告数",
        "a line of the list; columns of years and regions have its reports",
    ),
    "batch_a_cell": ("清单的一行在一个地区一年里的数", "a line of the list in a region and a year"),
    "batch_lines": ("清单行数", "Lines"),
    # the command
    "command_batch": (
        "逐行数出 LIST（文本、CSV 或 XLSX；- 即标准输入）里的检索词。",
        "Count the queries of LIST, line by line: a file of text, CSV or XLSX, or - (standard input).",
    ),
    "option_format_batch": (
        "格式：csv、xlsx、jsonl 或 md；不写则看文件名",
        "Form: 'csv', 'xlsx', 'jsonl' or 'md' (default: by the name of the file, else CSV).",
    ),
    "option_output_batch": (
        "写入的文件；中断后用同样的命令可以接着数",
        "File to write; the same command goes on where one was stopped.",
    ),
    "option_below_batch": (
        "地区：children（下一级）、province、city、county",
        "Which regions are told: 'children' (default: provinces, or what is below the regions chosen), "
        "'province', 'city', 'county' or 'town'.",
    ),
    "option_silent_batch": (
        "反过来：数没有这样说的报告",
        "The complement: reports that do not say it.",
    ),
    "option_crossed_batch": ("逐年逐地区细分", "By year and region at once."),
    "command_counting": ("计数", "Counting"),
    "command_batch_resumed": (
        "接着上次的数，已有 {done} 行。",
        "Going on with what was counted before. Lines: {done}.",
    ),
    "command_batch_anew": (
        "上次的清单、查法或索引不同，从头数起。",
        "What was counted before is of another list, other options or another index: beginning anew.",
    ),
    "command_batch_done": (
        "已写入 {file}：{lines} 行，有误 {refused} 行。",
        "Written to {file}. Lines: {lines}; wrong: {refused}.",
    ),
    "command_batch_stopped": (
        "已中止，数过的都留着；用同样的命令接着数。",
        "Stopped. What is counted is kept: the same command goes on.",
    ),
}
