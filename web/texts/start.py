"""The start page: examples, the corpus at a glance; and the files that are not in the index."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "start_title": ("公开：政府报告全文检索", "Gongkai: search government reports"),
    "start_lead": (
        "{reports} 份报告 · {sections} 个章节",
        "Reports: {reports} · Sections: {sections}",
    ),
    "start_characters": (" · {count} 字（标点不计）", " · Characters: {count}"),
    "start_empty": ("索引里还没有报告。", "There are no reports in the index yet."),
    "start_empty_hint": (
        "把报告放进一个文件夹，再建立索引：",
        "Put reports into a folder and index it:",
    ),
    "start_folder": ("文件夹", "FOLDER"),
    "start_file": ("文件", "FILE"),
    "start_warming": (
        "例子和概览还在准备；稍后重新载入此页，就能看到。现在已经可以检索。",
        "Examples and overview are still being prepared; load this page again in a while. "
        "You can search already.",
    ),
    # examples
    "examples": ("试一试", "Try"),
    "finds": ("{count} 份", "reports: {count}"),
    "example_phrase": (
        "一个完整的说法；引号、空格、繁简不同也能找到",
        "a whole phrase, whatever its quotes, spaces or script",
    ),
    "example_quoted": (
        "原文的引号照抄就行，不加引号也一样",
        "quotes as the reports print them; without them it is the same",
    ),
    "example_near": (
        "同一段里相距不远，先后不论",
        "two phrases near each other in one paragraph, in either order",
    ),
    "example_field": (
        "只在一个地区、年份或栏目里找",
        "in one region, year or kind of section only",
    ),
    "example_not": ("说了前一个，没有说后一个", "the first phrase, and nowhere the second"),
    # the corpus at a glance
    "glance": ("库里有什么", "What there is"),
    "glance_all": ("全部报告", "All reports"),
    "glance_matrix": ("各地各年的报告份数", "Reports by region and year"),
    "start_before": ("{year} 年前", "before {year}"),
    "start_before_short": ("更早", "before"),
    "glance_total": ("总数", "Total"),
    "glance_some": ("有报告（份数）", "reports (how many)"),
    "glance_none": ("没有报告", "no report"),
    "start_national": ("全国", "Nationwide"),
    "start_own": ("{name}本级", "{name} itself"),
    "start_unplaced": ("地区不详", "Unknown"),
    "start_undated": ("不详", "unknown"),
    "glance_scroll": ("各地各年的报告，可横向滚动", "Reports by region and year; scrolls sideways"),
    # what is missing
    "missing": ("缺什么", "What is missing"),
    "missing_years": ("没有报告的年份：", "Years without any report: "),
    "missing_regions": ("没有报告的地区：", "Regions without any report: "),
    "missing_undated": ("年份不详的报告：", "Reports of an unknown year: "),
    "missing_unplaced": ("地区不详的报告：", "Reports of an unknown region: "),
    "missing_nothing": (
        "从头一年到最后一年，每年都有；每个地区都有；年份、地区都知道。",
        "Nothing: each year and each region has reports, and each report names both.",
    ),
    "list_between": ("、", ", "),
    # files that are not in the index
    "rejected_title": ("没有收进索引的文件", "Files that are not in the index"),
    "rejected_count": ("共 {count} 个文件", "Files: {count}"),
    "rejected_files": ("{count} 个", "files: {count}"),
    "rejected_why": ("{count} 个文件：是哪些，为什么", "Files: {count}. Which, and why"),
    "rejected_nothing": (
        "没有这样的文件：文件夹里的报告都收进来了。",
        "There are none: all reports of the folder are in the index.",
    ),
    "rejected_hint": (
        "看一个文件是怎样读的，就在放报告的文件夹里运行：",
        "To see how a file is read, run in the folder of the reports:",
    ),
    "rejected_mend": (
        "文件改好以后再运行 gongkai index，就会收进来；其余文件不必重读。",
        "Mend a file and run gongkai index again: it will be taken in, and no other is read again.",
    ),
    "rejected_warming": (
        "索引刚刚打开，清单还在准备；稍后重新载入此页，就能看到。",
        "The index has just been opened and the list is still being made; load this page again in a "
        "while.",
    ),
    "rejected_summary": ("按原因", "By reason"),
    "rejected_reason": ("原因", "Reason"),
    "rejected_number": ("文件数", "Files"),
    "rejected_example": ("例如", "For example"),
    "rejected_to_do": ("怎么办", "What to do"),
    "rejected_of_reason": (
        "只看原因相同的 {count} 个文件。",
        "Only files of one reason are shown: {count}.",
    ),
    "rejected_all": ("看全部 {count} 个", "Show all {count}"),
    "rejected_none_of_reason": ("没有因此没收进来的文件。", "There is no file of this reason."),
    "column_reason_key": ("原因代码", "reason_key"),
    "csv_a_file": ("一个没有收进索引的文件", "one file that is not in the index"),
    "csv_files": ("文件数", "Files"),
    "column_reason": ("原因", "reason"),
}
