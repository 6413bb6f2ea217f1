"""Why a file that holds others was not read, or one in it: archives, mails, ready reports."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
}
