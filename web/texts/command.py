"""The command line: help, and what the commands print."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # commands
    "command_gongkai": (
        "公开：政府报告全文检索。",
        "Gongkai: full-text search of Chinese government reports.",
    ),
    "command_index": (
        "为 CORPUS 文件夹中的报告建立或更新索引。",
        "Build or update the index of the reports in the folder CORPUS.",
    ),
    "command_watch": (
        "守着 CORPUS 文件夹：报告有变动就更新索引，直到按下中断键。",
        "Keep the index current: update it whenever the reports in the folder CORPUS change, until Ctrl-C.",
    ),
    "command_cluster_older": (
        "读者已在用新的索引；先前的索引 {seconds} 秒后删除，现在中断也无妨。",
        "Readers see the new index. The one before is removed in {seconds} seconds; Ctrl-C does no harm now.",
    ),
    "command_interrupted_cluster": (
        "已中止。已送到集群的报告下次不必再送。",
        "Ended. What the cluster has taken need not be sent again.",
    ),
    "command_watching": (
        "正在守着文件夹，按 Ctrl-C 结束。",
        "Watching the folder; Ctrl-C ends it.",
    ),
    "command_watched": ("已停止。", "Stopped."),
    "command_interrupted": (
        "已中止。索引没有变；读过的文件下次不必再读。",
        "Ended. The index is as it was; what has been read need not be read again.",
    ),
    "command_search": ("在索引中搜索 QUERY。", "Search the index for QUERY."),
    "command_export": (
        "把 QUERY 的结果（逐处、报告、趋势、地区等）全部写入文件。",
        "Write what QUERY finds to a file, all of it: every hit, the reports, the trend, regions by year, or "
        "the reports that do not say it.",
    ),
    "export_written": ("已写入 {file}", "Written: {file}"),
    "command_serve": ("在浏览器中检索：启动网页服务。", "Search in a browser: serve the pages."),
    "command_inspect": (
        "显示程序怎样读 FILE 这一份报告；压缩包和邮件则列出其中的文件。",
        "Show how the report FILE is read; of an archive or mail, the files in it.",
    ),
    "command_check": ("逐字节核对索引是否完好。", "Check every byte of the index."),
    "command_open": (
        "找到 LINK（链接、复制的文字，或 - 即标准输入）引用的段落。",
        "Find the passage that LINK quotes in the index of this machine: a link, the whole text that was "
        "copied, or - (read from standard input).",
    ),
    "command_similar": (
        "列出与 REPORT（编号、链接或路径）相似的报告；不写则列出全部。",
        "List the reports that have most of their text in common with REPORT (its id, a link to it or the "
        "path of its file), or without REPORT all pairs of such reports.",
    ),
    "command_pack": (
        "把资料、索引和摘录打成一个文件，对方用 gongkai serve 打开。",
        "Make one file of corpus, index and findings, which another machine opens with gongkai serve FILE.",
    ),
    "command_mcp": (
        "为智能助手（MCP）提供只读检索，只给核对过的原文和链接。",
        "Serve programs that use tools (MCP) over standard input and output: read-only, verified quotes with "
        "their links alone.",
    ),
    "command_findings": (
        "列出、导出、收入摘录。",
        "List, export and take in findings.",
    ),
    "command_findings_list": ("列出摘录。", "List the findings."),
    "command_findings_export": (
        "把摘录写成文件：CSV、Markdown、网页或 JSON Lines。",
        "Write the findings to FILE, as CSV, Markdown, a page or JSON Lines: as its name ends.",
    ),
    "command_findings_import": (
        "收入 FILE 中的摘录：链接和引文都相同的只留一条。",
        "Take in the findings of FILE: what has the same link and quote is kept once.",
    ),
    "command_verify": (
        "核对 FILE（- 即标准输入）中的每条引用链接和引文。",
        "Verify every passage link and quote of FILE (- is standard input) against the reports as they are now. "
        "Exit code 1 where one is neither exact nor moved.",
    ),
    "command_alerts": (
        "保存检索；每次更新索引后，告诉您哪些报告是新增、改动、不再命中的。",
        "Save searches, and be told after each run of the index which reports are new, changed or gone.",
    ),
    "command_alerts_run": (
        "现在就比对，并送出待送的通知。有一项不成，退出码为 1。",
        "Compare now, and send what waits to be sent. The exit code is 1 where some of that failed.",
    ),
    "command_alerts_list": ("列出保存的检索。", "List the saved searches."),
    "command_alerts_add": (
        "以 NAME 为名保存检索式 QUERY。\n\n现有的报告算作已知。通知的网址和邮箱只能用 gongkai alerts send 设定，"
        "不能在网页上：谁能设定，谁就能让本机向任何网址发出请求，内网的也在内。",
        "Save the search for QUERY as NAME; what it finds now counts as known. Addresses to tell can be set "
        "here only, not on a page: who sets one can make this machine send requests to any address, "
        "those of its own network included.",
    ),
    "command_alerts_send": (
        "把检索 NAME 的变化送往网址或邮箱。\n\n签名的密钥在 GONGKAI_WEBHOOK_SECRET，发信服务器在 GONGKAI_SMTP，"
        "其密码在 GONGKAI_SMTP_PASSWORD；名称后加 _FILE，则为只有自己能读的文件。\n\n"
        "服务器的证书若是自己签发的，GONGKAI_SMTP_CA 指明可信证书的文件（PEM）。",
        "Send what is new of the search NAME to an address or a mailbox. The secret to sign with is "
        "GONGKAI_WEBHOOK_SECRET, the mail server GONGKAI_SMTP, its password GONGKAI_SMTP_PASSWORD; with _FILE "
        "at the end of a name, a file that only you can read.\n\nWhere the server's certificate is of your own making, "
        "GONGKAI_SMTP_CA names a file of those that are trusted (PEM).",
    ),
    "command_alerts_remove": (
        "删除检索 NAME；加 --to，只是不再送往那里。",
        "Remove the search NAME, or with --to one of the places it is sent to.",
    ),
    "command_echoes": (
        "逐句查 REPORT 的话谁先说过；不写则列出先前已有最多的报告。",
        "Tell for each sentence of REPORT (its id, a link to it or the path of its file) which reports said it "
        "before; without REPORT list the reports, those that copy most first.",
    ),
    "command_demo": (
        "为自带的示例报告建立索引（如有必要），并打开检索页面。",
        "Index the sample reports, if need be, and open the search page.",
    ),
    "command_options": ("[选项]", "[OPTIONS]"),
    "command_subcommand": ("命令 [参数]…", "COMMAND [ARGS]..."),
    # options
    "option_help": ("显示帮助", "Show this help."),
    "option_version": ("显示版本", "Show the version."),
    "option_lang": ("界面语言（默认随系统）", "Language of the texts (default: the system's)."),
    "option_index": ("索引文件夹", "Folder of the index."),
    "option_cluster": (
        "用集群里的索引：https://主机:端口/名称。用户和密码： "
        "GONGKAI_CLUSTER_USER、GONGKAI_CLUSTER_PASSWORD",
        "The index in an OpenSearch cluster, https://HOST:PORT/NAME, several nodes with commas between them. User "
        "and password: GONGKAI_CLUSTER_USER, GONGKAI_CLUSTER_PASSWORD.",
    ),
    "option_cluster-ca": (
        "集群证书由自己的机构签发时，可信证书的文件（PEM）",
        "File of the certificates (PEM) to trust where the cluster's are of an authority of your own.",
    ),
    "option_shards": (
        "集群里的分片数（默认每个数据节点一片）",
        "Shards of the index in the cluster (default: one for each node that holds data).",
    ),
    "option_replicas": (
        "每个分片另存几份（默认 1；只有一个节点时 0）",
        "Further copies of each shard (default: 1, on a single node 0).",
    ),
    "option_index_demo": (
        "示例的索引文件夹（默认放在用户的缓存文件夹里）",
        "Folder of the samples' index (default: in the user's cache folder).",
    ),
    "option_json": ("输出 JSON", "Print JSON."),
    "option_json_similar": (
        "输出 JSON；没有 REPORT 时每行一对",
        "Print JSON; without REPORT a line for each pair.",
    ),
    "option_query_echoes": (
        "只列出符合这个检索式的报告",
        "List only the reports that this query finds.",
    ),
    "option_size_echoes": ("每页报告数（不写 REPORT 时）", "Reports on a page (without REPORT)."),
    "option_least": (
        "至少百分之几的文字见于另一份",
        "Least share of one of the two, in percent, that stands in the other.",
    ),
    "option_csv": ("输出 CSV", "Print a CSV file."),
    "option_label": ("只要这个标签的", "Only those of this label."),
    "option_public-url_findings_export": ("链接的开头", "What links begin with."),
    "option_on-conflict": (
        "标签或笔记不同时：保留我的（keep）、换成对方的（theirs）、两份笔记都留（both）",
        "Where label or note differ: keep mine (keep), take theirs, or keep both notes (both).",
    ),
    "option_jobs": ("读取文件的进程数", "Processes that read files."),
    "option_every": (
        "隔多少秒看一次文件夹",
        "Seconds between two looks at the folder.",
    ),
    "option_rebuild": (
        "全部重新读取并替换整个索引",
        "Read all files again and replace the whole index.",
    ),
    "option_webhook": (
        "送往这个网址（签名的 JSON），可多次",
        "Send to this address, as signed JSON. May be given again.",
    ),
    "option_mail": ("送往这个邮箱，可多次", "Send to this mailbox. May be given again."),
    "option_to": ("网址或邮箱", "The address or mailbox."),
    "option_public-url_alerts_send": (
        "通知里的链接以此开头",
        "What links in messages begin with.",
    ),
    "option_since": (
        "只要此日或此刻（UTC）起收入或改动的报告",
        "Only reports that came into the index, or changed there, on that day or at that time (UTC), or later.",
    ),
    "option_year-from": ("起始年度，含当年", "First year, inclusive."),
    "option_year-to": ("截止年度，含当年", "Last year, inclusive."),
    "option_scope": (
        "report（同一报告）或 section（同一章节）",
        "report (all words in one report) or section (in one section).",
    ),
    "option_words": (
        "没有引号的文字按词查找，各词在同一章节里即可",
        "The words of a text without quotes may stand apart in one section.",
    ),
    "option_whole": ("只要起止都在词的边界上的", "Only hits that begin and end where words do."),
    "option_literal": ("字形须完全一致", "Match characters exactly."),
    "option_sort": (
        "或 year、-year、hits、region、-changed",
        "Order: relevance, year, -year, hits, region, -changed (newest in the index).",
    ),
    "option_view": (
        "表：hits、reports、trend、matrix 或 silent",
        "Which table: hits, reports, trend (by year), matrix (regions by year), silent (reports that do "
        "not say it).",
    ),
    "option_format": (
        "格式：csv、xlsx、jsonl 或 md；不写则看文件名",
        "Form of the file: csv, xlsx (Excel), jsonl or md; by default what its name ends with, else csv.",
    ),
    "option_output_export": (
        "写到哪个文件（写完才出现）；不写则输出",
        "The file, which appears once it is whole; by default standard output.",
    ),
    "option_silent": (
        "反过来：没有这样说的报告",
        "The complement: reports that do not say it.",
    ),
    "option_order": (
        "各处次序：report、left（按前文）、right",
        "Order of hits: by reports, by what precedes (left) or follows (right).",
    ),
    "option_below": (
        "地区：children（下级）、province 等",
        "Which regions have rows: those right below the ones chosen, or all of a level.",
    ),
    "option_public-url_export": (
        "链接以什么网址开头",
        "What links begin with.",
    ),
    "option_page": ("第几页", "Which page."),
    "option_size": ("每页报告数", "Reports on a page."),
    "option_passages": ("每份报告最多列出几段", "Most passages shown of a report."),
    "option_host": ("监听的地址", "Address to listen at."),
    "option_port": ("监听的端口", "Port to listen at."),
    "option_public-url": (
        "别人访问时用的网址，链接和引文都以它开头",
        "Address at which others reach the pages, as https://reports.example.org: links and "
        "citations begin with it.",
    ),
    "option_corpus_serve": (
        "原件所在的文件夹；不写就是上次建立索引时的",
        "The folder of the original files; by default that of the last gongkai index.",
    ),
    "option_corpus_pack": (
        "资料文件夹；不写就是上次建立索引时的",
        "The folder of the corpus; by default that of the last gongkai index.",
    ),
    "option_output": (
        "写到哪个文件（默认：索引文件夹名.gongkai）",
        "The file to write (default: the name of the index's folder, .gongkai).",
    ),
    "option_cors": (
        "允许读取程序接口的网站（* 为任何网站），可重复",
        "A site whose pages may read the API, as https://example.org, or * for any; may be repeated.",
    ),
    "option_budget": (
        "一个请求最多用多少秒处理时间（CPU）",
        "Most seconds of computing time (CPU) for one request.",
    ),
    "option_processes": (
        "几个进程生成页面（1：不另开进程）",
        "Processes that make pages side by side (1: the server's own alone).",
    ),
    "option_public-url_mcp": (
        "链接以哪个网址开头（默认是本机的 gongkai serve）",
        "Address that links begin with (default: that of gongkai serve on this machine).",
    ),
    "option_proxy": (
        "前面恰有一层代理：信任它的 X-Forwarded-*",
        "Exactly one proxy stands before: trust its X-Forwarded-*.",
    ),
    "option_browser": ("是否打开浏览器", "Whether to open a browser."),
    "option_browser_open": (
        "在浏览器里打开（服务没有运行时先启动）",
        "Open it in a browser, and serve the pages where that is not done yet.",
    ),
    "option_corpus": (
        "资料文件夹：连同路径和 metadata.csv 一起看，与建索引时相同",
        "Folder of the corpus: look at path and metadata.csv too, as indexing does.",
    ),
    # while it runs
    "command_reading": ("读取", "Reading"),
    "command_packing": ("打包", "Packing"),
    "command_verifying": ("核对", "Verifying"),
    "command_packed": (
        "打包完成：{path}，{bytes:,} 字节；{reports:,} 份报告，{files:,} 个原件，{findings:,} 条摘录。",
        "Packed: {path}. Bytes: {bytes:,}; reports: {reports:,}; original files: {files:,}; "
        "findings: {findings:,}.",
    ),
    "command_pack_digest": ("sha256：{digest}（封条）", "sha256: {digest} (of the seal)"),
    "command_pack_open": (
        "在另一台机器上打开：gongkai serve {path}",
        "To open it on another machine: gongkai serve {path}",
    ),
    "command_pack_interrupted": (
        "已中止，没有留下文件。",
        "Ended; no file was left.",
    ),
    "command_unpacked": (
        "已解开并核对：{folder}；之后的摘录也存在那里。再打包：gongkai pack --index {index}",
        "Unpacked and verified: {folder}. What you find is kept there, too. To pack it again: "
        "gongkai pack --index {index}",
    ),
    "command_pack_verified": (
        "已核对；先前已解开在 {folder}。",
        "Verified. It was unpacked before: {folder}",
    ),
    "command_writing": ("写入", "Writing"),
    "command_serving": (
        "检索页面：{address}（按 Ctrl+C 停止）",
        "Search page: {address} (Ctrl+C stops it)",
    ),
    "command_published": (
        "对外网址：{address}",
        "Address for others: {address}",
    ),
    # errors and warnings
    "command_error": ("错误：{message}", "Error: {message}"),
    "command_position": ("位置：第 {number} 个字", "At character {number}"),
    "command_no_chinese": (
        "Note: the encoding {encoding} of this output has no Chinese characters; set PYTHONUTF8=1",
        "Note: the encoding {encoding} of this output has no Chinese characters; set PYTHONUTF8=1",
    ),
    "command_warning": ("注意：{message}", "Note: {message}"),
    # results of index and check
    "command_summary": (
        "索引 {folder}：{reports:,} 份报告，{sections:,} 个章节，{characters:,} 字，"
        "用时 {seconds:.1f} 秒。",
        "Index {folder}. Reports: {reports:,}; sections: {sections:,}; "
        "characters: {characters:,}; seconds: {seconds:.1f}.",
    ),
    "change_added": ("新增 {count:,}", "added {count:,}"),
    "change_updated": ("更新 {count:,}", "updated {count:,}"),
    "change_moved": ("移动 {count:,}", "moved {count:,}"),
    "change_removed": ("移除 {count:,}", "removed {count:,}"),
    "change_unchanged": ("未变 {count:,}", "unchanged {count:,}"),
    "command_between": ("，", ", "),
    "command_copies": (
        "另有 {count:,} 个文件与其中的报告相同，没有重复收入。",
        "Files that hold a report which is there already: {count:,}. It counts once.",
    ),
    "command_no_files": ("文件夹是空的", "The folder is empty"),
    "command_rejected": ("以下 {count} 项没有收入：", "Not taken into the index: {count}"),
    "command_reason": ("  {source}：{reason}", "  {source}: {reason}"),
    "command_cause": ("  {count:,} 个：{reason}", "  {count:,}: {reason}"),
    "command_cause_example": ("      例如 {source}", "      such as {source}"),
    "command_cause_mend": ("      {mend}", "      {mend}"),
    "command_causes_all": (
        "逐个列出：gongkai index … 2> 文件，或者看网页上的“没有收进索引的文件”。",
        'One by one: gongkai index … 2> FILE, or the page "Files that are not in the index".',
    ),
    "command_sound_cluster": (
        "集群里的索引完整：{reports:,} 份报告，另有 {files:,} 个其他文件；{shards} 个分片，各 {copies} 份，共 {bytes:,} 字节。",
        "The index in the cluster is whole. Reports: {reports:,}; other files: {files:,}; shards: {shards}; copies of "
        "each: {copies}; bytes in all: {bytes:,}.",
    ),
    "command_sound": (
        "索引完好：{files} 个文件，{bytes:,} 字节，{reports:,} 份报告，{sections:,} 个章节。",
        "The index is sound. Files: {files}; bytes: {bytes:,}; reports: {reports:,}; "
        "sections: {sections:,}.",
    ),
    # results of search
    "command_totals": (
        "{reports:,} 份报告，{sections:,} 个章节，{hits:,} 处（其中整词 {whole:,} 处）",
        "Reports: {reports:,}; sections: {sections:,}; hits: {hits:,} "
        "(on word boundaries: {whole:,})",
    ),
    "command_by_words": (
        "没有报告连着这样写；加 --words，各词可以分开：{reports:,} 份报告",
        "No report has it in one piece. Reports with its words apart (--words): {reports:,}",
    ),
    "command_did_you_mean": ("您要找的是不是：{queries}", "Did you mean: {queries}"),
    "command_page": ("第 {page:,} 页，共 {pages:,} 页", "Page {page:,} of {pages:,}"),
    "command_next_page": ("下一页：{command}", "Next page: {command}"),
    "command_no_region": ("地区不详", "region unknown"),
    "command_no_year": ("年份不详", "year unknown"),
    "command_hits": ("{count} 处", "hits: {count}"),
    # results of open
    "opened_exact": ("引文未变，还在原处。", "The quoted text is unchanged and where it was."),
    "opened_moved": (
        "引文未变，位置变了：原在第 {first:,} 字起，现在第 {now:,} 字起。",
        "The quoted text is the same but has moved: from character {first:,} to character {now:,}.",
    ),
    "opened_changed": (
        "这段文字在引用之后已经改变或删去；下面是原处现在的文字。",
        "This passage has changed or been removed since it was cited; below is what stands there now.",
    ),
    "opened_by_source": (
        "按文件路径找到：这里的编号不同。",
        "Found by the path of its file: it has another id here.",
    ),
    "opened_by_quote": (
        "按引文找到：这里有 {count} 份报告写有这段文字。",
        "Found by the quote. Reports here that have it: {count}",
    ),
    # results of similar
    "similar_of_one": (
        "  所问报告的 {this} 见于这份，这份的 {other} 见于所问报告",
        "  It has {this} of the text of the report asked for, which has {other} of its text",
    ),
    "similar_share": (
        "  {share} 见于另一份（{characters:,} 字）",
        "  {share} of its text stands in the other one (characters: {characters:,})",
    ),
    "similar_count": ("相似：{count:,}", "Alike: {count:,}"),
    "similar_crowded": (
        "注意：有同样文字的报告太多，只与其中一部分比较过",
        "Note: so many reports have the same text that this one was held against some of them only",
    ),
    "similar_column": ("{name}（{side}）", "{name} ({side})"),
    "column_characters": ("字数", "characters"),
    "column_common": ("共有字数", "common characters"),
    "column_share": ("共有比例", "share"),
    # results of inspect
    "command_fact": ("{name}：{value}", "{name}: {value}"),
    "fact_region": ("地区", "Region"),
    "fact_year": ("年份", "Year"),
    "fact_genre": ("体裁", "Genre"),
    "fact_issuer": ("机构", "Issuer"),
    "fact_published": ("发布", "Published"),
    "fact_number": ("文号", "Number"),
    "fact_url": ("网址", "Address"),
    "fact_id": ("编号", "Id"),
    "command_members": ("其中 {count} 个文件：", "Files in it: {count}"),
    "command_no_report": ("没有收入：{reason}", "Not taken: {reason}"),
    "command_no_heading": ("（无标题）", "(no heading)"),
    "command_lines": ("{count} 段", "lines: {count}"),
    "command_dropped": ("略去（{reason}）：{text}", "Left out ({reason}): {text}"),
}

CLICK: dict[str, str] = {
    # help
    "Usage:": "用法:",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "deprecated": "已弃用",
    "default: {default}": "默认：{default}",
    "(dynamic)": "（视情况）",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    # errors
    "Error: {message}": "错误：{message}",
    "Aborted!": "已中止！",
    "Try '{command} {option}' for help.": "用法见 {command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such option: {name}": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是以下之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（可用的选项：{possibilities}）",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不能有值。",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面缺少值。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是整数。",
    "{value!r} is not a valid boolean.": "{value!r} 不是真假值。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{value!r} is not {choice}.": "{value!r} 不可用，应为 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不可用，应为 {choices} 之一。",
    "{name} {filename!r} does not exist.": "{filename!r} 不存在。",
    "{name} {filename!r} is a file.": "{filename!r} 是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "{filename!r} 是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "{filename!r} 不能读取。",
}
"""What click itself says: its English, which it looks up by, and the Chinese."""
