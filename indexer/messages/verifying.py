"""What became of a passage that a link or a quote is of."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "verify_changed": (
        "报告在，但其中已没有这段文字",
        "The report is here; it does not say this any more",
    ),
    "verify_misquoted": (
        "引文与报告不符，链接所指的是：{there}",
        "The quote is not what the report says. The link is of: {there}",
    ),
    "verify_loosely": (
        "标点、空格、字宽或省略之外，与报告相合",
        "Agrees with the report but for punctuation, spaces, widths or what is left out",
    ),
    "verify_places": (
        "报告中有 {count} 处同样的文字，这里是最可能的一处",
        "The report says the same in {count} places; this is the likeliest",
    ),
    "verify_short": (
        "原来所指的也可能是另一处同样的文字，请看前后文",
        "The link may have been of another place that said the same: look at what stands around it",
    ),
    "verify_by_check": (
        "只核对了链接，没有引文可核对",
        "Only the link was verified: there is no quote to compare",
    ),
    "verify_beside": (
        "同句另有引文，不在链接所指之处，没有核对：{quotes}",
        "Other quotes of the sentence are not of this passage and were not verified: {quotes}",
    ),
    "verify_compared": (
        "同句有 {count} 处引文，比对的是这一处",
        "The sentence has {count} quotes; this is the one that was compared",
    ),
    "verify_other_report": (
        "链接的报告已不在，现在是 {source}",
        "The report of the link is not here any more; it is now {source}",
    ),
    "verify_gone": (
        "链接的报告不在索引里",
        "The report of the link is not in the index",
    ),
    "verify_words": (
        "同样的文字见于 {count} 份报告，如 {source}，但不能断定是原来那份",
        "The same words stand in {count} reports, as in {source}; none is known to be the one that was cited",
    ),
}
