"""What of a page is the report, what is furniture, and what the furniture tells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.messages import Message
from indexer.parsing import furniture
from indexer.parsing.page import Page, sort_page
from indexer.parsing.parse import parse
from indexer.parsing.script import simplified
from indexer.reading.document import Document, RawLine
from indexer.reading.read import read

TITLE = "某县2017年政府信息公开年度报告"


def _page(lines: list[str | RawLine], **meta: str) -> Page:
    raw = tuple(line if isinstance(line, RawLine) else RawLine(line) for line in lines)
    return sort_page(Document(raw, meta, (), "utf-8", "text"), "某县/2017.txt")


def _kept(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_simplified_keeps_offsets() -> None:
    text = "發布日期：２０１３　來源「三務」公開 𠀀⑴ﬁ乾"
    assert len(simplified(text)) == len(text)
    assert simplified("發布日期：來源") == "发布日期：来源"


FACTS = [
    ("来源：某镇 时间：2018-01-30 09:42", {"origin": "某镇", "published": "2018-01-30 09:42"}),
    ("資料來源：某鎮 發布日期：2018-03-30", {"origin": "某鎮", "published": "2018-03-30"}),
    ("• 索 引 号：sm02401", {}),
    ("• 备注/文号：城街〔2018〕4号", {"number": "城街〔2018〕4号"}),
    ("【发布日期】2019-03-22", {"published": "2019-03-22"}),
    ("【发布机构】某县人民政府", {"issuer": "某县人民政府"}),
    ("【来　　源】某县政府网", {"origin": "某县政府网"}),
    ("发布日期 2019-03-22", {"published": "2019-03-22"}),
    ("发布日期　2019年3月22日　来源：某镇", {"published": "2019年3月22日", "origin": "某镇"}),
    ("（发布时间：2015-03-06）（发布机构：某办公室）", {"published": "2015-03-06", "issuer": "某办公室"}),
    ("（来源：某镇（街道）　发布日期：2014-03-17）", {"origin": "某镇（街道）", "published": "2014-03-17"}),
    ("2017-02-27 15:15:00 来源:", {"published": "2017-02-27 15:15:00"}),
    ("2017-02-27", {"published": "2017-02-27"}),
    ("当前位置：首页 > 公开 > 年报", {"breadcrumb": "首页 > 公开 > 年报"}),
    ("目前位置：首頁 > 年報", {"breadcrumb": "首頁 > 年報"}),
    ("主办单位：某县人民政府办公室　浏览次数：1024　网站标识码：3501000001", {}),
    ("來源：某處　【字型：大 中 小】【列印本頁】【關閉視窗】", {"origin": "某處"}),
    ("索 引 号：73-1/2020-1主题分类：综合/年报", {}),
    ("发布机构：某街道办事处关 键 词：公报", {"issuer": "某街道办事处"}),
    ("文    号成文日期：2020-01-22发布日期：2020-01-23", {"written": "2020-01-22", "published": "2020-01-23"}),
    ("体    裁生效日期废止日期", {}),
    ("发布人：某某　点击次数：12　发稿时间：2018-01-30", {"published": "2018-01-30"}),
    ("公开主体：某县教育局　更新日期：2018-01-30", {"issuer": "某县教育局", "published": "2018-01-30"}),
    ("视力保护色：　【字体：大 中 小】", {}),
    ("您当前所在位置：首页 > 年报", {"breadcrumb": "首页 > 年报"}),
    ("阅读：全年组织阅读活动百场。", None),
    ("发布来源：某县网站 发布时间：2025-01-24 16:55:49", {"origin": "某县网站", "published": "2025-01-24 16:55:49"}),
    ("2024年01月26日来源：某县政府网", {"published": "2024年01月26日", "origin": "某县政府网"}),
    ("2024年1月26日 07时41分 来源：某县政府网", {"published": "2024年1月26日 07时41分", "origin": "某县政府网"}),
    ("某县政府门户网站 www.example.org 2006年02月23日", {"site": "某县政府门户网站", "published": "2006年02月23日"}),
    ("某县政府网 www.example.org 2006年02月23日，我们开会。", None),
    ("2018年1月30日某县公开", None),
    ("来源：本报告数据来源于各镇街。", None),
    ("来源：各镇街报送的数据；部门提供的数据", None),
    ("时间：2017年全年", None),
    ("时间：2011年", None),
    ("编辑：本报告由办公室汇编。", None),
    ("2018年1月30日", None),
    ("2018-01-01 至 2018-12-31 共受理百件", None),
    ("发布日期由各单位自行登记", None),
    ("打印机、复印机两台", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "facts"), FACTS)
def test_facts_of_a_line(line: str, facts: dict[str, str] | None) -> None:
    assert furniture.facts_of(line) == facts


ALWAYS = [
    ("字号：", "dropped_buttons"),
    ("【字体：大 中 小】【打印】", "dropped_buttons"),
    ("【字型：大 中 小】【列印本頁】【關閉視窗】", "dropped_buttons"),
    ("打印： 保存：", "dropped_buttons"),
    ("分享到：微信 微博", "dropped_buttons"),
    ("扫一扫在手机上查看当前页面", "dropped_scan"),
    ("示ICP备00000000号-1", "dropped_licence"),
    ("责任编辑：信息中心", "dropped_editor"),
    (" > 政府信息公开 > 年报 > 2020", "dropped_breadcrumb"),
    ("您当前的位置：首页 > 年报", "dropped_breadcrumb"),
    ("扫一扫查询政策的平台上线运行", None),
    ("打印", None),
    ("保存", None),
    ("字号由六号放大为四号，老人看得清。", None),
    ("位置：县城东部，距车站三里。", None),
    ("责任编辑：由专人担任。", None),
    ("网站已在ICP备案；公安备案正在办理。", None),
    ("编辑印发资料三百份", None),
    ("/ 5 / 6 / 7", None),
    ("时间：2017年全年", None),
    ("收藏文物三百件", None),
    ("下一步，请各单位关闭窗口", None),
]


@pytest.mark.parametrize(("line", "reason"), ALWAYS)
def test_what_is_furniture_anywhere(line: str, reason: str | None) -> None:
    found = furniture.always(line)
    assert (found and found.key) == reason


BODY = [
    "来源：本报告数据来源于各镇街报送。",
    "时间：2017年全年",
    "编辑印发政务公开手册三百份。",
    "字号放大以后，老人也看得清。",
    "打印店、照相馆两类事项下放。",
    "关闭窗口三个，合并窗口五个。",
    "首页改版两次",
    "联系我们的群众有百余人",
    "主办单位：市图书馆，各乡镇文化站",
    "来源：某镇",
    "2017-05-01",
    "打印",
]


@pytest.mark.parametrize("line", BODY)
def test_a_body_line_stays(line: str) -> None:
    assert line in _kept(_page([TITLE, "一、概述", "正文。", line, "正文。", "二、情况", "无。"]))


@pytest.mark.parametrize("line", BODY[:9])
def test_a_last_line_stays(line: str) -> None:
    assert line in _kept(_page([TITLE, "一、概述", "正文。", line]))


@pytest.mark.parametrize("line", [BODY[0], BODY[1], BODY[2], BODY[3]])
def test_a_first_line_stays(line: str) -> None:
    assert line in _kept(_page([TITLE, line, "一、概述", "正文。"]))


HEADS: list[list[str | RawLine]] = [
    ["某县人民政府", "www.example.org", "某县人民政府", "www.example.org"],
    ["某县示例政务网", "https://example.org/a", "某县示例政务网"],
    [
        "今天是2024年5月6日 星期一",
        "English | 无障碍 | 长者版",
        "登录",
        "注册",
        "请输入关键字",
        "搜索",
    ],
    ["首页", "新闻中心", "政务公开", "办事服务"],
    ["首页 | 机构 | 公告 | 文件 | 便民"],
    ["某县示例政府网\t首页 | 机构 | 公告", "您的位置：首页 > 年报"],
    ["廈門範例網\t首頁　機構　公告　檔案", "目前位置：首頁 > 年度報告"],
    ["首页 > 政府信息公开 > 年报", "政府信息公开年报"],
    ["首页/ 政府信息公开 / 年报 / 镇街 / 2021年 / 正文"],
    ["• 无障碍", "• 长辈版"],
    ["某某某某欢迎您", "某某某某欢迎您"],
]


@pytest.mark.parametrize("head", HEADS)
def test_a_hostile_head_is_dropped(head: list[str | RawLine]) -> None:
    page = _page([*head, TITLE, "2018-01-30 来源：某镇", "一、概述", "正文。"])
    assert (page.title, _kept(page)) == (TITLE, ["一、概述", "正文。"])
    assert [dropped.text for dropped in page.dropped] == [*head, "2018-01-30 来源：某镇"]


def test_text_before_the_title_stays_where_in_doubt() -> None:
    page = _page(["根据条例，编制本报告。", "概况", TITLE, "一、概述"])
    assert "根据条例，编制本报告。" in [page.title, *_kept(page)]
    assert "概况" in _kept(page)


TAILS: list[list[str]] = [
    ["责任编辑：信息中心", "某县人民政府办公室主办", "示ICP备00000000号"],
    ["主办单位：某县人民政府办公室　浏览次数：1024"],
    ["主辦單位：某縣政府　瀏覽次數：1024", "示ICP備00000000號"],
    ["主办单位：某县人民政府", "网站标识码3501000001", "示ICP备00000000号"],
    ["相关阅读", "办事指南", "政策问答"],
    ["上一篇：某镇年报", "下一篇：没有了"],
    ["【打印】【关闭】", "【列印本頁】【關閉視窗】"],
    ["扫一扫在手机上查看当前页面", "分享到：微信"],
    ["打印本页 关闭窗口", "政府网站标识码：3501000001", "建议使用1024×768分辨率浏览本站"],
    ["法律声明 | 联系我们 | 站点地图", "您是第 1024 位访问者", "示公安备案 3501号"],
]


@pytest.mark.parametrize("tail", TAILS)
def test_a_tail_is_dropped(tail: list[str]) -> None:
    page = _page([TITLE, "一、概述", "正文。", "某县人民政府", "2018年1月5日", *tail])
    assert _kept(page) == ["一、概述", "正文。", "某县人民政府", "2018年1月5日"]
    assert sorted(dropped.text for dropped in page.dropped) == sorted(tail)


def test_a_list_of_other_pages_is_none_where_text_follows() -> None:
    lines = ["一、概述", "相关信息", "公开三百条。", "某县人民政府", "2018年1月5日"]
    assert _kept(_page([TITLE, *lines])) == lines


TITLES: list[tuple[list[str | RawLine], dict[str, str], str, list[str]]] = [
    ([TITLE, "正文。"], {}, TITLE, ["正文。"]),
    ([TITLE, TITLE, "正文。"], {}, TITLE, ["正文。"]),
    (["某县人民政府办公室", "关于2017年度政府信息公开的报告", "正文。"], {},
     "某县人民政府办公室关于2017年度政府信息公开的报告", ["正文。"]),
    (["正文。"], {"title": TITLE}, TITLE, ["正文。"]),
    (["正文。"], {"page_title": f"{TITLE}_某县政府网"}, TITLE, ["正文。"]),
    (["正文。"], {}, "2017", ["正文。"]),
    ([RawLine("某县 2017 年政府信息公开年度报告", heading=1), "正文。"], {"title": TITLE}, TITLE, ["正文。"]),
    ([RawLine("政府工作报告", heading=1), "正文。"], {"title": "2017年某县政府工作报告"},
     "2017年某县政府工作报告", ["政府工作报告", "正文。"]),
    (["政府信息公开年报", TITLE, "正文。"], {}, TITLE, ["正文。"]),
    (["新华社北京1月5日电 两会报告", "正文。"], {}, "2017", ["新华社北京1月5日电 两会报告", "正文。"]),
    (["一、总体情况", "正文。"], {}, "2017", ["一、总体情况", "正文。"]),
    (["当前位置：首页 > 信息公开 > 年度报告", "正文。"], {}, "2017", ["正文。"]),
    (["某市政府工作报告", "（2018年1月5日）", "各位代表："], {},
     "某市政府工作报告", ["（2018年1月5日）", "各位代表："]),
]  # fmt: skip


BARE = "政府工作报告"
MEETING = "——2018年1月20日在某市人民代表大会第三次会议上"
OCCASIONS: list[tuple[list[str | RawLine], dict[str, str], str, list[str]]] = [
    ([BARE, MEETING, "市长　×××", "各位代表："], {}, BARE + MEETING, ["市长　×××", "各位代表："]),
    ([MEETING, "各位代表："], {"title": BARE}, BARE + MEETING, ["各位代表："]),
    ([BARE, BARE, MEETING, "各位代表："], {"title": BARE}, BARE + MEETING, ["各位代表："]),
    ([BARE, "市长　×××", "（二〇一八年一月八日）", "各位代表："], {},
     BARE + "（二〇一八年一月八日）", ["市长　×××", "各位代表："]),
    (["2018年1月20日在某市人民代表大会上", "各位代表："], {"title": BARE},
     BARE + " 2018年1月20日在某市人民代表大会上", ["各位代表："]),
    (["在某省人民代表大会第一次会议上", "各位代表："], {"title": BARE},
     BARE + " 在某省人民代表大会第一次会议上", ["各位代表："]),
    (["政府工作报告（2018年1月20日在某省人民代表大会上 省长×××）", "各位代表："], {"title": BARE},
     "政府工作报告（2018年1月20日在某省人民代表大会上 省长×××）", ["各位代表："]),
    (["某省2018年政府工作报告", MEETING, "各位代表："], {"title": BARE},
     "某省2018年政府工作报告", [MEETING, "各位代表："]),
    (["加快建设步伐  " + MEETING, "各位代表："], {"title": BARE},
     BARE + " 加快建设步伐  " + MEETING, ["各位代表："]),
    (["关于某省第十个五年计划纲要的报告", MEETING, "各位代表："], {"title": BARE},
     BARE + " 关于某省第十个五年计划纲要的报告", [MEETING, "各位代表："]),
    (["示例市人民政府", BARE, "各位代表："], {"title": BARE}, "示例市人民政府" + BARE, ["各位代表："]),
    (["示例省", "2018年", BARE, "各位代表："], {}, "示例省2018年" + BARE, ["各位代表："]),
    (["各位代表：", "去年，我们在市人民代表大会上"], {"title": BARE},
     BARE, ["各位代表：", "去年，我们在市人民代表大会上"]),
    (["2018年工作回顾", "正文。"], {"title": BARE}, BARE, ["2018年工作回顾", "正文。"]),
    (["某市2018年政府工作报告", MEETING, "各位代表："], {},
     "某市2018年政府工作报告", [MEETING, "各位代表："]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "meta", "title", "kept"), OCCASIONS)
def test_a_bare_title_goes_on_with_what_is_printed_beside_it(
    lines: list[str | RawLine], meta: dict[str, str], title: str, kept: list[str]
) -> None:
    page = _page(lines, **meta)
    assert (page.title, _kept(page)) == (title, kept)


@pytest.mark.parametrize("between", ["", " ", " - "])
def test_a_title_that_says_itself_twice_says_it_once(between: str) -> None:
    assert _page(["正文。"], title=f"{TITLE}{between}{TITLE}").title == TITLE
    assert _page([f"{TITLE}{between}{TITLE}", "正文。"]).title == TITLE


def test_a_title_of_two_like_words_stays() -> None:
    assert _page(["正文。"], title="公开公开").title == "公开公开"


@pytest.mark.parametrize(("lines", "meta", "title", "kept"), TITLES)
def test_the_title(
    lines: list[str | RawLine], meta: dict[str, str], title: str, kept: list[str]
) -> None:
    page = _page(lines, **meta)
    assert (page.title, _kept(page)) == (title, kept)


def test_another_form_of_the_title_is_no_heading() -> None:
    page = _page([RawLine("政府工作报告", heading=1), "正文。"], title="2017年某县政府工作报告")
    assert page.lines[0] == RawLine("政府工作报告")


def test_furniture_below_a_byline_is_dropped() -> None:
    page = _page(
        [
            "某市政府工作报告",
            "二〇〇九年二月十日在某市人民代表大会上",
            "来源：某市政府网",
            "各位代表：",
        ]
    )
    assert _kept(page) == ["二〇〇九年二月十日在某市人民代表大会上", "各位代表："]


def test_what_stands_before_the_mark_of_the_body_are_facts() -> None:
    page = _page(
        [f"标题: {TITLE}", "发布时间: 2012-03-30 00:00", "说明见目录", "==== 正文 ====", "正文。"]
    )
    assert (page.title, page.facts["published"], _kept(page)) == (
        TITLE,
        "2012-03-30 00:00",
        ["正文。"],
    )


def test_rows_of_an_index_number_table_are_facts_and_other_rows_text() -> None:
    rows: list[str | RawLine] = [
        RawLine("索引号：\tNM-1\t文号：\t示办〔2017〕12号", row=True),
        RawLine("發布機構：\t某縣政府", row=True),
        TITLE,
        "一、概述",
        RawLine("/\t/\t/", row=True),
        RawLine("名称\t数量", row=True),
        "正文。",
    ]
    page = _page(rows)
    assert page.facts["number"] == "示办〔2017〕12号"
    assert page.facts["issuer"] == "某縣政府"
    assert _kept(page) == ["一、概述", "/\t/\t/", "名称\t数量", "正文。"]


ROWS: list[tuple[str, dict[str, str] | None]] = [
    ("索 引 号\t主题分类", {}),
    ("发布机构\t发布日期\t2023-01-10 11:14", {"published": "2023-01-10 11:14"}),
    ("发布机构\t某街道\t发文日期\t2020-01-09", {"issuer": "某街道", "published": "2020-01-09"}),
    ("[ 索 引 号 ]\ta/2019-1\t[ 文 号 ]\t[ 发布机构 ]\t某管委会", {"issuer": "某管委会"}),
    ("内容概述\t某街道公布报告，很好。", {}),
    ("时间\t2011年", None),
    ("规章\t0\t0", None),
]


@pytest.mark.parametrize(("row", "facts"), ROWS)
def test_facts_of_a_row(row: str, facts: dict[str, str] | None) -> None:
    assert furniture.row_facts(row) == facts


def test_marks_of_headings_in_plain_text() -> None:
    assert _page([TITLE, "## 一、概述", "#1 机组"]).lines == [
        RawLine("一、概述", heading=2),
        RawLine("#1 机组"),
    ]


_BODY = (
    "本报告根据《中华人民共和国政府信息公开条例》编制，数据统计期限为2022年1月1日至12月31日。",
    "一、总体情况",
    "　　今年的工作按计划做完，台账齐全，专人负责，逐条审过才发，全镇二十个村都有公开栏。",
    "二、主动公开政府信息情况",
    "　　全年公开信息86条，规范性文件2件，都在网站上，镇便民服务中心也有纸本，可以随时查阅。",
    "三、收到和处理政府信息公开申请情况",
    "　　收到申请3件，都在期限内答复，没有行政复议，也没有行政诉讼，没有收取信息处理费，也没有减免，"
    "申请人没有再来询问，镇里把答复都存了档，来年再把期限缩短两天，并把常见的问题写成一张表。",
)
_COPY = ("龙溪镇2022年政府信息公开工作年度报告", "发布时间：2023-01-12 来源：龙溪镇", *_BODY)


@pytest.mark.parametrize(
    ("lines", "copies"),
    [
        (_COPY, 1),
        (_COPY * 2, 2),
        (_COPY * 5, 5),
        ((*_COPY, "【打印】", *_COPY, "【打印】"), 2),
        ((*_COPY, *(line.replace("，", ", ").replace("公开", "公 开") for line in _BODY)), 2),
        ((_COPY[0], "".join(_BODY), "".join(_BODY)), 2),
        # what stands twice, but is not the whole, or is too little
        ((*_COPY, *_COPY[:-1]), 1),
        ((*_COPY, *_COPY, "此致。"), 1),
        ((*_COPY, *_BODY[3:]), 1),
        ((*_COPY[:4], *_COPY[:4]), 1),
        ((_COPY[0], *["全年公开信息86条。"] * 40), 1),
    ],
)
def test_a_text_that_stands_on_its_page_again_is_read_once(
    lines: Sequence[str], copies: int
) -> None:
    report = parse("a.txt", read("a.txt", "\n".join(lines).encode()))
    told = [w for w in report.warnings if w.key == "text_repeated"]
    assert told == ([Message("text_repeated", count=copies)] if copies > 1 else [])
    if copies > 1:
        once = parse("a.txt", read("a.txt", "\n".join(_COPY).encode()))
        assert "".join(report.text().split()) == "".join(once.text().split())
        repeated = [piece for piece in report.dropped if piece.reason.key == "dropped_repeated"]
        assert len(repeated) >= copies - 1
