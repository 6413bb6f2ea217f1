"""Errors of the command line itself."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "file_not_regular": ("{file} 不是普通文件", "{file} is not a regular file"),
    "file_not_regular_hint": (
        "请指定一份 .txt、.md 或 .html 报告。",
        "Name one report, a .txt, .md or .html file.",
    ),
    "no_samples": ("找不到示例资料 {folder}", "The sample reports are not in {folder}"),
    "no_samples_hint": (
        "gongkai demo 需要完整的源代码文件夹，请在其中运行。",
        "gongkai demo needs the whole source folder; run it there.",
    ),
    "port_closed": ("端口 {port} 打不开：{error}", "The port {port} cannot be opened: {error}"),
    "port_closed_hint": (
        "多半已有程序占用它；请换一个，如 --port {other}。",
        "Another program most likely uses it; choose another one, such as --port {other}.",
    ),
}
