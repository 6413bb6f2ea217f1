"""Errors of the command line itself."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "file_not_regular": ("{file} 不是普通文件", "{file} is not a regular file"),
    "file_not_regular_hint": (
        "请指定一份 .txt、.md 或 .html 报告。",
        "Name one report, a .txt, .md or .html file.",
    ),
    # serving
    "public_url_bad": (
        "--public-url 不能是“{url}”：应为 http 或 https 的网址",
        '--public-url cannot be "{url}": it must be an http or https address',
    ),
    "public_url_more": (
        "--public-url 不能是“{url}”：网址只能有协议、主机名和端口",
        '--public-url cannot be "{url}": an address of scheme, host and port is wanted',
    ),
    "public_url_hint": (
        "写法如 https://reports.example.org；中文域名请写成 xn-- 开头的形式。",
        "Write it as in https://reports.example.org; names in other letters in their xn-- form.",
    ),
    "public_url_path": (
        "--public-url 不能是“{url}”：不支持域名下的子路径",
        '--public-url cannot be "{url}": a path below the host is not supported',
    ),
    "public_url_path_hint": (
        "请给这些网页一个单独的域名或端口，如 https://reports.example.org。",
        "Give the pages a host name or port of their own, as in https://reports.example.org.",
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
