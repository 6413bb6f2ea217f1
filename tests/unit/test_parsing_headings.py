"""Where headings begin and end, and what sections they make."""

from __future__ import annotations

import pytest

from indexer.model import Genre, Section
from indexer.parsing import enumerators
from indexer.parsing.headings import pieces
from indexer.parsing.kinds import kind_of
from indexer.parsing.numerals import arabic, counting
from indexer.parsing.sections import sections
from indexer.parsing.tables import cell_lines
from indexer.reading.document import RawLine

Lines = list[str | RawLine]


def _raw(lines: Lines) -> list[RawLine]:
    return [line if isinstance(line, RawLine) else RawLine(line) for line in lines]


def _pieces(lines: Lines) -> list[str]:
    """Headings with "# " before them, a section without one as "#", text as it is."""
    return [
        ("# " + piece.text).strip() if piece.opens else piece.text for piece in pieces(_raw(lines))
    ]


def _sections(
    lines: Lines, genre: Genre = "disclosure", year: int | None = 2017
) -> tuple[Section, ...]:
    return sections(list(pieces(_raw(lines))), 0, genre, year)


@pytest.mark.parametrize(
    ("number", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十一", 21), ("一百零三", 103), ("１２", 12)],
)
def test_counting(number: str, value: int) -> None:
    assert counting(number) == value


def test_years_written_digit_by_digit() -> None:
    assert arabic("二〇一七年 二○一八 年 二零一九年 三十年") == "2017年 2018 年 2019年 三十年"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("一、概述", "一"),
        ("  十二 、其他", "十二"),
        ("（三）渠道", "（三）"),
        ("( 四 )渠道", "（四）"),
        ("1.数量", "1"),
        ("３、数量", "3"),
        ("（2）数量", "（2）"),
        ("第三章 总则", "第三章"),
        ("第一部分　回顾", "第一部分"),
        ("一、二产业融合", None),
        ("1.5万人", None),
        ("第一部分的工作", None),
        ("1）数量", None),
        ("①数量", None),
        ("2017年", None),
        ("一是抓学习", None),
    ],
)
def test_numbers_at_the_start(text: str, label: str | None) -> None:
    number = enumerators.at_start(text)
    assert (number.label if number else None) == label


WHOLE_LINES = [
    ["一、概述", "# 一、概述"],
    ["一、概 述", "# 一、概 述"],
    ["（一）公开内容", "# （一）公开内容"],
    ["(一)公开内容。", "# (一)公开内容。"],
    ["1、规范流程", "# 1、规范流程"],
    ["引言", "# 引言"],
    ["附表", "# 附表"],
    ["第一，加强组织领导", "# 第一，加强组织领导"],
    ["首先，健全制度", "# 首先，健全制度"],
    ["第一，我们加强了组织领导，进展明显。", "第一，我们加强了组织领导，进展明显。"],
    ["各位代表：", "各位代表："],
    ["（2018年1月5日）", "（2018年1月5日）"],
    ["2018年1月5日", "2018年1月5日"],
    ["市长 ×××", "市长 ×××"],
    ["——2018年1月5日在某市人民代表大会上", "——2018年1月5日在某市人民代表大会上"],
    ["来源：本报告的数据来自各镇街。", "来源：本报告的数据来自各镇街。"],
]


@pytest.mark.parametrize(("line", "piece"), WHOLE_LINES)
def test_a_heading_in_its_own_line(line: str, piece: str) -> None:
    assert _pieces([line]) == [piece]


GLUED = [
    ("一、概述2011年，我县设立公开科。", ["# 一、概述", "2011年，我县设立公开科。"]),
    ("一、概 述某镇去年立了三块牌子。", ["# 一、概 述", "某镇去年立了三块牌子。"]),
    ("一、 概述 推进公开是职责所在。", ["# 一、 概述", "推进公开是职责所在。"]),
    ("一、　概述　推进公开是职责所在。", ["# 一、　概述", "推进公开是职责所在。"]),
    ("二、主动公开情况全年发布三百条。", ["# 二、主动公开情况", "全年发布三百条。"]),
    ("二、主動公開情況全年發布三百條。", ["# 二、主動公開情況", "全年發布三百條。"]),
    ("四、复议和诉讼情况本年度没有发生。", ["# 四、复议和诉讼情况", "本年度没有发生。"]),
    ("五、存在问题山村靠人背材料下山。", ["# 五、存在问题", "山村靠人背材料下山。"]),
    ("六、附表全年接待八十七人。", ["# 六、附表", "全年接待八十七人。"]),
    ("（一）组织领导。县里成立了小组。", ["# （一）组织领导。", "县里成立了小组。"]),
    ("（二）健全工作机制我县修订了办法。", ["# （二）健全工作机制", "我县修订了办法。"]),
    ("二、2019年工作安排 2019年任务很重。", ["# 二、2019年工作安排", "2019年任务很重。"]),
    ("存在问题：一是人手少。", ["存在问题：一是人手少。"]),
    ("（一）存在问题：一是人手少。", ["# （一）存在问题：", "一是人手少。"]),
]


@pytest.mark.parametrize(("line", "expected"), GLUED)
def test_a_heading_glued_to_its_text(line: str, expected: list[str]) -> None:
    assert _pieces([line]) == expected


KEPT_WHOLE = [
    "（一）各部门要将工作情况报县政府办公室备案，每季度通报一次，年终计入考核。",
    "（二）总体情况良好，公开总数比上年增加两成，群众来信减少三成，网站访问人次翻了一番，平均办理时长缩短四天。",
    "（三）存在问题不少，主要是人手紧、经费少、渠道窄，个别单位半年没有更新，群众意见很大，需要下大力气解决。",
    "（四）主动公开情况通报会每季度召开一次，参加单位有四十三个，先由牵头部门说明，再由各单位表态，形成会议纪要。",
    "（五）公开内容更加丰富、形式更加多样，网站、微信、公开栏、广播四种渠道一起用，群众知晓率提高到九成以上，满意率也在上升。",
]


@pytest.mark.parametrize("line", KEPT_WHOLE)
def test_a_doubtful_heading_leaves_the_line_whole(line: str) -> None:
    assert _pieces(["一、概述", line])[1:] == ["#", line]


_REST = "先由牵头的单位提出办法，再由县里审定，定下来的都照着做，做完的逐条销号，年底之前全部交账，谁也不许拖到第二年"
WHOLE_SENTENCES = [
    f"（一）启动下一代互联网建设，不断提升我县信息化的水平，{_REST}。",
    f"（二）坚持做大产业，加快发展我县少数民族山区的经济，{_REST}。",
    f"（三）做事靠大家，发展为了人民、发展依靠人民，{_REST}。",
    f"（四）着力改善环境，民生保障水平进一步提高，{_REST}。",
    f"（五）大力发展会展，建设全省商贸物流的中心，{_REST}。",
    f"（六）依法主动公开我县财政预算和决算，{_REST}。",
    f"（七）公开停车收费标准（有特殊情况除外）和依据，{_REST}。",
    f"（八）各单位政务公开工作按照条例的要求去做，{_REST}。",
    f"（九）统筹推进“加强监督检查根据问题整改”的行动，{_REST}。",
    f"（一）确保各项工作按照时间节点有序推进，{_REST}。",
    f"（二）不断提高干部素质，增强按照规则办事的能力，{_REST}。",
    f"（三）上级亲临视察，为全县发展把脉定向，{_REST}。",
    f"（四）打破界限，促进创新平台共建和资源共享，{_REST}。",
    f"（五）整合职能相近的部门，改革力度全省最大，{_REST}。",
    f"（六）推进问题楼盘攻坚，年底前交房一百二十套，{_REST}。",
    f"（十）全年  共公开信息 300  条，其中网上  两百条，{_REST}。",
    f"（十一）复议诉讼情况为零，举报投诉情况均已答复，{_REST}。",
    f"（十二）各单位对（1）类和（2）类事项分别办理，{_REST}。",
]


@pytest.mark.parametrize("line", WHOLE_SENTENCES)
def test_no_sentence_is_cut(line: str) -> None:
    assert _pieces([line]) == ["#", line]


TO_THE_SENTENCES_END = [
    (
        "（一）坚持扩大开放。实施省委关于开放的意见，引进企业。",
        ["# （一）坚持扩大开放。", "实施省委关于开放的意见，引进企业。"],
    ),
    (
        "1.推动城乡一体化。完善市本级和各县的联动机制。",
        ["# 1.推动城乡一体化。", "完善市本级和各县的联动机制。"],
    ),
    (
        "（二）落实“人人公开。处处公开”行动。成效明显。",
        ["#", "（二）落实“人人公开。处处公开”行动。成效明显。"],
    ),
]


@pytest.mark.parametrize(("line", "expected"), TO_THE_SENTENCES_END)
def test_a_heading_ends_with_its_sentence(line: str, expected: list[str]) -> None:
    assert _pieces([line]) == expected


ONE_LINE = (
    "某县年度报告 按规定编制。 一、概述2011年，我县设立公开科。（一）组织推动情况县长听取汇报，绑在一起打分。"
    "（二）业务培训情况分片办班四期。二、主动公开政府信息情况全年发布3390条，登报。"
    "（一）农户名册每月更换，挂在村口，人人可看，字迹模糊就重写一张，从不间断，已经坚持了三年零四个月，没有一次例外。"
    "三、依申请公开情况 2011年未收到申请。四、改进办法还没有想好怎么写，先放在这里，以后由牵头的单位负责补上，年底之前交稿，逾期的通报批评。"
    "五、附表全年共三页。"
)


def test_headings_in_mid_line_are_found_to_the_last() -> None:
    found = _pieces([ONE_LINE])
    assert [piece for piece in found if piece.startswith("#")] == [
        "# 一、概述",
        "# （一）组织推动情况",
        "# （二）业务培训情况",
        "# 二、主动公开政府信息情况",
        "# 三、依申请公开情况",
        "#",
        "# 五、附表",
    ]
    assert "".join(p.removeprefix("#") for p in found).replace(" ", "") == ONE_LINE.replace(" ", "")


MID_LINE = [
    (
        "一、主动公开情况（一）公开数量各镇报送百条。（二）推荐网站百家千户都来看。",
        [
            "# 一、主动公开情况",
            "# （一）公开数量",
            "各镇报送百条。",
            "# （二）推荐网站百家千户都来看。",
        ],
    ),
    (
        "（一）主要形式1.门户网站开设专栏。2.公示栏每月更换。",
        ["# （一）主要形式", "1.门户网站开设专栏。2.公示栏每月更换。"],
    ),
    (
        "一、改进办法如下：（一）加强学习。每月一课。（二）加强督查。每季一查。",
        [
            "# 一、改进办法如下：",
            "# （一）加强学习。",
            "每月一课。",
            "# （二）加强督查。",
            "每季一查。",
        ],
    ),
    (
        "今年要达到的目标：（一）降低成本，把增幅压到合理的水平。（二）整顿秩序，把各类公司管起来。",
        [
            "今年要达到的目标：（一）降低成本，把增幅压到合理的水平。（二）整顿秩序，把各类公司管起来。",
        ],
    ),
    (
        "一、落实第二十条第（一）项、第（二）项规定",
        ["# 一、落实第二十条第（一）项、第（二）项规定"],
    ),
    ("我们做到三条。二、抓落实。三、抓督查。", ["我们做到三条。二、抓落实。三、抓督查。"]),
]


@pytest.mark.parametrize(("line", "expected"), MID_LINE)
def test_headings_in_mid_line(line: str, expected: list[str]) -> None:
    assert _pieces([line]) == expected


def test_a_page_in_one_line_has_its_headings() -> None:
    parts = [
        "某县年报",
        "# 一、总体情况",
        "很好，专人负责。",
        "# 二、主动公开政府信息情况",
        "信息内容 制发件数 规章 0 0",
        "# 三、收到和处理政府信息公开申请情况",
        "总计 一、本年新收数量 12 三、本年度办理结果 （一）予以公开 10 四、结转下年度继续办理 0",
        "# 四、政府信息公开行政复议、行政诉讼情况",
        "复议 诉讼 0 0",
    ]
    assert _pieces([" ".join(part.removeprefix("# ") for part in parts)]) == parts


def test_words_that_go_on_after_a_space_are_no_heading() -> None:
    line = "公开百条 二、主动公开情况 和数量都好。"
    assert _pieces(["一、概述", line])[-1] == line


ALONE: list[tuple[list[str], list[str]]] = [
    (["一、", "总体情况", "很好。"], ["# 一、总体情况", "很好。"]),
    (["（一）", "主动公开", "百条。"], ["# （一）主动公开", "百条。"]),
    (["（一）", "各位代表！", "很好。"], ["#", "（一）", "各位代表！", "很好。"]),
    (["一、", "二、概述"], ["#", "一、", "# 二、概述"]),
    (["（一）", "12", "很好。"], ["（一）", "12", "很好。"]),
]


@pytest.mark.parametrize(("lines", "expected"), ALONE)
def test_a_number_alone_belongs_to_what_follows(lines: Lines, expected: list[str]) -> None:
    assert _pieces(lines) == expected


def test_a_nested_list_does_not_open_the_next_part() -> None:
    text = "今年抓好三件事。一、修路，六条。二、通水，五处。三、架桥，四座。"
    assert _pieces(["一、回顾", "去年平稳。", "二、安排", text])[-1] == text


ITEMS = [
    (["（一）新建学校九所，其中三所在城东新区。", "（二）改造老旧小区，先从城西开始做起来。"],
     ["#", "（一）新建学校九所，其中三所在城东新区。", "#", "（二）改造老旧小区，先从城西开始做起来。"]),
    (["1、新建学校九所，其中三所在城东新区。", "2、改造老旧小区，先从城西开始做起来。", "后文。"],
     ["1、新建学校九所，其中三所在城东新区。", "2、改造老旧小区，先从城西开始做起来。", "后文。"]),
    (["（一）坚持创新驱动，加快产业转型升级步伐。", "全年引进项目十个。"],
     ["# （一）坚持创新驱动，加快产业转型升级步伐。", "全年引进项目十个。"]),
    (["四、复议与诉讼均未发生", "五、附表"], ["# 四、复议与诉讼均未发生", "# 五、附表"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), ITEMS)
def test_sentences_in_a_list_are_no_headings(lines: Lines, expected: list[str]) -> None:
    assert _pieces(lines) == expected


MARKED = [
    (RawLine("主动公开", heading=2), ["# 主动公开"]),
    (RawLine("生态底色更足。新造林五百万亩。", bold=7), ["# 生态底色更足。", "新造林五百万亩。"]),
    (RawLine("一、工作回顾 这一年不平凡。", bold=6), ["# 一、工作回顾", "这一年不平凡。"]),
    (RawLine("三项要求", bold=4), ["# 三项要求"]),
    (RawLine("三项要求，", bold=5), ["三项要求，"]),
    (RawLine("预期目标是增长百分之六", bold=4), ["预期目标是增长百分之六"]),
    (RawLine("一、合计\t3\t4", row=True), ["一、合计\t3\t4"]),
]


@pytest.mark.parametrize(("line", "expected"), MARKED)
def test_headings_by_markup_and_bold(line: RawLine, expected: list[str]) -> None:
    assert _pieces([line]) == expected


STATUTORY = (
    "三、收到和处理申请情况|申请人情况|自然人|总计|一、本年新收政府信息公开申请数量|12|0|二、上年结转政府信息公开申请数量"
    "|三、本年度办理结果|（一）予以公开|8|（三）不予公开|1.属于国家秘密|0|2.其他法律行政法规禁止公开|（七）总计|12|四、复议情况|无。"
)
OLDER = "五、附表|一、主动公开情况|——|（一）主动公开政府信息数|（不同渠道公开同一信息计1条）|条|310|二、回应解读情况|（一）回应热点数|次|0"

BLANK = (  # blank cells were lost: no figure follows some rows
    "三、问题|五、附表|指标|单位|数量|一、主动公开情况|（一）主动公开政府信息数|条|310|（二）按渠道分|1.公报|条|2.网站|条"
    "|3.其他方式|条|二、依申请公开情况|（一）收到申请数|件|1.当面申请数|件|四、行政复议数量|件|六、会议和培训|（一）会议数|次"
)
UNWORDED = (
    "三、收到申请情况|总计|一、本年新收|12|1.甲类|2.乙类|3.其他|（七）总计|12|四、复议情况|无。"
)
SPACED = "三、价格|1、消费价格 14.7|其中：城镇 16.1|2、零售价格 13.0|粮食 27.7|四、投资|增长 8%"


@pytest.mark.parametrize(
    ("table", "headings"),
    [
        (BLANK, ["三、问题", "五、附表"]),
        (UNWORDED, ["三、收到申请情况", "四、复议情况"]),
        (SPACED, ["三、价格", "四、投资"]),
        (STATUTORY, ["三、收到和处理申请情况", "四、复议情况"]),
        (OLDER, ["五、附表"]),
    ],
)
def test_no_row_of_a_flattened_table_is_a_heading(table: str, headings: list[str]) -> None:
    lines = table.split("|")
    found = list(pieces(_raw(list(lines))))
    assert [piece.text for piece in found if piece.opens] == headings
    assert [piece.text for piece in found] == lines


def test_cells_are_told_by_figures_only() -> None:
    assert cell_lines(_raw(["一、概述", "全年310条。", "二、情况"])) == frozenset()
    assert cell_lines(_raw(["12", "（一）工业", "（二）农业", "很好。", "3"])) == frozenset()
    assert cell_lines(_raw(["1、迈向工业 4.0", "很好。"])) == frozenset()


PARTS = [
    ("2018年重点工作", True),
    ("过去五年的政府工作", True),
    ("“十四五”时期发展目标和重点任务", True),
    ("回顾2022年工作", True),
    ("二〇二五年市十件民生实事", True),
    ("今年，我们将抓好以下工作", False),
    ("深化改革开放", False),
    ("某市人民政府", False),
]


@pytest.mark.parametrize(("line", "part"), PARTS)
def test_the_titles_of_parts(line: str, part: bool) -> None:
    assert [piece.opens is not None for piece in pieces([RawLine(line)])] == [part]


LEVELS = [
    (["一、甲", "（一）乙", "1.丙", "（1）丁"], [(1, "一"), (2, "一（一）"), (3, "一（一）1"), (4, "一（一）1（1）")]),
    (["第一部分 甲", "一、乙", "（一）丙"], [(1, "第一部分"), (2, "第一部分一"), (3, "第一部分一（一）")]),
    (["第一部分 甲", "（一）丙"], [(1, "第一部分"), (2, "第一部分（一）")]),
    (["2018年工作回顾", "一、乙", "2019年工作安排", "一、丙"], [(1, ""), (2, "一"), (1, ""), (2, "一")]),
    (["一、甲", "二、乙", "2019年主要目标", "三、丙"], [(1, "一"), (1, "二"), (2, "二"), (1, "三")]),
    (["一、甲", "1.丙"], [(1, "一"), (3, "一1")]),
    (["（一）甲", "1.丙"], [(2, "（一）"), (3, "（一）1")]),
    ([RawLine("一、甲", heading=2), RawLine("乙", heading=3), "（一）丙"], [(1, "一"), (2, "一"), (2, "一（一）")]),
    ([RawLine("回顾", heading=2), RawLine("一、甲", heading=3)], [(1, ""), (2, "一")]),
    (["引言", RawLine("甲", heading=2), RawLine("乙", heading=3)], [(1, ""), (1, ""), (2, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), LEVELS)
def test_levels_and_paths(lines: Lines, expected: list[tuple[int, str]]) -> None:
    assert [(s.level, "".join(s.path)) for s in _sections(lines)] == expected


def test_the_text_before_the_first_heading_is_an_unheaded_intro() -> None:
    first, second = _sections(["根据条例编制。", "一、概述", "正文。"])
    assert (first.kind, first.heading, first.title, first.level, first.path) == (
        "intro",
        None,
        "",
        1,
        (),
    )
    assert (second.kind, second.title, [line.text for line in second.lines]) == (
        "overview",
        "一、概述",
        ["正文。"],
    )


def test_there_is_always_a_section() -> None:
    assert [(s.kind, s.lines) for s in _sections([], "other")] == [("other", ())]


def test_a_section_without_a_heading_has_the_kind_of_its_first_words() -> None:
    long = "四、复议和诉讼事务由司法所统一受理，全年接到两件，均已办结，当事人没有再提异议，卷宗归档备查，随时可看，并向全镇通报了结果。"
    assert [s.kind for s in _sections([long])] == ["litigation"]


KINDS: list[tuple[Genre, str, str | None]] = [
    ("disclosure", "一、概述", "overview"),
    ("disclosure", "二、主动公开政府信息情况", "proactive"),
    ("disclosure", "三、收到和处理政府信息公开申请情况", "on_request"),
    ("disclosure", "四、政府信息公开的收费及减免情况", "fees"),
    ("disclosure", "五、因政府信息公开申请行政复议、提起行政诉讼的情况", "litigation"),
    ("disclosure", "六、机构人员经费情况", "staffing"),
    ("disclosure", "六、机构设置、保障经费和培训情况", "staffing"),
    ("disclosure", "四、政府信息公开申请办理情况", "on_request"),
    ("disclosure", "四、申请的受理和答复", "on_request"),
    ("disclosure", "七、存在的主要问题及改进措施", "problems"),
    ("disclosure", "二、主動公開情況", "proactive"),
    ("disclosure", "引言", "intro"),
    ("disclosure", "八、附表", None),
    ("work_report", "一、过去五年工作回顾", "review"),
    ("work_report", "一、2016年的工作", "review"),
    ("work_report", "二、2017年重点", "plan"),
    ("work_report", "2016年主要工作", "review"),
    ("work_report", "2017年主要工作", "plan"),
    ("work_report", "“十二五”时期发展成就和2016年主要工作", "review"),
    ("work_report", "二、今后五年奋斗目标", "plan"),
    ("work_report", "三、加强政府自身建设", "governance"),
    ("work_report", "三、改进政府作风", "governance"),
    ("work_report", "四、推进政府治理体系和治理能力现代化", "governance"),
    ("work_report", "四、全面提升政府治理现代化水平", "governance"),
    ("work_report", "（八）提升城市治理现代化水平", None),
    ("work_report", "三、努力建设勤廉高效的政府", "governance"),
    ("work_report", "第三部分　政府建设", "governance"),
    ("work_report", "（二）加快数字政府建设", None),
    ("work_report", "名词解释", "other"),
    ("other", "一、综合", "other"),
]


@pytest.mark.parametrize(("genre", "heading", "kind"), KINDS)
def test_kinds(genre: Genre, heading: str, kind: str | None) -> None:
    assert kind_of(heading, genre, 2017) == kind


def test_a_heading_that_says_nothing_takes_its_kind_from_its_place() -> None:
    lines: Lines = ["一、工作回顾", "（一）产业强了", "二、2017年任务", "三、齐心协力再出发"]
    assert [s.kind for s in _sections(lines, "work_report")] == ["review", "review", "plan", "plan"]
