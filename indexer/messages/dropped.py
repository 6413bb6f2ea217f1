"""Why a piece of a file is not in the report's text."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # parts of a page's markup
    "dropped_code": ("脚本或样式", "script or style sheet"),
    "dropped_comment": ("注释", "comment"),
    "dropped_control": ("表单控件", "form control"),
    "dropped_element": ("网页元素 {name}", "element {name}"),
    "dropped_hidden": ("隐藏的内容", "hidden"),
    "dropped_sheet_name": ("工作表名称", "name of a sheet"),
    "dropped_nav": ("网页导航区", "navigation"),
    "dropped_header": ("网页页眉", "page header"),
    "dropped_footer": ("网页页脚", "page footer"),
    "dropped_aside": ("网页侧栏", "sidebar"),
    # pages of a PDF and of scans
    "dropped_unreadable": ("扫描件上辨认不清", "could not be made out on the scan"),
    "dropped_page_number": ("页码", "page number"),
    "dropped_running": ("每页重复的页眉或页脚", "running head or foot"),
    "dropped_head_again": ("续页重复的表头", "head of a table, printed again on the next page"),
    "dropped_watermark": ("水印", "watermark"),
    # lines
    "dropped_reading": ("繁简转换留下的注音", "readings that a converter of characters left"),
    "dropped_repeated": ("与前文重复的又一份正文", "another copy of the text above"),
    "dropped_title": ("与标题重复", "repeats the title"),
    "dropped_facts": ("页面信息", "facts about the page"),
    "dropped_buttons": ("页面按钮", "buttons"),
    "dropped_scan": ("扫码提示", "code to scan"),
    "dropped_licence": ("备案信息", "licence of the site"),
    "dropped_editor": ("责任编辑", "editor"),
    "dropped_breadcrumb": ("导航", "breadcrumb"),
    "dropped_site": ("网站名称", "name of the site"),
    "dropped_columns": ("网站栏目", "columns of the site"),
    "dropped_host": ("主办单位", "host of the site"),
    "dropped_copyright": ("版权信息", "copyright"),
    "dropped_site_id": ("网站标识码", "identifier of the site"),
    "dropped_tools": ("网站工具", "tools of the site"),
    "dropped_site_or_column": ("网站名称或栏目", "name or column of the site"),
    "dropped_related": ("相关链接", "related links"),
}
