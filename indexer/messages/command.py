"""Errors of the command line itself."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "file_not_regular": ("{file} 不是普通文件", "{file} is not a regular file"),
    "file_not_regular_hint": (
        "请指定一份 .txt、.md 或 .html 报告。",
        "Name one report, a .txt, .md or .html file.",
    ),
    "not_inside": ("{file} 里没有 {path}", "There is no {path} in {file}"),
    # files written
    "file_not_written": ("{file} 写不了：{error}", "{file} cannot be written: {error}"),
    "file_not_written_hint": (
        "请看文件夹是否存在、是否有地方、是否允许写入。",
        "See whether the folder is there, has room and may be written to.",
    ),
    "export_to_terminal": (
        "Excel 文件不能显示在终端上",
        "An Excel file cannot be shown on a terminal",
    ),
    "export_to_terminal_hint": (
        "请用 --output 指定文件，例如 --output 结果.xlsx。",
        "Name a file with --output, as in --output results.xlsx.",
    ),
    # serving
    "public_url_bad": (
        "--public-url 不能是“{url}”：应为 http 或 https 的网址",
        '--public-url cannot be "{url}": it must be an http or https address',
    ),
    "public_url_more": (
        "--public-url 不能是“{url}”：网址只能有协议、主机名和端口",
        '--public-url cannot be "{url}": an address of scheme, host and port is wanted',
    ),
    "public_url_hint": (
        "写法如 https://reports.example.org；中文域名请写成 xn-- 开头的形式。",
        "Write it as in https://reports.example.org; names in other letters in their xn-- form.",
    ),
    "public_url_path": (
        "--public-url 不能是“{url}”：不支持域名下的子路径",
        '--public-url cannot be "{url}": a path below the host is not supported',
    ),
    "public_url_path_hint": (
        "请给这些网页一个单独的域名或端口，如 https://reports.example.org。",
        "Give the pages a host name or port of their own, as in https://reports.example.org.",
    ),
    "cors_bad": (
        "--cors 不能是“{value}”：应为一个网站，只写协议、主机名和端口",
        '--cors cannot be "{value}": it must be a site, of scheme, host and port alone',
    ),
    "cors_hint": (
        "写法如 https://example.org；任何网站都可以就写 *。",
        "Write it as in https://example.org, or * for any site.",
    ),
    "cors_any": (
        "--cors *：这台机器上打开的任何网页都能读取 /api/",
        "--cors *: any web page that is open on this machine can read /api/",
    ),
    "no_samples": ("找不到示例资料 {folder}", "The sample reports are not in {folder}"),
    "no_samples_hint": (
        "这个安装不完整：请重新安装，例如 pip install --force-reinstall gongkai。",
        "This installation is not complete: install it again, "
        "as with pip install --force-reinstall gongkai.",
    ),
    "no_home": (
        "找不到用户的缓存文件夹，示例索引没有地方放",
        "There is no cache folder of the user to keep the index of the samples in",
    ),
    "no_home_hint": (
        "请用 --index 指定一个文件夹。",
        "Name a folder with --index.",
    ),
    # opening links
    "no_link": (
        "这段文字里没有段落链接",
        "There is no link to a passage in this text",
    ),
    "no_link_hint": (
        "链接含有 /reports/编号/起-止/校验，例如 /reports/0123456789ab/120-150/89abcdef。",
        "A link has /reports/id/start-end/check, as in /reports/0123456789ab/120-150/89abcdef.",
    ),
    "passage_not_here": (
        "这个索引里没有编号为 {id} 的报告，按路径和引文也没有找到这段文字",
        "The index has no report with the id {id}, and neither path nor quote leads to the passage",
    ),
    "passage_not_here_hint": (
        "请给出复制的整段文字，其中要有引文和“文件：”一行；也可能这份报告不在资料里。",
        "Give the whole text that was copied, with the quote and the line that names the file; "
        "or the corpus lacks the report.",
    ),
    "more_links": (
        "还有 {count} 个链接，这里只看第一个",
        "Only the first link is looked at; further ones: {count}",
    ),
    "host_unknown": ("没有 {host} 这个地址", "There is no address {host}"),
    "host_unknown_hint": (
        "请写本机的一个地址，如 127.0.0.1；0.0.0.0 是本机的全部地址。",
        "Name an address of this machine, such as 127.0.0.1; 0.0.0.0 stands for all of them.",
    ),
    "port_closed": ("端口 {port} 打不开：{error}", "The port {port} cannot be opened: {error}"),
    "port_closed_hint": (
        "多半已有程序占用它；请换一个，如 --port {other}。",
        "Another program most likely uses it; choose another one, such as --port {other}.",
    ),
}
