"""What is said of what readers keep, and of requests that change it."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "saved_unusable": (
        "{path}（保存的检索和摘录）不能读写：{error}",
        "{path} (saved searches and findings) cannot be read or written: {error}",
    ),
    "saved_unusable_hint": (
        "请检查文件权限和磁盘空间；若文件已损坏，请从备份恢复，或把它移开（其中内容会不见）。",
        "Check the file's permissions and the space on the disk. If the file is damaged, restore it from a "
        "backup, or move it away (what it holds is then gone).",
    ),
    "saved_of_newer_version": (
        "保存的检索和摘录出自更新版本的 Gongkai（第 {there} 版，此处为第 {here} 版）",
        "Saved searches and findings are of a newer Gongkai (version {there}; this one has {here})",
    ),
    "saved_of_newer_version_hint": ("请更新 Gongkai。", "Update Gongkai."),
    "nothing_is_kept": (
        "这个网站不保存检索和摘录",
        "This site keeps no searches and findings",
    ),
    "nothing_is_kept_hint": (
        "在自己的电脑上用 gongkai serve 打开索引，就可以保存。",
        "On a machine of your own, open the index with gongkai serve to keep them.",
    ),
    "not_from_here": (
        "这个请求不是从本网站的页面发出的，没有执行",
        "This request did not come from a page of this site, and nothing was done",
    ),
    "not_from_here_hint": (
        "请重新打开页面，再试一次。",
        "Open the page anew and try again.",
    ),
    "body_too_large": (
        "发来的内容太大：最多 {most} KB",
        "What was sent is too large: at most {most} KB",
    ),
    "body_too_large_hint": ("请分成几份。", "Send it in parts."),
}
