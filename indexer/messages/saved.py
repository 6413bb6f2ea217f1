"""What is said of what readers keep, and of requests that change it."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "saved_unusable": (
        "{path}（保存的检索和摘录）不能读写：{error}",
        "{path} (saved searches and findings) cannot be read or written: {error}",
    ),
    "saved_unusable_hint": (
        "请检查文件权限和磁盘空间；若文件已损坏，请从备份恢复，或把它移开（其中内容会不见）。",
        "Check the file's permissions and the space on the disk. If the file is damaged, restore it from a "
        "backup, or move it away (what it holds is then gone).",
    ),
    "saved_of_newer_version": (
        "保存的检索和摘录出自更新版本的 Gongkai（第 {there} 版，此处为第 {here} 版）",
        "Saved searches and findings are of a newer Gongkai (version {there}; this one has {here})",
    ),
    "saved_of_newer_version_hint": ("请更新 Gongkai。", "Update Gongkai."),
    "nothing_is_kept": (
        "这个网站不保存检索和摘录",
        "This site keeps no searches and findings",
    ),
    "nothing_is_kept_hint": (
        "在自己的电脑上用 gongkai serve 打开索引，就可以保存。",
        "On a machine of your own, open the index with gongkai serve to keep them.",
    ),
    "saved_search_unknown": (
        "这条检索用到了这个版本不认识的条件：{name}",
        "This search has a condition that this version does not know: {name}",
    ),
    "saved_search_damaged": (
        "这条检索的内容已损坏",
        "What was saved of this search is damaged",
    ),
    "saved_name_taken": (
        "已经有名为“{name}”的检索",
        'There is a saved search called "{name}" already',
    ),
    "saved_name_taken_hint": ("请换一个名称。", "Choose another name."),
    "saved_name_length": (
        "名称应有 1 至 {most} 个字",
        "A name has 1 to {most} characters",
    ),
    "saved_search_missing": (
        "没有名为“{name}”的检索",
        'There is no saved search called "{name}"',
    ),
    "saved_search_missing_hint": (
        "gongkai alerts list 列出全部保存的检索。",
        "gongkai alerts list lists all saved searches.",
    ),
    "saved_not_looked": (
        "保存的检索这次没有比对：{error}",
        "Saved searches were not compared this time: {error}",
    ),
    "saved_not_looked_hint": (
        "下次更新索引时，或用 gongkai alerts run，会补上。",
        "The next run of the index, or gongkai alerts run, makes up for it.",
    ),
    "index_is_older": (
        "索引比上次比对时的旧，没有比对",
        "The index is older than the one that was compared last; nothing was compared",
    ),
    "index_is_older_hint": (
        "如果它来自备份，请用 gongkai index 更新。",
        "If it is from a backup, bring it up to date with gongkai index.",
    ),
    # delivery
    "saved_target_missing": (
        "这条检索没有送往 {address}",
        "This search is not sent to {address}",
    ),
    "secret_readable": (
        "别人也能读取存放密码的文件 {path}，没有使用；请执行 chmod 600",
        "The file with the password, {path}, can be read by others and was not used; chmod 600 helps",
    ),
    "secret_unreadable": (
        "存放密码的文件 {path} 不能读取：{error}",
        "The file with the password, {path}, cannot be read: {error}",
    ),
    "webhook_address": (
        "不是可以通知的网址：{address}",
        "Not an address that can be told: {address}",
    ),
    "webhook_address_hint": (
        "应以 http:// 或 https:// 开头，不含用户名和 #。",
        "It begins with http:// or https:// and has no user and no #.",
    ),
    "webhook_secret": (
        "没有签名用的密钥",
        "There is no secret to sign with",
    ),
    "webhook_secret_hint": (
        "请把密钥写进环境变量 {name}，或写进只有自己能读的文件，由 {name}_FILE 指明。",
        "Put it into the variable {name}, or into a file that only you can read, which {name}_FILE names.",
    ),
    "webhook_failed": ("网址没有应答：{error}", "The address did not answer: {error}"),
    "webhook_refused": (
        "网址没有收下，状态码 {status}（2xx 才算收下，不跟随跳转）",
        "The address did not take it: status {status} (2xx does; redirects are not followed)",
    ),
    "mail_address": ("不是电子邮箱：{address}", "Not an e-mail address: {address}"),
    "mail_server": (
        "环境变量 {name} 没有指明发信服务器",
        "The variable {name} names no mail server",
    ),
    "mail_server_hint": (
        "例如 smtp://user@mail.example.org:587，或 smtps://user@mail.example.org；"
        "本机不加密的：smtp+plain://127.0.0.1:25。密码另放在 GONGKAI_SMTP_PASSWORD。",
        "Such as smtp://user@mail.example.org:587 or smtps://user@mail.example.org; without encryption, on "
        "this machine: smtp+plain://127.0.0.1:25. The password goes into GONGKAI_SMTP_PASSWORD.",
    ),
    "mail_password": (
        "密码不能写在服务器网址里，请放进 {name}",
        "The password must not stand in the server's address; put it into {name}",
    ),
    "mail_failed": ("邮件没有发出：{error}", "The mail was not sent: {error}"),
    "mail_certificate": (
        "发信服务器 {host} 的证书不可信，没有发出（{error}）；如果是自己签发的，请把签发它的证书存成文件，用 {name} 指明",
        "The certificate of the mail server {host} was refused, and nothing was sent ({error}); if it is of your "
        "own making, name a file with the certificate that signed it in {name}",
    ),
    "mail_trusted": (
        "存放可信证书的文件 {path} 不能使用（应为 PEM 格式）：{error}",
        "The file of trusted certificates, {path}, cannot be used (it has to be PEM): {error}",
    ),
    "mail_no_tls": (
        "与发信服务器 {host} 的端口 {port} 谈不成加密（{error}）；smtps:// 从一开始就加密，STARTTLS 请写 smtp://",
        "No encryption could be agreed on with the mail server {host} at port {port} ({error}); smtps:// is "
        "encrypted from the first byte, for STARTTLS write smtp://",
    ),
    "mail_no_starttls": (
        "发信服务器 {host} 的端口 {port} 不支持 STARTTLS，没有发出；可试 smtps://，本机不加密的写 smtp+plain://",
        "The mail server {host} has no STARTTLS at port {port}, and nothing was sent; smtps:// may do, or "
        "smtp+plain:// for one of this machine without encryption",
    ),
    "not_from_here": (
        "这个请求不是从本网站的页面发出的，没有执行",
        "This request did not come from a page of this site, and nothing was done",
    ),
    "not_from_here_hint": (
        "请重新打开页面，再试一次。",
        "Open the page anew and try again.",
    ),
    "not_our_host": (
        "用 {host} 这个网址，不显示保存的检索和摘录",
        "Under the address {host}, saved searches and findings are not shown",
    ),
    "not_our_host_hint": (
        "请用 127.0.0.1 或 localhost 打开；要用别的网址，请在启动时写明：gongkai serve --public-url。",
        "Open the pages at 127.0.0.1 or localhost; to use another address, name it when starting: "
        "gongkai serve --public-url.",
    ),
    "body_too_large": (
        "发来的内容太大：最多 {most} KB",
        "What was sent is too large: at most {most} KB",
    ),
    "body_too_large_hint": ("请分成几份。", "Send it in parts."),
}
