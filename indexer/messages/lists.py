"""What is said of a list of queries that cannot be counted."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "list_empty": ("清单里没有检索词", "There is no query in the list"),
    "list_empty_hint": (
        "每行写一个检索词；表格里取第一列，或者表头为“{heading}”的那一列。",
        'Write a query a line; of a table the first column is taken, or the one headed "{heading}".',
    ),
    "list_too_long": (
        "清单太长：{count} 行，最多 {most} 行",
        "The list is too long. Lines: {count}; at most: {most}",
    ),
    "list_too_long_hint": ("请分成几份。", "Divide it into several lists."),
    "list_not_csv": ("这不是 CSV 表格：{error}", "This is no CSV table: {error}"),
    "list_not_csv_hint": (
        "请另存为 CSV（UTF-8）或 XLSX，或者每行一个检索词的文本。",
        "Save it as CSV (UTF-8) or XLSX, or as a text of one query a line.",
    ),
    "list_too_big": (
        "清单太大：{size:,} KB，最多 {most:,} KB",
        "The list is too big. KB: {size:,}; at most: {most:,}",
    ),
    "list_too_big_hint": (
        "请分成几份，每份最多 {lines:,} 行；表格只留检索词那一列，另存为 CSV 或文本，会小得多。",
        "Divide it into several lists, of {lines:,} lines at most. A table is far smaller with the column of "
        "queries alone, saved as CSV or text.",
    ),
    "list_no_job": ("没有这份清单", "There is no such list"),
    "list_no_job_hint": (
        "清单只保留一段时间，服务重启后也就没有了；请再提交一次。",
        "Lists are kept for a while, and not when the server is started anew: send it again.",
    ),
    "list_busy": (
        "正在计数的清单已有 {most} 份",
        "Lists that are being counted already: {most}",
    ),
    "list_busy_hint": ("请等其中一份完成再提交。", "Wait until one of them is done."),
    "list_not_done": ("这份清单还没有数完", "This list is not counted to its end yet"),
    "list_not_done_hint": ("请等它完成，或者让它继续。", "Wait until it is, or have it go on."),
    "list_not_written": (
        "不能写入 {file}：{error}",
        "{file} cannot be written: {error}",
    ),
    "list_not_written_hint": (
        "请用 --output 指定可以写入的位置。",
        "Name a place that can be written to by --output.",
    ),
    "list_being_counted": (
        "另一个 gongkai batch 正在数这份清单：{file}",
        "Another gongkai batch is counting this list: {file}",
    ),
    "list_being_counted_hint": (
        "请等它完成；要同时数，请用 --output 指定另一个文件。",
        "Wait until it is done; to count at the same time, name another file by --output.",
    ),
}
