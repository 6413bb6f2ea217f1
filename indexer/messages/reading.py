"""What is said of a file that was read: why it cannot be a report, and what of it is in doubt."""

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
    "cut_off": (
        "文件不完整：结尾缺失，只读到了前面的内容",
        "The file is cut off: its end is missing, what comes before was read",
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
    "pdf_pages_scanned": (
        "第 {pages} 页是扫描件，没有文字层，这些页没有读：安装 gongkai[ocr] 后可以识别",
        "Pages {pages} are scanned, hold no text, and were not read: install gongkai[ocr] to have them "
        "recognised",
    ),
    "pdf_unmapped": (
        "有 {count} 个字 PDF 没有说明是什么字，以“\ufffd”代替",
        'Of some characters the PDF does not say what they are; they are shown as "\ufffd": {count}',
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
    # files that hold others: archives, mails, ready reports
    "broken_archive": (
        "压缩包残缺或损坏：{error}",
        "The archive is cut off or damaged: {error}",
    ),
    "packed_otherwise": (
        "压缩方法不支持（{how}）；请重新压缩成普通的 ZIP",
        "It is packed by a method that is not supported ({how}); pack it again as an ordinary ZIP",
    ),
    "empty_archive": ("里面没有可读的文件", "There is no file in it to read"),
    "no_libarchive": (
        "读{kind}需要 libarchive：请安装 gongkai[archives]（系统里没有 libarchive 的，"
        "再装 libarchive13 一类的软件包），或解压后放进文件夹",
        "To read {kind}, libarchive is needed: install gongkai[archives] (and, where the system has "
        "no libarchive, a package such as libarchive13), or unpack the file into the folder",
    ),
    "too_many_members": (
        "里面的文件超过 {most:,} 个，其余没有读",
        "It holds more than {most:,} files; the others were not read",
    ),
    "too_much_unpacked": (
        "解开后超过 {most} GB，其余没有读；请分成几个压缩包",
        "It is over {most} GB when unpacked; the rest was not read: split it into several archives",
    ),
    "bomb": (
        "解开后是原来的 {ratio} 倍以上，像是压缩炸弹，其余没有读",
        "Unpacked it is over {ratio} times as large, as a bomb is; the rest was not read",
    ),
    "member_too_big": (
        "解开后超过 {most} MB，没有读",
        "It is over {most} MB when unpacked and was not read",
    ),
    "too_deep": (
        "压缩包套了 {most} 层以上，没有再打开",
        "Archives lie in archives more than {most} deep; this one was not opened",
    ),
    "member_absolute": (
        "压缩包里写的是绝对路径，没有读",
        "Its path in the archive is an absolute one; it was not read",
    ),
    "member_above": (
        "压缩包里的路径用“..”指向外面，没有读",
        'Its path in the archive leads out of it by ".."; it was not read',
    ),
    "member_control": (
        "压缩包里的路径含有控制字符，没有读",
        "Its path in the archive has control characters; it was not read",
    ),
    "member_path_long": (
        "压缩包里的路径超过 {most} 个字，没有读",
        "Its path in the archive is over {most} characters long; it was not read",
    ),
    "member_no_name": (
        "压缩包里没有写文件名，没有读",
        "It has no name in the archive; it was not read",
    ),
    "same_member": (
        "与前面的 {other} 同名，没有收入",
        "It has the same name as {other} before it and was not taken",
    ),
    "wrong_line": ("第 {line} 行：{what}", "Line {line}: {what}"),
    "line_no_json": ("不是 JSON：{error}", "It is no JSON: {error}"),
    "line_wrong": (
        "“{field}”缺少或不符合 gongkai inspect --json 的格式",
        'The field "{field}" is missing, or not in the shape of gongkai inspect --json',
    ),
    # encodings
    "undecodable": (
        "无法解码：试过 {tried}，都不像中文文本",
        "The file cannot be decoded: tried as {tried}, it never looks like Chinese text",
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
