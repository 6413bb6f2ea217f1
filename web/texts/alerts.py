"""Saved searches: the page, the feed, mails, and what the commands print."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the feed
    "feed": ("订阅", "Feed"),
    "feed_counts": ("{reports} 份报告，{hits} 处", "Reports: {reports}; hits: {hits}"),
    "feed_passage": ("见原文", "in the report"),
    # the page about a feed
    "subscribe": ("订阅", "Subscribe"),
    "subscribe_more": (
        "有新收入或改动的报告时得到通知",
        "Be told of reports that are new or have changed",
    ),
    "subscribe_title": ("订阅这次检索", "Subscribe to this search"),
    "subscribe_by_feed": ("用订阅阅读器", "With a feed reader"),
    "subscribe_what": (
        "把下面的地址加进订阅阅读器，很多邮件程序也能订阅。以后有新收入或改动的报告命中，阅读器里就多一条，"
        "附命中的原文和链接；每次最多 {most} 份，最近的在前。",
        "Add this address to a feed reader; many mail programs are one. Whenever a report that is found comes "
        "into the index or changes, the reader lists it with its passages and links: the latest {most} at a time.",
    ),
    "subscribe_address": ("订阅地址（Atom）", "Address of the feed (Atom)"),
    "subscribe_copy": ("复制地址", "Copy address"),
    "subscribe_here_only": (
        "这个地址只在这台电脑上打得开，网上的阅读器取不到；请用装在本机的阅读器。",
        "This address opens on this computer only: use a reader that runs here, none on the web.",
    ),
    "subscribe_look": (
        "给程序读的文件，浏览器里只见代码：",
        "It is made for programs; a browser shows code:",
    ),
    "subscribe_raw": ("直接打开", "open the feed"),
    "subscribe_by_saving": ("不用阅读器", "Without a reader"),
    "subscribe_saving": (
        "把检索保存在这里：每次更新索引后，新增、改动、不再命中的报告都列在“保存的检索”一页上。",
        "Save the search here: after each run of the index, reports that are new, changed or no longer found "
        "are listed with the saved searches.",
    ),
    # the page of results
    "since_last_visit": ("上次访问后新增", "New since your last visit"),
    # the page
    "save_search": ("保存检索", "Save search"),
    "save_search_more": (
        "以后有新增、改动、不再命中的报告，都会列出来",
        "Reports that are new, changed or gone will be listed",
    ),
    "saved_title": ("保存的检索", "Saved searches"),
    "saved_lead": (
        "每次更新索引后，与上次比对：哪些报告是新增的、命中的文字有改动的、不再命中的，每项变化提示一次。",
        "After each run of the index they are compared with what was told last: reports that are new, whose "
        "words found have changed, or that are no longer found, are told once.",
    ),
    "saved_none": (
        "还没有保存的检索。在检索结果页上按“保存检索”。",
        'There are none yet. Press "Save search" on a page of results.',
    ),
    "saved_reports": ("现有 {count} 份报告", "reports now: {count}"),
    "saved_compared": ("上次比对：{day}", "compared {day}"),
    "saved_sent_webhook": ("也送往一个网址", "sent to an address, too"),
    "saved_sent_mail": ("也发往一个邮箱", "sent to a mailbox, too"),
    "saved_waiting": ("（待送 {count}）", " (waiting: {count})"),
    "saved_trouble": ("上次没有比对：", "Not compared:"),
    "saved_unread": ("未读 {count} 条", "Unread: {count}"),
    "saved_more": (
        "另有 {count} 条，标为已读后继续列出",
        "More: {count}; they follow once these are read",
    ),
    "saved_all_unread": ("未读 {count} 条", "unread: {count}"),
    "saved_group_news": ("有变化", "With news"),
    "saved_group_trouble": ("没有比对", "Not compared"),
    "saved_group_rest": ("没有新的变化", "Nothing new"),
    "saved_find": ("按名称找", "Find by name"),
    "saved_find_button": ("找", "Find"),
    "saved_find_none": ("没有名称里有“{name}”的检索。", 'None has "{name}" in its name.'),
    "saved_find_all": ("全部列出", "List all"),
    "saved_others": ("再看 {count} 条", "{count} more"),
    "saved_mark_read": ("标为已读", "Mark as read"),
    "saved_remove": ("删除", "Remove"),
    "saved_remove_named": ("删除“{name}”", 'Remove "{name}"'),
    "saved_hint": (
        "想收到邮件或推送，请在命令行设定：",
        "To have news sent to an address or a mailbox, use the command line:",
    ),
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
    "alerts_unchanged": ("没有变化。", "Nothing new."),
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
