"""What is said of the index and of the folder of reports: Chinese patterns, English twins."""

from __future__ import annotations

TWINS: tuple[tuple[str, str], ...] = (
    # an index that cannot be read
    ("{folder} 里没有索引", "There is no index in {folder}"),
    (
        "请先运行 gongkai index 资料文件夹 --index 索引文件夹。",
        "First run: gongkai index CORPUS --index INDEX",
    ),
    (
        "请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        "To rebuild the index, run: gongkai index CORPUS --index INDEX --rebuild",
    ),
    (
        "请运行 gongkai index 资料文件夹 --index 索引文件夹 重建索引。",
        "To rebuild the index, run: gongkai index CORPUS --index INDEX",
    ),
    (
        "索引 {folder} 是另一个版本建立的（{differing}）",
        "The index {folder} was built by another version ({differing})",
    ),
    ("缺少索引文件 {path}", "The index file {path} is missing"),
    (
        "索引中第 {number} 个文件的记录已损坏",
        "The record of file {number} of the index is damaged",
    ),
    ("索引文件 {path} 已损坏", "The index file {path} is damaged"),
    ("索引 {folder} 打不开：{error}", "The index {folder} cannot be opened: {error}"),
    ("请检查文件夹的权限。", "Check the permissions of the folder."),
    ("索引 {folder} 已损坏：{error}", "The index {folder} is damaged: {error}"),
    # an index that cannot be written
    (
        "索引 {folder} 正由另一个 gongkai index 写入{holder}",
        "Another gongkai index is writing the index {folder}{holder}",
    ),
    (
        "请等它结束后再运行；同一索引一次只能有一个写入者。",
        "Run this once it has ended; only one process can write an index at a time.",
    ),
    (
        "{folder} 不是索引，也不是空文件夹，没有改动它",
        "{folder} is neither an index nor an empty folder; it was left as it is",
    ),
    ("请用 --index 指定一个新文件夹。", "Name a new folder with --index."),
    (
        "索引文件夹 {folder} 写不进去：{error}",
        "The index folder {folder} cannot be written: {error}",
    ),
    (
        "请检查磁盘空间和文件夹的写权限，或用 --index 另指定一个文件夹。",
        "Check that the disk has space and the folder may be written, "
        "or name another folder with --index.",
    ),
    ("资料太多，一个索引放不下", "There are too many reports for one index"),
    (
        "请把资料分成几个文件夹，各建一个索引。",
        "Divide the reports between folders, and build an index of each.",
    ),
    # the folder of reports
    ("没有资料文件夹 {folder}", "There is no folder {folder}"),
    (
        "请检查路径；gongkai index 后面应写存放报告的文件夹。",
        "Check the path; gongkai index takes the folder that holds the reports.",
    ),
    ("{file} 不在资料文件夹 {folder} 中", "{file} is not in the folder {folder}"),
    ("请检查 --corpus 后面的路径。", "Check the path after --corpus."),
    (
        "与另一文件同名（只是 Unicode 写法不同），请改名",
        "Another file has the same name, written otherwise in Unicode; rename one of them",
    ),
    ("文件名不是合法的 UTF-8，请改名", "The name of the file is not valid UTF-8; rename it"),
    ("不是普通文件", "Not a regular file"),
    (
        "读取进程意外结束（多半是内存不足），索引没有改动",
        "A reading process ended unexpectedly, most likely for want of memory; "
        "the index was not changed",
    ),
    (
        "请用 --jobs 1 重试，或释放一些内存。",
        "Try again with --jobs 1, or free some memory.",
    ),
)
