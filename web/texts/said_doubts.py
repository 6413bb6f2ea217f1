"""What is said of a file that was read, as doubts or as why not: Chinese patterns, English twins."""

from __future__ import annotations

_PLACES = {
    "指定的地区": "The region given in metadata.csv",
    "标题": "The title",
    "发布机构": "The issuer",
    "路径": "The path",
    "落款": "The signature",
    "网站": "The web site",
    "栏目导航": "The breadcrumb",
    "电话区号": "The telephone code",
    "邮政编码": "The postal code",
    "正文": "The text",
}
"""Where a region was found, as `indexer.regions.evidence.PLACE_NAMES` calls it."""

_KINDS = {
    "PDF 文件": "a PDF file",
    "压缩包或 Office 文件": "an archive or Office file",
    "旧版 Office 文件": "an old Office file",
    "RAR 压缩包": "a RAR archive",
    "7z 压缩包": "a 7z archive",
    "gzip 压缩文件": "a gzip file",
    "图片": "an image",
    "RTF 文件": "an RTF file",
}
"""What a file is that is no text."""

TWINS: tuple[tuple[str, str], ...] = (
    # years
    ("未能确定报告年份", "The year of the report could not be determined"),
    (
        "年份 {year} 仅由发布日期推断",
        "The year {year} was inferred from the date of publication alone",
    ),
    # regions
    (
        "没有找到地区：标题、路径、发布机构和正文都没有写明。",
        "No region was found: neither title, path, issuer nor text names one.",
    ),
    (
        "没有一处明写地区，只据区号、邮编或正文中零散的提及推断。",
        "Nothing states the region; it was inferred from telephone codes, postal codes "
        "or scattered mentions in the text.",
    ),
    (
        "地区可能有误：取{taken}，也可能是{list}等 {count} 处。",
        "The region may be wrong: taken as {taken}, but it could also be {list} "
        "or others (in all: {count}).",
    ),
    (
        "地区可能有误：取{taken}，也可能是{list}。",
        "The region may be wrong: taken as {taken}, but it could also be {list}.",
    ),
    (
        "地区不能确定：可能是{taken}、{list}等 {count} 处。",
        "The region is uncertain: it could be {taken}, {list} or others (in all: {count}).",
    ),
    (
        "地区不能确定：可能是{taken}、{list}。",
        "The region is uncertain: it could be {taken} or {list}.",
    ),
    *(
        (
            f"{place}写的是{{region}}，与其他依据不一致。",
            f"{twin} says {{region}}, unlike the rest.",
        )
        for place, twin in _PLACES.items()
    ),
    # encoding and format
    (
        "有 {count} 处字节无法按 {encoding} 解码，以“{mark}”代替",
        'Some bytes could not be decoded as {encoding} and are shown as "{mark}": {count}',
    ),
    (
        "文件头的 YAML 有误，已按正文处理",
        "The YAML at the top of the file is faulty and was read as text",
    ),
    *(
        (f"不是文本：内容是{kind}", f"Not text: the file is {twin}")
        for kind, twin in _KINDS.items()
    ),
    ("不是文本：内容是二进制数据", "Not text: the file holds binary data"),
    (
        "无法解码：试过 {list}，都不像中文文本",
        "The file cannot be decoded: tried as {list}, it never looks like Chinese text",
    ),
    (
        "不支持的格式：没有扩展名（可读 {list}）",
        "The format is not supported: the name has no ending (readable: {list})",
    ),
    (
        "不支持的格式：{suffix}（可读 {list}）",
        "The format is not supported: {suffix} (readable: {list})",
    ),
    ("文件是空的", "The file is empty"),
    ("文件里没有正文文字", "There is no text in the file"),
)
