"""Errors as pages."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "error_title": ("出错了", "Something went wrong"),
    "error_query": ("检索词看不懂", "The query cannot be understood"),
    "error_400": ("请求有误", "The request is not valid"),
    "error_404": ("没有找到", "Not found"),
    "error_413": ("请求太大", "The request is too large"),
    "error_503": ("索引暂时不能用", "The index cannot be used right now"),
    "error_500": ("程序出错了", "The program failed"),
    "error_place": ("问题在第 {number} 个字处：", "At character {number}:"),
    "error_end": ("问题在末尾：", "At the end:"),
    "error_home": ("回到首页", "Back to the home page"),
}

HTTP: dict[int | None, tuple[str, str]] = {
    404: ("没有这个页面。", "There is no such page."),
    405: ("这个地址不接受这种请求方法。", "This address does not accept this request method."),
    500: (
        "程序出了意外，详情已记入日志。",
        "The program failed unexpectedly; the details are in the log.",
    ),
    None: (
        "请求不能处理（HTTP {status}）。",
        "The request cannot be handled (HTTP {status}).",
    ),
}
"""Messages by status, None for any other; JSON has the Chinese one, pages the reader's."""
