"""Verification of links and quotes: the page and what the terminal prints."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "verify": ("核对引文", "Verify quotes"),
    "verify_lead": (
        "把稿件、表格或同事的摘录放进来：其中每条引用链接，连同它近旁引号里或引用块里的引文，都与现在的报告核对；"
        "同一句有几处引文的，看哪一处是链接所指；"
        "标点、空格、全角半角不计，省略号处可有省略。近旁没有引文的，只核对链接。",
        "Every passage link of an article, a table or a colleague's findings, and the quote that stands beside "
        "it in quotation marks or in a block quote, is compared with the reports as they are now; of several "
        "in one sentence the one that is of the link's passage. Punctuation, "
        "spaces and widths do not count, and an ellipsis may leave something out. Where no quote is near, only "
        "the link is verified.",
    ),
    "verify_file": ("文件", "File"),
    "verify_formats": (
        "CSV、XLSX、Markdown、HTML、JSON 或纯文本；只用来核对，不会保存。",
        "CSV, XLSX, Markdown, HTML, JSON or plain text. It is only looked at, and not kept.",
    ),
    "verify_text": ("或粘贴文字", "Or paste a text"),
    "verify_do": ("核对", "Verify"),
    "verify_again": ("核对另一份", "Verify another"),
    "verify_pasted": ("粘贴的文字", "the text that was pasted"),
    "verify_no_quote": ("（没有引文）", "(no quote)"),
    "verify_well": ("全部都在。", "All of them still stand."),
    "verify_link_only": (
        "其中 {count} 条只核对了链接，没有引文可核对。",
        "Of {count} of these only the link was verified: there is no quote to compare.",
    ),
    "verify_unread": (
        "其中 {count} 条的同一句里另有引文没有核对，请自己看一看。",
        "Beside {count} of these the same sentence quotes something else, which was not verified: have a look.",
    ),
    "verify_total": ("{name}：{count} 条", "{name}: {count}"),
    "outcome_exact": ("一字不差", "exact"),
    "outcome_moved": ("换了位置", "moved"),
    "outcome_changed": ("与报告不符", "changed"),
    "outcome_gone": ("报告已不在", "gone"),
    "verify_first": (
        "下面是有问题的和移动过的前 {count} 条；全部结果请用命令 gongkai verify。",
        "Below are the first {count}, those that need a look first; gongkai verify gives all of them.",
    ),
    "verify_counts": (
        "一字不差 {exact}，换了位置 {moved}，与报告不符 {changed}，报告已不在 {gone}",
        "{exact} exact, {moved} moved, {changed} changed, {gone} gone",
    ),
    "verify_one": ("一条引用链接", "one passage link"),
    "column_outcome": ("结果", "outcome"),
    "column_now": ("现在的链接", "now"),
    "column_why": ("说明", "why"),
    "column_places": ("同文处数", "places"),
    "column_cited": ("原链接", "cited"),
}
