"""What is said of packs: the files by which a corpus, its index and findings are handed over."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # that cannot be made
    "pack_no_corpus": (
        "不知道索引 {folder} 的资料在哪里",
        "It is not known where the corpus of the index {folder} is",
    ),
    "pack_no_corpus_hint": (
        "请用 --corpus 指定资料文件夹。",
        "Name the folder of the corpus with --corpus.",
    ),
    "pack_in_corpus": (
        "{path} 在资料文件夹 {corpus} 里，会被当成一份资料",
        "{path} is inside of the corpus {corpus}, and would be taken for a part of it",
    ),
    "pack_in_corpus_hint": ("请用 --output 另指定一处。", "Name another place with --output."),
    "pack_would_replace": (
        "{path} 已经有了，而且不是打包的文件，没有改动它",
        "{path} is there already and is no pack; it was left as it is",
    ),
    "pack_too_many": (
        "文件太多，打不成一个包：{count:,} 个，最多 {most:,} 个",
        "There are too many files for one pack: {count:,}; at most: {most:,}",
    ),
    "pack_too_many_hint": (
        "请把资料文件夹分成几个，各自建索引，各自打包。",
        "Divide the corpus into several folders, and index and pack each.",
    ),
    "pack_not_written": ("{path} 写不进去：{error}", "{path} cannot be written: {error}"),
    "pack_not_written_hint": (
        "请检查磁盘空间和写权限。",
        "Check that the disk has space and that the folder may be written.",
    ),
    # what is left out, or has changed
    "pack_leads_out": ("链接通向资料文件夹之外", "It is a link that leads out of the corpus"),
    "pack_name": (
        "有的系统容不下这个文件名，或者与另一个文件只差大小写",
        "Some system cannot hold a file of this name, or another one differs in case alone",
    ),
    "pack_changed": (
        "建索引之后有 {count:,} 个文件改过：包里的索引仍是原来的。要一致，请先运行 gongkai index。",
        "Files that have changed since they were indexed: {count:,}. The index in the pack is as it was; "
        "to have them agree, run gongkai index first.",
    ),
    "pack_left_out": ("没有打进包里：{source}（{reason}）", "Not in the pack: {source} ({reason})"),
    # that cannot be opened
    "pack_closed": ("{file} 打不开：{error}", "{file} cannot be opened: {error}"),
    "pack_closed_hint": ("请检查路径和权限。", "Check the path and the permissions."),
    "pack_and_index": (
        "打包文件里有自己的索引，不能同时写 --index",
        "A pack has an index of its own: --index cannot be given, too",
    ),
    "pack_and_index_hint": ("请只写其中一个。", "Give one of the two."),
    "pack_unsealed": (
        "{file} 不是完整的打包文件：末尾没有封条，可能没有传完",
        "{file} is no whole pack: it lacks the seal at its end, and may be cut off",
    ),
    "pack_damaged": (
        "{file} 已损坏，没有打开：{fault}",
        "{file} is damaged and was not opened: {fault}",
    ),
    "pack_damaged_hint": (
        "请向对方重新要一份，或者重新下载、复制。",
        "Ask for it again, or copy or download it anew.",
    ),
    "fault_seal": (
        "内容与打包时不同（校验和不符）",
        "its bytes are not those that were packed (the checksum differs)",
    ),
    "fault_archive": ("{error}", "{error}"),
    "fault_bomb": (
        "解开会有 {bytes:,} 字节，与文件大小不成比例",
        "unpacked it would have {bytes:,} bytes, out of all proportion",
    ),
    "pack_of_later_format": (
        "{file} 出自更新版本的 Gongkai（格式 {there}，此处为 {here}）",
        "{file} is of a newer Gongkai (format {there}; this one has {here})",
    ),
    "pack_no_space": (
        "{folder} 放不下：解开要 {bytes:,} 字节，只有 {free:,} 字节",
        "There is no space in {folder}: unpacked it has {bytes:,} bytes, and {free:,} are free",
    ),
    "pack_no_home": (
        "找不到用户的文件夹，包没有地方解开",
        "There is no folder of the user to unpack it to",
    ),
    "pack_no_home_hint": (
        "请用环境变量 XDG_DATA_HOME 指定一个文件夹。",
        "Name a folder with the variable XDG_DATA_HOME.",
    ),
    "pack_version_hint": (
        "包里有资料，可以重建索引：gongkai index {corpus} --index {index}",
        "The pack has the corpus along. To rebuild the index, run: gongkai index {corpus} --index {index}",
    ),
}
