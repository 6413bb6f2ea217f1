"""Why a file cannot be a report: its format, its encoding, what it cost to read."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # formats
    "no_ending": (
        "不支持的格式：没有扩展名，也不是网页（可读 {readable} 和任何名字的网页）",
        "The format is not supported: the name has no ending, and the file is no page (readable: "
        "{readable} and pages of any name)",
    ),
    "unknown_ending": (
        "不支持的格式：{ending}（可读 {readable} 和任何名字的网页）",
        "The format is not supported: {ending} (readable: {readable} and pages of any name)",
    ),
    "encrypted": ("文件有密码，打不开", "The file is protected by a password"),
    "broken_document": ("文件残缺或损坏：{error}", "The file is cut off or damaged: {error}"),
    "older_word": (
        "Word 6 或 95 的文档，读不了：请用 Word、WPS 或 LibreOffice 另存为 .docx",
        "A document of Word 6 or 95, which cannot be read: save it as .docx with Word, WPS or LibreOffice",
    ),
    "no_document": ("文件里没有 Word 文档", "There is no Word document in the file"),
    "part_too_big": (
        "文件的一部分解开后太大：{name} 超过 {most} MB",
        "A part of the file is too big when unpacked: {name}, over {most} MB",
    ),
    "sheet_too_big": (
        "工作表太大：有 {cells} 个单元格，最多读 {most} 个",
        "A sheet is too big: it has {cells} cells, of {most} at most",
    ),
    "scan_needs_extra": (
        '这是扫描件或图片，要识别文字须先安装：pip install "gongkai[ocr]"',
        "This is a scan or picture; to have its text recognised, install: "
        'pip install "gongkai[ocr]"',
    ),
    "not_a_picture": (
        "文件名是图片，内容却不是，或者开头已损坏",
        "The name is that of a picture, the content is none, or its beginning is damaged",
    ),
    "broken_image": ("图片残缺或损坏：{error}", "The picture is cut off or damaged: {error}"),
    "scan_unreadable": (
        "图片上没有能辨认的文字（太小、太模糊，或者不是文字）",
        "No text on the picture can be made out: it is too small or blurred, or no text",
    ),
    "image_too_big": (
        "图片太大：{size} 像素，超过 {most} 百万；请缩小后再试",
        "The picture is too big: {size} pixels, over {most} million; make it smaller",
    ),
    "too_many_pages": (
        "页数太多：{count}，超过 {most}；请分成几个文件",
        "There are too many pages: {count}, over {most}; split the file",
    ),
    "mhtml_no_page": ("网页归档里没有网页", "There is no page in the web archive"),
    "pdf_too_long": (
        "PDF 有 {pages} 页，超过 {most} 页：请拆成几个文件",
        "The PDF has {pages} pages, more than {most}: split it into several files",
    ),
    "pdf_damaged": (
        "不是 PDF，或者残缺、损坏，打不开：请重新下载",
        "The file is no PDF, or is cut off or damaged, and cannot be opened: download it again",
    ),
    "pdf_scanned": (
        "PDF 是扫描件，没有文字层：安装 gongkai[ocr] 后可以识别",
        "The PDF is scanned and holds no text: install gongkai[ocr] to have it recognised",
    ),
    "empty_file": ("文件是空的", "The file is empty"),
    "no_text": ("文件里没有正文文字", "There is no text in the file"),
    "not_text": ("不是文本：内容是{kind}", "Not text: the file is {kind}"),
    "not_text_binary": ("不是文本：内容是二进制数据", "Not text: the file holds binary data"),
    "kind_zip": ("压缩包或 Office 文件", "an archive or Office file"),
    "kind_old_office": ("旧版 Office 文件", "an old Office file"),
    "kind_rar": ("RAR 压缩包", "a RAR archive"),
    "kind_7z": ("7z 压缩包", "a 7z archive"),
    "kind_gzip": ("gzip 压缩文件", "a gzip file"),
    # encodings
    "undecodable": (
        "无法解码：试过 {tried}，都不像中文文本",
        "The file cannot be decoded: tried as {tried}, it never looks like Chinese text",
    ),
    # files
    "cannot_open": ("打不开：{error}", "It cannot be opened: {error}"),
    "our_fault": ("程序错误，请报告：{error}", "The program failed; please report this: {error}"),
    "reader_slow": (
        "读取超过 {seconds} 秒，已中止（其余文件不受影响）",
        "Reading took longer than {seconds} seconds and was ended (other files are not affected)",
    ),
    "reader_memory": (
        "读取所需内存超过 {most} MB，已中止（其余文件不受影响）",
        "Reading took more than {most} MB of memory and was ended (other files are not affected)",
    ),
    "reader_crashed": (
        "读取程序崩溃，文件多半已损坏（其余文件不受影响）",
        "The reader crashed; most likely the file is damaged (other files are not affected)",
    ),
}
