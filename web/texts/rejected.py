"""What can be done about a file that is not in the index, by the key of why: `mend_KEY`.

Where the reason says it itself there is no text.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "mend_unknown_ending": (
        "如果是报告，请另存为其中一种格式；不是报告，就不必管。",
        "If it is a report, save it in one of these formats; if not, leave it.",
    ),
    "mend_no_ending": (
        "请给文件名补上扩展名。",
        "Add the ending to the name of the file.",
    ),
    "mend_encrypted": (
        "请用密码打开后另存一份不带密码的。",
        "Open it with its password and save a copy without one.",
    ),
    "mend_broken_document": (
        "请重新下载，或用办公软件打开后另存。",
        "Download it again, or open it in an office program and save it anew.",
    ),
    "mend_no_document": (
        "请看扩展名对不对；用 Word 或 WPS 打开后另存为 .docx。",
        "Check its ending; open it in Word or WPS and save it as .docx.",
    ),
    "mend_part_too_big": (
        "请删去大图后另存，或把正文复制到新文件里。",
        "Remove big pictures and save it anew, or copy the text into a new file.",
    ),
    "mend_not_a_picture": (
        "请重新下载，或改成内容的扩展名。",
        "Download it again, or give it the ending of what it holds.",
    ),
    "mend_broken_image": ("请重新扫描或下载。", "Scan or download it again."),
    "mend_scan_unreadable": (
        "请以 200 dpi 以上重新扫描；不是文字的图片，就不必管。",
        "Scan it again at 200 dpi or more; a picture without text can be left.",
    ),
    "mend_sheet_too_big": (
        "请只留下有用的行列，或另存为 CSV 后拆开。",
        "Keep the rows and columns that matter, or save it as CSV and split it.",
    ),
    "mend_broken_archive": (
        "请重新下载，或在别处解开后放进文件夹。",
        "Download it again, or unpack it elsewhere and put the files into the folder.",
    ),
    "mend_empty_archive": (
        "请看看里面有什么；没有报告，就不必管。",
        "Look what is in it; without reports it can be left.",
    ),
    "mend_bomb": (
        "来路不明的不要解开；确是报告，请自己解开后放进文件夹。",
        "Do not unpack what you do not trust; if it holds reports, put them into the folder unpacked.",
    ),
    "mend_member_too_big": (
        "请解开后把这份文件拆小，放进文件夹。",
        "Unpack it, split this file, and put the parts into the folder.",
    ),
    "mend_too_many_members": (
        "请分成几个压缩包，或解开后放进文件夹。",
        "Make several archives of it, or unpack it into the folder.",
    ),
    "mend_too_deep": (
        "请把里层的压缩包解开，放进文件夹。",
        "Unpack the inner archives into the folder.",
    ),
    "mend_same_member": (
        "请给其中一份改名。",
        "Give one of the two another name.",
    ),
    "mend_member_absolute": (
        "如果可信，请自己解开后放进文件夹。",
        "If you trust it, unpack it into the folder yourself.",
    ),
    "mend_member_above": (
        "如果可信，请自己解开后放进文件夹。",
        "If you trust it, unpack it into the folder yourself.",
    ),
    "mend_member_control": (
        "如果可信，请自己解开后放进文件夹。",
        "If you trust it, unpack it into the folder yourself.",
    ),
    "mend_member_path_long": (
        "如果可信，请自己解开后放进文件夹。",
        "If you trust it, unpack it into the folder yourself.",
    ),
    "mend_member_no_name": (
        "如果可信，请自己解开后放进文件夹。",
        "If you trust it, unpack it into the folder yourself.",
    ),
    "mend_mhtml_no_page": (
        "请在浏览器里重新保存网页。",
        "Save the page in the browser again.",
    ),
    "mend_empty_file": (
        "多半是下载没有完成，请重新下载。",
        "The download was most likely not finished: download it again.",
    ),
    "mend_no_text": (
        "请打开看看：正文若在图片里，或由脚本载入，请另存带正文的一份。",
        "Open it: where the text is in pictures, or loaded by a script, save a copy that holds it.",
    ),
    "mend_not_text": (
        "扩展名与内容不符：请改成内容的扩展名，或转换成可读的格式。",
        "Ending and content disagree: rename it by its content, or convert it to a readable format.",
    ),
    "mend_not_text_binary": (
        "文件损坏，或者不是报告：请重新下载，或移出文件夹。",
        "It is damaged or no report: download it again, or move it out of the folder.",
    ),
    "mend_kind_zip": (
        "是压缩包就请先解开，是 Office 文件就请改扩展名。",
        "Unpack an archive; give an Office file its own ending.",
    ),
    "mend_kind_rar": ("请先解开压缩包。", "Unpack the archive."),
    "mend_kind_7z": ("请先解开压缩包。", "Unpack the archive."),
    "mend_kind_gzip": ("请先解开压缩包。", "Unpack the archive."),
    "mend_undecodable": (
        "请用编辑器打开，另存为 UTF-8。",
        "Open it in an editor and save it as UTF-8.",
    ),
    "mend_cannot_open": (
        "请检查文件的权限，以及是否被别的程序占用。",
        "Check the permissions of the file, and whether another program has it open.",
    ),
    "mend_our_fault": (
        "这是程序的错：请把原因和文件一起报告。",
        "This is a fault of the program: please report the reason together with the file.",
    ),
    "mend_reader_slow": (
        "请把文件拆小，或转换成别的格式再试。",
        "Split the file, or convert it to another format, and try again.",
    ),
    "mend_reader_memory": (
        "请把文件拆小，或转换成别的格式再试。",
        "Split the file, or convert it to another format, and try again.",
    ),
    "mend_reader_crashed": (
        "请重新下载，或用别的程序打开后另存。",
        "Download it again, or open it in another program and save it anew.",
    ),
    "mend_not_a_file": (
        "请换成普通文件。",
        "Put a regular file in its place.",
    ),
    "mend_linked_folder": (
        "请把其中的报告放进文件夹，或对那个文件夹另建索引。",
        "Put its reports into the folder, or index that folder by itself.",
    ),
    "mend_closed_folder": (
        "请检查文件夹的权限。",
        "Check the permissions of the folder.",
    ),
    "mend_csv_row": (
        "请改正 metadata.csv 里的这些行。",
        "Mend these rows of metadata.csv.",
    ),
}
