"""What is in doubt of a report that was read: its letters, its year."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # text
    "cut_off": (
        "文件不完整：结尾缺失，只读到了前面的内容",
        "The file is cut off: its end is missing, what comes before was read",
    ),
    "pdf_pages_scanned": (
        "第 {pages} 页是扫描件，没有文字层，这些页没有读：安装 gongkai[ocr] 后可以识别",
        "Pages {pages} are scanned, hold no text, and were not read: install gongkai[ocr] to have them "
        "recognised",
    ),
    "pdf_unmapped": (
        "有 {count} 个字 PDF 没有说明是什么字，以“\ufffd”代替",
        'Of some characters the PDF does not say what they are; they are shown as "\ufffd": {count}',
    ),
    "broken_bytes": (
        "有 {count} 处字节无法按 {encoding} 解码，以“\ufffd”代替",
        'Some bytes could not be decoded as {encoding} and are shown as "\ufffd": {count}',
    ),
    "front_matter_faulty": (
        "文件头的 YAML 有误，已按正文处理",
        "The YAML at the top of the file is faulty and was read as text",
    ),
    "text_repeated": (
        "正文在页面里连续出现 {count} 次，只读一次",
        "The text stands on the page {count} times in a row and was read once",
    ),
    # years
    "year_unknown": ("未能确定报告年份", "The year of the report could not be determined"),
    "year_from_date": (
        "年份 {year} 仅由发布日期推断",
        "The year {year} was inferred from the date of publication alone",
    ),
    "year_not_of_date": (
        "年份 {year} 出自题名或路径，而正文所印日期是 {date}：引用前请核对是哪一年的报告",
        "The year {year} stands in the title or path, but the date printed in the text is {date}: "
        "make sure which year's report it is before you cite it",
    ),
    "year_against_path": (
        "路径写的是 {placed} 年，而正文所印日期和标题都是 {year} 年：取 {year}",
        "The path says {placed}, but the date printed in the text and its headings say {year}, "
        "which was taken",
    ),
    "date_far_from_year": (
        "正文所印日期 {date} 与年份 {year} 相差太远，没有作为发布日期",
        "The date printed in the text, {date}, is too far from the year {year} and was not taken",
    ),
}
