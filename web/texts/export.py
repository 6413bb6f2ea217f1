"""Files to take away: what they say of themselves, and their columns."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "csv_download": ("下载 CSV", "Download CSV"),
    "csv_query": ("检索词", "Query"),
    "csv_options": ("查法", "Options"),
    "csv_between": ("、", ", "),
    "csv_words": ("各词", "By words"),
    "csv_whole": ("整词", "Whole words only"),
    "csv_literal": ("字形须完全一致", "Match characters exactly"),
    "csv_silent": ("反过来：没有这样说的报告", "The complement: reports that do not say it"),
    "csv_counted": ("每行", "Each row"),
    "csv_a_hit": (
        "一处命中，前后文各最多 40 字，位置按全文字数计，不含结束位置",
        "one hit with at most 40 characters of context on each side; offsets count characters of "
        "the whole text, end exclusive",
    ),
    "csv_a_report": ("一份报告，附命中处数", "one report with the number of its hits"),
    "csv_reports": ("报告数", "Reports"),
    "csv_hits": ("命中处数", "Hits"),
    "csv_made": ("制作日期", "Made on"),
    "csv_address": ("网址", "Address"),
    "column_id": ("报告编号", "report"),
    "column_title": ("标题", "title"),
    "column_region": ("地区", "region"),
    "column_year": ("年份", "year"),
    "column_section": ("栏目", "section"),
    "column_heading": ("小标题", "heading"),
    "column_left": ("前文", "before"),
    "column_hit": ("命中", "hit"),
    "column_right": ("后文", "after"),
    "column_page": ("页", "page"),
    "column_confidence": ("识别可信度（%）", "recognised (%)"),
    "column_start": ("起", "start"),
    "column_end": ("止", "end"),
    "column_link": ("引用链接", "link"),
    "column_genre": ("体裁", "genre"),
    "column_issuer": ("机构", "issuer"),
    "column_published": ("发布日期", "published"),
    "column_hits": ("处数", "hits"),
    "column_source": ("文件", "source"),
}
