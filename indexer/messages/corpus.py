"""What is said of the folder of reports, and of a metadata.csv in it."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "no_corpus": ("没有资料文件夹 {folder}", "There is no folder {folder}"),
    "no_corpus_hint": (
        "请检查路径；gongkai index 后面应写存放报告的文件夹。",
        "Check the path; gongkai index takes the folder that holds the reports.",
    ),
    "corpus_closed": (
        "资料文件夹 {folder} 打不开：{error}；索引没有改动",
        "The folder {folder} cannot be opened: {error}; the index was left as it is",
    ),
    "corpus_closed_hint": (
        "请检查文件夹的权限，以及它所在的磁盘是否接好。",
        "Check the folder's permissions, and whether its disk is connected.",
    ),
    "corpus_empty": (
        "资料文件夹 {folder} 里一个文件也没有，而索引里有 {files} 个；索引没有改动",
        "There is no file in the folder {folder}, and the index holds {files}; the index was left as it is",
    ),
    "corpus_empty_hint": (
        "请检查磁盘或共享文件夹是否接好；确实要清空索引时，请加上 --rebuild 再运行。",
        "Check whether its disk or share is connected. To empty the index indeed, run this with --rebuild.",
    ),
    "not_in_corpus": ("{file} 不在资料文件夹 {folder} 中", "{file} is not in the folder {folder}"),
    "not_in_corpus_hint": ("请检查 --corpus 后面的路径。", "Check the path after --corpus."),
    # files and folders
    "same_name": (
        "与另一文件同名（只是 Unicode 写法不同），请改名",
        "Another file has the same name, written otherwise in Unicode; rename one of them",
    ),
    "same_id": ("编号与 {other} 相同，请改名", "It has the same id as {other}; rename one of them"),
    "name_not_utf8": (
        "文件名不是合法的 UTF-8，请改名",
        "The name of the file is not valid UTF-8; rename it",
    ),
    "not_a_file": ("不是普通文件", "Not a regular file"),
    "linked_folder": (
        "是文件夹的链接，没有跟随",
        "It is a link to a folder, which was not followed",
    ),
    "closed_folder": (
        "文件夹打不开：{error}；其中已收入的报告保持不变",
        "The folder cannot be opened: {error}; what the index has of it stays as it is",
    ),
    # metadata.csv
    "csv_empty": ("文件是空的，没有表头", "The file is empty; it has no header"),
    "csv_row": ("第 {line} 行：{what}", "Line {line}: {what}"),
    "csv_broken_row": (
        "英文双引号没有配对，或格子过长；这一行已忽略",
        "A double quote is not closed, or a cell is too long; this row was ignored",
    ),
    "csv_broken_rest": (
        "英文双引号没有配对，或格子过长；从这一行起都已忽略",
        "A double quote is not closed, or a cell is too long; all from this row on was ignored",
    ),
    "csv_broken_header": (
        "英文双引号没有配对，或格子过长；整个文件已忽略",
        "A double quote is not closed, or a cell is too long; the whole file was ignored",
    ),
    "csv_no_source_column": (
        "表头里没有 source 列，读到的是“{found}”；整个文件已忽略",
        'The header has no column source; it reads "{found}"; the whole file was ignored',
    ),
    "csv_unknown_column": (
        "不认识的列“{name}”，已忽略；可用的列是 {known}",
        'The column "{name}" is not known and was ignored; known columns: {known}',
    ),
    "csv_repeated_column": (
        "列“{name}”与前面的列重复，已忽略",
        'The column "{name}" repeats an earlier one and was ignored',
    ),
    "csv_no_source": ("没有写 source；这一行已忽略", "source is empty; this row was ignored"),
    "csv_repeated_source": (
        "“{source}”在第 {earlier} 行已写过；以第 {line} 行为准",
        '"{source}" stands in line {earlier} already; line {line} counts',
    ),
    "csv_surplus": (
        "“{cells}”没有对应的列，已忽略；内容含分隔符的格子应加英文双引号",
        '"{cells}" has no column and was ignored; '
        "put double quotes around a cell that holds the separator",
    ),
    "csv_bad_year": (
        "year 应为四位数字，读到的是“{cell}”；这一格已忽略",
        'year must have four digits, but reads "{cell}"; this cell was ignored',
    ),
    "csv_bad_region": (
        "region 应为全国地区表中的名称或代码，读到的是“{cell}”；这一格已忽略",
        "region must be the name or code of a Chinese region, "
        'but reads "{cell}"; this cell was ignored',
    ),
    "csv_bad_published": (
        "published 应为 2018-03-30 这样的日期，读到的是“{cell}”；这一格已忽略",
        'published must be a date such as 2018-03-30, but reads "{cell}"; this cell was ignored',
    ),
    "csv_no_file": (
        "没有文件 {source}；这一行没有用上",
        "There is no file {source}; this row was not used",
    ),
}
