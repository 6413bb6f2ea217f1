"""What is said of an index that cannot be read or written; each hint names what mends it."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # none, or of another version
    "index_missing": ("{folder} 里没有索引", "There is no index in {folder}"),
    "index_missing_hint": (
        "请先运行 gongkai index 资料文件夹 --index 索引文件夹。",
        "First run: gongkai index CORPUS --index INDEX",
    ),
    "index_of_other_version": (
        "索引 {folder} 是另一个版本建立的（{differing}）",
        "The index {folder} was built by another version ({differing})",
    ),
    "version_differs": ("{name}：{there} → {here}", "{name}: {there} → {here}"),
    "version_not_stated": ("无", "none"),
    "other_version_hint": (
        "请运行 gongkai index 资料文件夹 --index 索引文件夹 重建索引。",
        "To rebuild the index, run: gongkai index CORPUS --index INDEX",
    ),
    "index_replaced": (
        "{what}，已全部重建；报告的编号和旧链接不变",
        "{what}; it was rebuilt as a whole, and the reports keep their ids and links",
    ),
    "index_replaced_unread": (
        "{what}，已全部重建；原来的记录读不出来，移动过的文件的旧链接不再有效",
        "{what}; it was rebuilt as a whole. Its records could not be read: "
        "former links to files that moved are lost",
    ),
    # that cannot be opened
    "index_closed": (
        "索引 {folder} 打不开：{error}",
        "The index {folder} cannot be opened: {error}",
    ),
    "permissions_hint": ("请检查文件夹的权限。", "Check the permissions of the folder."),
    # damaged
    "index_file_missing": ("缺少索引文件 {path}", "The index file {path} is missing"),
    "index_file_damaged": ("索引文件 {path} 已损坏", "The index file {path} is damaged"),
    "segment_damaged": (
        "索引文件 {path} 已损坏，涉及 {reports} 份报告，如：{shown}",
        "The index file {path} is damaged. Reports that this touches: {reports}, such as: {shown}",
    ),
    "record_damaged": (
        "索引中第 {number} 个文件的记录已损坏",
        "The record of file {number} of the index is damaged",
    ),
    "rebuild_hint": (
        "请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        "To rebuild the index, run: gongkai index CORPUS --index INDEX --rebuild",
    ),
    "alike_damaged_hint": (
        "请运行 gongkai index 资料文件夹 --index 索引文件夹，相近报告会重新比对；其他功能不受影响。",
        "To have likenesses found anew, run: gongkai index CORPUS --index INDEX. All else is as it was.",
    ),
    # faults that gongkai check found
    "index_damaged": ("索引 {folder} 已损坏：{faults}", "The index {folder} is damaged: {faults}"),
    "index_damaged_more": (
        "索引 {folder} 已损坏：{faults}；另有 {more} 处",
        "The index {folder} is damaged: {faults}; further faults: {more}",
    ),
    "fault_file": ("文件 {name} 的内容与写入时不同", "the file {name} is not what was written"),
    "fault_segment": (
        "文件 {name} 的内容与写入时不同，涉及 {reports} 份报告，如：{shown}",
        "the file {name} is not what was written, which touches reports: {reports}, such as: {shown}",
    ),
    "fault_position_count": (
        "位置表有 {count} 项，应有 {right} 项",
        "the table of positions has another length than it should ({count}, {right})",
    ),
    "fault_positions": ("位置表与正文不符", "the positions do not fit the text"),
    "fault_frequent": (
        "常见字对的次数与位置表不符",
        "the counts of frequent pairs do not fit the positions",
    ),
    "fault_id": ("{source} 的编号不符", "the id of {source} is wrong"),
    "fault_text": ("{source} 的正文（{name}）不符", "the text of {source} is wrong ({name})"),
    # that cannot be written
    "index_locked": (
        "索引 {folder} 正由另一个 gongkai index 写入",
        "Another gongkai index is writing the index {folder}",
    ),
    "index_locked_by": (
        "索引 {folder} 正由另一个 gongkai index 写入（进程 {pid}，{since} 起）",
        "Another gongkai index is writing the index {folder} (process {pid}, since {since})",
    ),
    "index_locked_hint": (
        "请等它结束后再运行；同一索引一次只能有一个写入者。",
        "Run this once it has ended; only one process can write an index at a time.",
    ),
    "not_an_index": (
        "{folder} 不是索引，也不是空文件夹，没有改动它",
        "{folder} is neither an index nor an empty folder; it was left as it is",
    ),
    "not_an_index_hint": ("请用 --index 指定一个新文件夹。", "Name a new folder with --index."),
    "index_not_written": (
        "索引文件夹 {folder} 写不进去：{error}",
        "The index folder {folder} cannot be written: {error}",
    ),
    "index_not_written_hint": (
        "请检查磁盘空间和文件夹的写权限，或用 --index 另指定一个文件夹。",
        "Check that the disk has space and the folder may be written, "
        "or name another folder with --index.",
    ),
    "index_full": ("资料太多，一个索引放不下", "There are too many reports for one index"),
    "index_full_hint": (
        "请把资料分成几个文件夹，各建一个索引。",
        "Divide the reports between folders, and build an index of each.",
    ),
}
