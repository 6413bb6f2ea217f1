"""Reading: encodings, plain text, Markdown and HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading import Document, RawLine, read
from indexer.reading.formats import BY_NAME

SIMPLE = "松河县人民政府二〇一九年政府信息公开工作年度报告，全年主动公开信息三百条。"
TRADITIONAL = "松河縣人民政府二零一九年政府資訊公開工作年度報告，全年主動公開資訊三百條。"


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def markdown(text: str) -> Document:
    return read("a.md", text.encode())


def page(body: str) -> Document:
    return read("a.html", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("utf-8", SIMPLE, "utf-8"),
        ("utf-8-sig", SIMPLE, "utf-8"),
        ("utf-16", SIMPLE, "utf-16"),
        ("utf-16-le", SIMPLE, "utf-16"),
        ("utf-16-be", SIMPLE, "utf-16"),
        ("utf-32", SIMPLE, "utf-32"),
        ("gb18030", SIMPLE, "gb18030"),
        ("gbk", TRADITIONAL, "gb18030"),
        ("gb2312", "青溪镇公开三务", "gb18030"),
        ("big5", "青溪鎮公開三務", "big5"),
        ("cp950", TRADITIONAL, "big5"),
        ("big5hkscs", TRADITIONAL.replace("縣", "邨"), "big5"),
        ("gb18030", "今年的工作有𠮷祥之处，成绩好。", "gb18030"),
    ],
)
def test_encodings(codec: str, text: str, encoding: str) -> None:
    document = read("a.txt", text.encode(codec))
    assert (texts(document), document.encoding, document.warnings) == ([text], encoding, ())


def test_utf16_with_mark_big_endian() -> None:
    assert texts(read("a.txt", b"\xfe\xff" + SIMPLE.encode("utf-16-be"))) == [SIMPLE]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_cut_at_the_end(codec: str) -> None:
    document = read("a.txt", (SIMPLE * 3 + "县").encode(codec)[:-1])
    assert texts(document) == [SIMPLE * 3 + "\ufffd"]
    assert document.warnings == (Message("broken_bytes", count=1, encoding=document.encoding),)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_one_bad_byte(codec: str) -> None:
    data = SIMPLE.encode(codec) + b"\xff" + ("。" + SIMPLE).encode(codec)
    document = read("a.txt", data)
    assert SIMPLE in document.lines[0].text
    assert len(document.warnings) == 1


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("utf-8", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("gb2312", "big5", "big5"),
        ("no-such", "gb18030", "gb18030"),
    ],
)
def test_declared_encoding_is_checked(declared: str, codec: str, encoding: str) -> None:
    text = TRADITIONAL if codec == "big5" else SIMPLE
    html = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    document = read("a.html", html.encode(codec))
    assert (texts(document), document.encoding) == ([text], encoding)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pptx", b"x", "不支持的格式：.pptx"),
        ("README", b"x", "不支持的格式：没有扩展名"),
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"\xef\xbb\xbf", "没有正文"),
        ("a.md", b"---\ntitle: x\n---\n", "没有正文"),
        ("a.txt", " \u3000\r\n\u200b".encode(), "没有正文"),
        ("a.html", b"<html><script>x</script></html>", "没有正文"),
        ("a.txt", b"%PDF-1.7\n", "PDF"),
        ("a.txt", b"Rar!\x1a\x07", "RAR"),
        ("a.txt", b"PK\x03\x04abc", "Office"),
        ("a.md", bytes(range(32)) * 40, "二进制|无法解码"),
        ("a.txt", b"\x00" * 400, "二进制"),
        ("a.txt", bytes(range(128, 256)) * 20, "无法解码：试过 UTF-8、GB18030"),
    ],
)
def test_unreadable(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(name, data)


def test_suffixes() -> None:
    assert {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml"} <= set(BY_NAME)
    assert texts(read("X/Y.TXT", b"a")) == ["a"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_line_ends(end: str) -> None:
    assert texts(read("a.txt", f"甲{end}{end}乙{end}".encode())) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\u3000\u3000甲　乙 \xa0\u200b\ufeff", RawLine("甲　乙")),
        (SIMPLE + "\x00\x07乙\x1b", RawLine(SIMPLE + "乙")),
        ("项目\t数量\t", RawLine("项目\t数量", row=True)),
        ("项目\t\t 数量", RawLine("项目\t\t数量", row=True)),
        ("\t甲", RawLine("甲")),
        ("项目 | 数量 |", RawLine("项目\t数量", row=True)),
        ("| 项目 | | 数量", RawLine("项目\t\t数量", row=True)),
        ("某县年报 | ||||", RawLine("某县年报")),
        ("首页 | 公告", RawLine("首页 | 公告")),
        ("<U+00A0>一、<U+300A>条例<U+300B><U+003C>b>", RawLine("一、《条例》<U+003C>b>")),
        ("**甲** <b>&amp;", RawLine("**甲** <b>&amp;")),
    ],
)
def test_plain_line(source: str, line: RawLine) -> None:
    assert read("a.txt", source.encode()).lines == (line,)


def test_bars_alone_are_no_line() -> None:
    assert texts(read("a.txt", "|\n甲 | 乙 |\n---|---\n||||\n—\n".encode())) == ["甲\t乙", "—"]


def test_a_converters_readings_are_no_text() -> None:
    document = read("a.md", "**根據(jù)條例**，某鎮(zhèn)公開\n\n數(shù)量".encode())
    assert document.lines == (RawLine("根據條例，某鎮公開", bold=4), RawLine("數量"))
    assert document.dropped == (Dropped("(jù) (zhèn) (shù)", Message("dropped_reading")),)


def test_an_author_s_reading_stays() -> None:
    source = "黄垓(gāi)乡，又名某(a)某（b），黄垓(gāi)"
    assert texts(read("a.txt", source.encode())) == [source]


@pytest.mark.parametrize(
    ("source", "text", "bold"),
    [
        ("**一、概述**", "一、概述", 4),
        ("**一、概述。**全县", "一、概述。全县", 5),
        ("__一、__全县", "__一、__全县", 0),
        ("__一、__ 全县", "一、 全县", 2),
        ("**一、** **二**三", "一、 二三", 4),
        ("全县**“三务”**公开", "全县“三务”公开", 0),
        ("***甲***乙", "甲乙", 1),
        ("<strong>甲</strong>乙<br/>", "甲乙", 1),
        ("**甲", "甲", 0),
        ("*甲*乙", "甲乙", 0),
        ("2*66和4*100米", "2*66和4*100米", 0),
        ("PM_2.5、PM_10", "PM_2.5、PM_10", 0),
        ("共____件，____件", "共____件，____件", 0),
        ("`甲*乙*`丙", "甲*乙*丙", 0),
        ("~~甲~~乙", "甲乙", 0),
        (r"\*甲\* 1\. \乙", r"*甲* 1. \乙", 0),
        ("见[通知](http://a.b/c_(d) '题')。", "见通知。", 0),
        ("[![图](a.png)](b)甲![](c.png)", "甲", 0),
        ("[**甲**](x)乙", "甲乙", 1),
        ("<http://a.b/c>", "http://a.b/c", 0),
        ("&ldquo;三务&rdquo;&#20844;开&nope;", "“三务”公开&nope;", 0),
        ("<span style='x'>甲</span><乙>", "甲<乙>", 0),
        ("目标[^1]。", "目标。", 0),
        ("[^1]: 注释", "注释", 0),
        ("甲[乙]丙", "甲[乙]丙", 0),
        ("——到年底", "——到年底", 0),
        ("- 甲", "甲", 0),
        ("  * **甲**乙", "甲乙", 1),
        ("1. 甲", "1. 甲", 0),
        ("-8.7 万吨", "-8.7 万吨", 0),
        ("> > 甲\\", "甲", 0),
        ("#甲", "#甲", 0),
    ],
)
def test_markdown_line(source: str, text: str, bold: int) -> None:
    assert markdown(source).lines == (RawLine(text, bold=bold),)


@pytest.mark.parametrize("source", ["![](a.png)", "**![](./a.gif)**", "[![图](a.png)](b)"])
def test_an_image_alone_is_no_line(source: str) -> None:
    assert [line.text for line in markdown(f"甲\n\n{source}\n\n乙").lines] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("## 甲 ##\n乙", [RawLine("甲", 2), RawLine("乙")]),
        ("#\u3000**甲**#", [RawLine("甲#", 1, 1)]),
        ("甲\n===\n\n乙\n---\n", [RawLine("甲", 1), RawLine("乙", 2)]),
        ("甲\n乙\n---\n丙", [RawLine("甲"), RawLine("乙"), RawLine("丙")]),
        ("甲\n\n***\n\n- - -\n___\n乙", [RawLine("甲"), RawLine("乙")]),
        ("**甲\n乙**丙", [RawLine("甲", bold=1), RawLine("乙丙", bold=1)]),
        ("甲  \n乙<br>丙", [RawLine("甲"), RawLine("乙"), RawLine("丙")]),
        ("```\n**甲**\n```\n乙", [RawLine("**甲**"), RawLine("乙")]),
        (
            "| 项 | 数 |\n| :- | -: |\n| 甲<br>1 | \\| **2** |\n",
            [RawLine("项\t数", row=True), RawLine("甲 1\t| 2", row=True)],
        ),
        (  # emphasis around a whole table, and cells that are nothing but emphasis
            "**| 项 | 数 |\n| - | - |\n| 甲 | **1** |\n| ** | 2 |\n| 丙 | **** |**",
            [
                RawLine("项\t数", row=True),
                RawLine("甲\t1", row=True),
                RawLine("\t2", row=True),
                RawLine("丙", row=True),
            ],
        ),
        (  # a blank corner is a column, a single star is a note
            "| | 2019 | 2020 |\n| - | - | - |\n| 甲 | 1（*） | * |",
            [RawLine("\t2019\t2020", row=True), RawLine("甲\t1（*）\t*", row=True)],
        ),
        (
            "项|数\n---|---\n甲|-\n\n乙|丙",
            [RawLine("项\t数", row=True), RawLine("甲\t-", row=True), RawLine("乙|丙")],
        ),
        (
            "甲\n<table>\n<tr><td>项</td>\n\n<td>数</td></tr></table>乙",
            [RawLine("甲"), RawLine("项\t数", row=True), RawLine("乙")],
        ),
    ],
)
def test_markdown_blocks(source: str, lines: list[RawLine]) -> None:
    assert list(markdown(source).lines) == lines


def test_markdown_comments_are_dropped() -> None:
    document = markdown("甲<!-- 摄影\n记者 -->乙\n<!-- 未完")
    assert texts(document) == ["甲乙", "<!-- 未完"]
    assert document.dropped == (Dropped("摄影 记者", Message("dropped_comment")),)


@pytest.mark.parametrize(
    ("block", "meta"),
    [
        ("title: 甲县报告\ndate: 2018-03-05", {"title": "甲县报告", "published": "2018-03-05"}),
        ("source:\n- https://a.b/c\n- https://d.e", {"url": "https://a.b/c"}),
        ("来源: 县政府办\n原文链接: http://x", {"source": "县政府办", "url": "http://x"}),
        ("发布机构: 甲镇\n文号: 甲〔2018〕4号", {"issuer": "甲镇", "number": "甲〔2018〕4号"}),
        ("关键词: [甲, 乙]\nYear: 2017\nempty:", {"keywords": "甲、乙", "year": "2017"}),
        ("date: 2018-13-45", {"published": "2018-13-45"}),
    ],
)
def test_front_matter(block: str, meta: dict[str, str]) -> None:
    for end in ("\n", "\r\n"):
        document = markdown(f"---\n{block}\n----\n正文".replace("\n", end))
        assert (document.meta, texts(document)) == (meta, ["正文"])


@pytest.mark.parametrize(
    ("source", "warned"),
    [
        ("---\ntitle: 甲: 乙\n---\n正文", True),
        ("---\n" + "[" * 5000 + "\n---\n正文", True),
        ("---\n只有一句\n---\n正文", False),
        ("---\n正文", False),
    ],
)
def test_no_front_matter_stays_text(source: str, warned: bool) -> None:
    document = markdown(source)
    assert texts(document)[-1] == "正文"
    assert (bool(document.warnings), document.meta) == (warned, {})


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲</p>乙<br>丙<div>丁", [RawLine(t) for t in "甲乙丙丁"]),
        ("<h1>甲<br>乙</h1><h3>丙</h3>", [RawLine("甲", 1), RawLine("乙", 1), RawLine("丙", 3)]),
        ("<p> <b>一、</b> <strong>总体</strong>情况", [RawLine("一、 总体情况", bold=5)]),
        ("<p><span style='font-weight: 700'>甲</span>乙", [RawLine("甲乙", bold=1)]),
        ("<b><span style='font-weight:normal'>甲</span>乙</b>", [RawLine("甲乙")]),
        (
            "<p>公\n  开<b>\n三</b> a\nb  c&nbsp;&nbsp;d\u3000e",
            [RawLine("公开三 a b c\xa0\xa0d\u3000e")],
        ),
        ("<pre>甲\n 乙</pre>", [RawLine("甲"), RawLine("乙")]),
        ("<ul><li>甲<li>乙</ul>", [RawLine("甲"), RawLine("乙")]),
        ("<p>甲&lt;乙&gt;&#1;&#10;丙", [RawLine("甲<乙> 丙")]),
        ("<p>甲<p>乙</div></p></span>丙", [RawLine("甲"), RawLine("乙"), RawLine("丙")]),
        (
            "<table><tr><th rowspan=2>项<th colspan=2>数</tr><tr><td><p>新<p>收<td>旧</tr>"
            "<tr><td colspan=3>计</table>",
            [RawLine(t, row=True) for t in ("项\t数", "新 收\t旧", "计")],
        ),
        (
            "<h2 class=head>题</h2><table><tr class=header><td>甲<th class=top>乙</table>",
            [RawLine("题", 2), RawLine("甲\t乙", row=True)],
        ),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", [RawLine("甲"), RawLine("乙")]),
        (
            "<table><tr><td>菜单<td><h2>甲</h2><table><tr><td>1<td>2</table>乙</table>",
            [RawLine("菜单"), RawLine("甲", 2), RawLine("1\t2", row=True), RawLine("乙")],
        ),
        (
            f"<table><tr><td>左<td><p>{SIMPLE * 4}<p>{SIMPLE}</table>",
            [RawLine("左"), RawLine(SIMPLE * 4), RawLine(SIMPLE)],
        ),
        (
            "<article><header><h1>甲</h1></header><footer>乙</footer></article>",
            [RawLine("甲", 1), RawLine("乙")],
        ),
    ],
)
def test_layout(body: str, lines: list[RawLine]) -> None:
    assert list(page(body).lines) == lines


@pytest.mark.parametrize(
    ("markup", "dropped"),
    [
        ("<script>x</script>", Dropped("x", Message("dropped_code"))),
        ("<style>x</style>", Dropped("x", Message("dropped_code"))),
        ("<!-- x -->", Dropped("x", Message("dropped_comment"))),
        ("<nav><a>首页</a>&gt;<a>年报</a></nav>", Dropped("首页 > 年报", Message("dropped_nav"))),
        ("<div class='a mbx'>首页</div>", Dropped("首页", Message("dropped_nav"))),
        ("<span class=location>首页</span>", Dropped("首页", Message("dropped_nav"))),
        ("<div role=banner>头</div>", Dropped("头", Message("dropped_header"))),
        ("<footer>主办</footer>", Dropped("主办", Message("dropped_footer"))),
        ("<div id=Footer>主办</div>", Dropped("主办", Message("dropped_footer"))),
        ("<aside>热点</aside>", Dropped("热点", Message("dropped_aside"))),
        ("<p style='display: none'>隐</p>", Dropped("隐", Message("dropped_hidden"))),
        ("<p hidden>隐</p>", Dropped("隐", Message("dropped_hidden"))),
        ("<i aria-hidden=true>隐</i>", Dropped("隐", Message("dropped_hidden"))),
        ("<select><option>选</select>", Dropped("选", Message("dropped_control"))),
        ("<button>打印</button>", Dropped("打印", Message("dropped_control"))),
        (f"<footer>{'长' * 300}</footer>", Dropped("长" * 200, Message("dropped_footer"))),
    ],
)
def test_html_dropped(markup: str, dropped: Dropped) -> None:
    document = page(f"<form><p>{SIMPLE * 2}</p>{markup}</form>")
    assert (texts(document), document.dropped) == ([SIMPLE * 2], (dropped,))


def test_html_that_is_one_big_header_is_kept() -> None:
    assert texts(page(f"<div class=header><h1>题</h1><p>{SIMPLE * 2}</p></div>")) == [
        "题",
        SIMPLE * 2,
    ]


def test_html_meta() -> None:
    head = (
        "<title>甲县报告_甲县</title><meta name='ArticleTitle' content=' 甲县报告 '>"
        "<meta name=PubDate content='2020-01-20 10:11'><meta name=ContentSource content=甲县政府办>"
        "<meta name=SiteName content=甲县><meta name=ColumnName content=年报>"
        "<meta name=Keywords content=''>"
        "<link rel=canonical href=http://a.b/c>"
    )
    document = read("a.htm", f"<html><head>{head}</head><body>{SIMPLE}".encode())
    assert document.meta == {
        "title": "甲县报告",
        "published": "2020-01-20 10:11",
        "source": "甲县政府办",
        "site": "甲县",
        "column": "年报",
        "url": "http://a.b/c",
        "page_title": "甲县报告_甲县",
    }


def test_xhtml_empty_elements() -> None:
    source = (
        '<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><p>甲<br/>乙</p>'
    )
    for name in ("a.xhtml", "a.html"):
        assert texts(read(name, source.encode())) == ["甲", "乙"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<p><font size=1>",
        "<x-y>",
        "<!--",
        "<",
        "</p>",
    ],
)
def test_html_without_end_is_read(markup: str) -> None:
    assert texts(page(f"<p>{SIMPLE}</p>" + markup * 10_000))[0] == SIMPLE


@pytest.mark.real
def test_seeds_are_read(shared: Path) -> None:
    seeds = sorted((shared / "corpora" / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    for seed in seeds:
        document = read(seed.name, seed.read_bytes())
        assert document.encoding == "utf-8"
        assert len(document.lines) > 5
