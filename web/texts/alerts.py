"""Saved searches: the page, the feed, mails, and what the commands print."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # a message
    "alert_subject": ("公开 · {name}：{changes}", "Gongkai · {name}: {changes}"),
    "alert_intro": (
        "保存的检索“{name}”有变化：",
        'There are changes to the saved search "{name}":',
    ),
    "alert_between": ("，", ", "),
    "alert_new": ("新增 {count}", "new {count}"),
    "alert_changed": ("有改动 {count}", "changed {count}"),
    "alert_gone": ("不再命中 {count}", "no longer found {count}"),
    # the command
    "alerts_none": ("还没有保存的检索。", "There are no saved searches yet."),
    "alerts_added": (
        "已保存“{name}”：现有 {reports:,} 份报告，以后的变化会告诉您。",
        'Saved "{name}". Reports now: {reports:,}; you will be told of changes.',
    ),
    "alerts_removed": ("已删除“{name}”。", 'Removed "{name}".'),
    "alerts_item": (
        "{id}  {name}：{reports:,} 份报告，{unread:,} 条未读",
        "{id}  {name}. Reports: {reports:,}; unread: {unread:,}",
    ),
    "alerts_asked": ("    {address}", "    {address}"),
    "alerts_target": ("    送往 {address}", "    sent to {address}"),
    "alerts_waiting": (
        "    待送 {count:,} 封：{trouble}",
        "    waiting: {count:,} ({trouble})",
    ),
    "alerts_not_tried": ("尚未尝试", "not tried yet"),
    "alerts_trouble": ("    没有比对：{trouble}", "    not compared: {trouble}"),
    "alerts_outcome": ("{name}：{changes}", "{name}: {changes}"),
    "alerts_unchanged": ("没有变化", "nothing new"),
    "alerts_outcome_trouble": (
        "{name}：没有比对（{trouble}）",
        "{name}: not compared ({trouble})",
    ),
    "alerts_report": ("  {what}  {title}", "  {what}  {title}"),
    "alerts_more": ("  另有 {count:,} 份", "  and {count:,} more"),
    "alerts_sent": ("送出 {count:,} 封通知。", "Messages sent: {count:,}."),
    "alerts_unsent": (
        "没有送到 {address}：{trouble}；以后再试。",
        "Not sent to {address}: {trouble}. It will be tried again.",
    ),
    "what_new": ("新增", "new"),
    "what_changed": ("改动", "changed"),
    "what_gone": ("不再命中", "gone"),
}
