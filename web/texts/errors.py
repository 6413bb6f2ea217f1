"""Errors as pages."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "error_title": ("出错了", "Something went wrong"),
    "error_query": ("检索词看不懂", "The query cannot be understood"),
    "error_400": ("请求有误", "The request is not valid"),
    "error_403": ("没有执行", "Refused"),
    "error_404": ("没有找到", "Not found"),
    "error_413": ("请求太大", "The request is too large"),
    "error_429": ("请稍候", "One moment"),
    "error_503": ("索引暂时不能用", "The index cannot be used right now"),
    "error_504": ("检索太费时", "This takes too long"),
    "error_busy": ("正忙", "Busy"),
    "error_500": ("程序出错了", "The program failed"),
    "error_place": ("问题在第 {number} 个字处：", "At character {number}:"),
    "error_end": ("问题在末尾：", "At the end:"),
    "error_home": ("回到首页", "Back to the home page"),
}
