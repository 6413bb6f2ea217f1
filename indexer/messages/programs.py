"""What programs are told that open an index: captions of answers, arguments that are wrong, what is missing."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # captions
    "answer_reports": (
        "{query}：{reports:,} 份报告，{hits:,} 处",
        "{query}. Reports: {reports:,}; hits: {hits:,}",
    ),
    "answer_hits": (
        "{query}：{hits:,} 处，在 {reports:,} 份报告里",
        "{query}. Hits: {hits:,}; reports that hold them: {reports:,}",
    ),
    "answer_spread": (
        "{query}：{reports:,} 份报告中有 {matching:,} 份，共 {hits:,} 处",
        "{query}. Reports looked in: {reports:,}; found: {matching:,}; hits: {hits:,}",
    ),
    "answer_counts": (
        "{queries:,} 条检索，其中 {wrong:,} 条无法理解",
        "Queries: {queries:,}; not understood: {wrong:,}",
    ),
    "answer_cells": ("共 {rows:,} 格", "Cells: {rows:,}"),
    "answer_report": ("{title}（{region} {year}）", "{title} ({region} {year})"),
    "rows_left_out": (
        "共 {rows:,} 行，这里是 {shown} 行",
        "Rows: {rows:,}; shown here: {shown}",
    ),
    "index_is_open": (
        "索引（{generation}）：{reports:,} 份报告",
        "Index ({generation}). Reports: {reports:,}",
    ),
    # errors
    "index_was_closed": ("索引已经关闭", "The index was closed"),
    "index_was_closed_hint": (
        "请再用 open_index 打开，在 with 里面提问。",
        "Open it again with open_index, and ask inside of the with block.",
    ),
    "no_such_argument": ("没有参数 {name}", "There is no argument {name}"),
    "nearest_argument": (
        "是不是 {near}？可用的参数：{allowed}。",
        "Did you mean {near}? Arguments: {allowed}.",
    ),
    "argument_is_text": ("应为文字（str）。", "It must be text (str)."),
    "argument_is_number": ("应为整数（int）。", "It must be a whole number (int)."),
    "argument_is_switch": ("应为 True 或 False。", "It must be True or False."),
    "package_missing": ("没有安装 {package}", "{package} is not installed"),
    "package_missing_hint": (
        "请运行 pip install {package}。",
        "Run: pip install {package}",
    ),
}
