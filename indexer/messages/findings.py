"""What is said of findings, and of the files that they are read from."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "finding_changed": (
        "这段文字已经不在报告中，没有摘录",
        "The report does not say this any more; nothing was collected",
    ),
    "finding_changed_hint": (
        "请重新打开报告，选中文字再摘录。",
        "Open the report anew, select the text and collect it.",
    ),
    "no_such_finding": ("没有编号为 {number} 的摘录", "There is no finding {number}"),
    "no_such_finding_hint": (
        "它可能已被删除；请重新打开摘录页。",
        "It may have been deleted; open the page of findings anew.",
    ),
    "finding_edited": (
        "第 {number} 条摘录刚才已在别处改过，没有保存",
        "Finding {number} was changed elsewhere meanwhile; nothing was saved",
    ),
    "finding_edited_hint": (
        "您写的还在下面；改好后再保存一次，就会换掉现在的。",
        "What you wrote is below. Save it once more to replace what is kept now.",
    ),
    "finding_notes_too_long": (
        "第 {number} 条摘录的两份笔记合起来有 {count} 字，最多 {most} 字；一条也没有收入",
        "Both notes of finding {number} would have {count} characters, {most} at most; nothing was taken in",
    ),
    "finding_notes_too_long_hint": (
        "请先缩短其中一份，或选择只保留一方的笔记。",
        "Shorten one of them first, or choose to keep only one.",
    ),
    "finding_note_too_long": (
        "笔记“{text}……”有 {count} 字，最多 {most} 字；什么也没有保存",
        "The note “{text}……” has {count} characters, {most} at most; nothing was kept",
    ),
    "finding_label_too_long": (
        "标签“{text}……”有 {count} 字，最多 {most} 字；什么也没有保存",
        "The label “{text}……” has {count} characters, {most} at most; nothing was kept",
    ),
    "finding_quote_too_long": (
        "引文“{text}……”有 {count} 字，最多 {most} 字；什么也没有保存",
        "The quote “{text}……” has {count} characters, {most} at most; nothing was kept",
    ),
    "finding_too_long_hint": (
        "请缩短后再试一次。",
        "Shorten it and try again.",
    ),
    "findings_no_link": (
        "“{name}”中没有引用链接",
        "There is no passage link in “{name}”",
    ),
    "findings_no_link_hint": (
        "引用链接形如 …/reports/0123456789ab/12-34/89abcdef：在报告里打开一段，按“复制链接”就有。",
        "A passage link looks like …/reports/0123456789ab/12-34/89abcdef: open a passage in a report and press "
        "“Copy link”.",
    ),
    "findings_unreadable": ("“{name}”读不出来：{error}", "“{name}” cannot be read: {error}"),
    "findings_broken": ("表格读不出来：{error}", "The table cannot be read: {error}"),
    "findings_broken_hint": (
        "可用 CSV、XLSX、Markdown、HTML、JSON 或纯文本，编码用 UTF-8 或 GB18030。",
        "CSV, XLSX, Markdown, HTML, JSON and plain text are read, in UTF-8 or GB18030.",
    ),
    "findings_too_many": (
        "一份文件最多 {most} 条引用链接",
        "A file may have {most} passage links at most",
    ),
    "too_many_links": (
        "一次最多核对 {most} 条链接",
        "At most {most} links are verified at a time",
    ),
    "findings_nothing_sent": (
        "没有选择文件，也没有粘贴文字",
        "No file was chosen and no text pasted",
    ),
    "findings_nothing_sent_hint": (
        "请选择一份文件，或把文字粘贴到框里。",
        "Choose a file, or paste a text.",
    ),
}
