"""Made-up reports: ordinary ones, many of them, and some that try to break a page."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from fake_engine import Body, FakeEngine, chain, make_report

from indexer.echoes.measure import COPIES, STATES, State
from indexer.messages import Message
from indexer.model import Indexed, Report, report_id
from search.echoes import Copied, Echo, Echoes, EchoReport, Laziest, Shares, Twin
from search.likeness import AlikePair, AlikeReport, Likenesses
from search.spread import Example, RejectedFile

RLO, PDI, RLI, LRM = "\u202e", "\u2069", "\u2067", "\u200e"

HOSTILE_TITLE = f"</title><script>alert(1)</script>“三务”公开{RLO}年报{PDI}{PDI}{RLI}"
HOSTILE_LINE = (
    f"<img src=x onerror=alert(1)> {RLO}“三务”公开{PDI} {{{{ 7*7 }}}} "
    "&lt;b&gt; '\"><svg onload=alert(1)>"
)
HOSTILE_ISSUER = f'"><script>alert(2)</script>{PDI}{RLO}办'
HOSTILE_URL = "javascript:alert(document.domain)"

FORMER_ID = report_id("旧/青山镇2020.txt")

_TOWN_BODY: Body = [
    ("intro", "", 1, ["本报告根据有关条例编制，由概述、主动公开等部分组成，所列数据均为示例。"]),
    (
        "overview",
        "一、总体情况",
        1,
        ["2020年，本镇把公开当作日常工作来做，全年发布信息 128 条，其中机构职能类 6 条。"],
    ),
    (
        "proactive",
        "（一）推进“三务”公开",
        2,
        [
            "各村每季度第一个月的 10 日前更新公开栏，党务、村务、财务逐项列明，“三务”公开的"
            "目录由镇里统一编制，村民对“三务” 公开的内容有疑问的，可以向村务监督委员会查询，"
            "也可以在镇便民大厅的终端机上查看；逾期没有更新的，由镇纪委约谈。",
            "建立“三务”公开台账，做到有人管、有人查、有人问。",
        ],
    ),
    (
        "on_request",
        "二、收到和处理信息公开申请情况",
        1,
        [
            "申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t合计",
            "本年新收申请数量\t3\t0\t1\t0\t4",
            "上年结转申请数量\t0\t0\t0\t0\t0",
            "予以公开\t2\t0\t1\t0\t3",
            "申请办理与“三务”公开有关的\t1\t0\t0\t0\t1",
        ],
    ),
    ("litigation", "三、行政复议和行政诉讼情况", 1, ["本年度没有发生因信息公开引起的复议和诉讼。"]),
    (
        "problems",
        "四、存在的问题和改进措施",
        1,
        ["一是更新不够及时；二是栏目设置偏细，群众找起来费时。下一步将合并栏目，按月通报。"],
    ),
]

TOWN = make_report(
    "青山省/白河市/绿水县/2020/青山镇2020.txt",
    "绿水县青山镇人民政府2020年政府信息公开工作年度报告",
    _TOWN_BODY,
    region=chain("青山省", "白河市", "绿水县", "青山镇"),
    issuer="青山镇人民政府",
    number="青政发〔2021〕3号",
    indexed=Indexed(1_700_000_000, 1_700_100_000),
    url="https://example.invalid/zwgk/2020.html",
    warnings=(Message("region_contradicted", place=Message("place_path"), region="白河市"),),
)
HOSTILE = make_report(
    "x/<script>alert(3)</script>.html",
    HOSTILE_TITLE,
    [
        ("overview", f"一、<b>概述</b>{RLO}", 1, [HOSTILE_LINE, "格\t<td>“三务”公开\t格"]),
        ("other", "", 1, ["长" * 3_000 + "“三务”公开" + "A" * 3_000]),
    ],
    year=None,
    published=None,
    issuer=HOSTILE_ISSUER,
    url=HOSTILE_URL,
    number="<b>1</b>",
    warnings=(Message("year_from_date", year="<script>alert(4)</script>"),),
)
TRADITIONAL = make_report(
    "南海/2015.txt",
    "南海省臨江市2015年政府資訊公開工作年度報告",
    [("overview", "一、概述", 1, ["本市推行「三務」公開，並以示範單位帶動各區。"])],
    year=2015,
    region=chain("南海省", "临江市"),
    issuer="臨江市人民政府辦公室",
)
LONG = make_report(
    "长.txt",
    "很长的报告",
    [
        (
            "overview",
            f"第{number}部分",
            1,
            [f"第{number}部分的第{line}段。" * 9 for line in range(9)],
        )
        for number in range(60)
    ],
)
LONG_TITLE = make_report(
    "青山省/长题.txt",
    "青山省人民政府关于" + "进一步深化“三务”公开和基层政务公开标准化规范化建设" * 4 + "的年度报告",
    _TOWN_BODY,
    region=chain("青山省"),
    year=2018,
)
EMPTY = make_report("空.txt", "没有正文的报告", [], year=None, published=None)
WORK = make_report(
    "青山省/白河市/2021.txt",
    "白河市2021年政府工作报告",
    [
        ("intro", "", 1, ["各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。"]),
        (
            "review",
            "一、过去一年工作回顾",
            1,
            ["地区生产总值增长 6.2%，“三务”公开覆盖全部行政村。"],
        ),
        ("plan", "二、今年的主要任务", 1, ["1.稳就业。新增城镇就业 2.1 万人。", "2.保民生。"]),
    ],
    genre="work_report",
    year=2021,
    published=None,
    region=chain("青山省", "白河市"),
    issuer="白河市人民政府",
)


def many() -> tuple[Report, ...]:
    """Reports enough for a second page, and for facets that are longer than their list."""
    provinces = ["东岭省", "西川省", "北原自治区", "中州省", "云台市"]
    made = []
    for number, (province, city, year) in enumerate(
        product(provinces, ("甲市", "乙市"), range(2009, 2019))
    ):
        base = replace(TOWN, source=f"{province}/{city}/{year}.txt", year=year)
        made.append(
            replace(
                base,
                title=f"{province}{city}{year}年政府信息公开工作年度报告",
                region=chain(province, province[:2] + city, f"{city}第{number % 3 + 1}区"),
                issuer=f"{province}{city}人民政府办公室{number % 17}",
            )
        )
    return tuple(_shifted(report) for report in made)


def _shifted(report: Report) -> Report:
    """The report with its offsets counted anew for its title."""
    body: Body = [
        (s.kind, s.heading.text if s.heading else "", s.level, [line.text for line in s.lines])
        for s in report.sections
    ]
    return replace(report, sections=make_report(report.source, report.title, body).sections)


EXAMPLES = (
    Example("三务公开", "phrase", 105),
    Example("“三务”公开", "quoted", 105),
    Example(HOSTILE_LINE, "not", 1),
)
REJECTED = (
    RejectedFile("x/<script>alert(5)</script>.txt", Message("empty_file")),
    RejectedFile(
        f"{RLO}甲{PDI}/乙.pdf", Message("unknown_ending", ending="<b>", readable=(".txt",))
    ),
    RejectedFile("空.txt", Message("empty_file")),
)


def alike_pair(report: Report, other: Report, of_it: int) -> AlikePair:
    """Two reports that are said to be alike: `of_it` in a thousand of the other stand in the first."""
    a, b = (
        AlikeReport(r.id, r.source, r.title, r.genre, r.year, r.region, 1000, common)
        for r, common in ((report, 612), (other, of_it))
    )
    return AlikePair(a, b)


LIKENESSES = Likenesses(
    known=True,
    crowded=True,
    pairs=tuple(
        alike_pair(TOWN, other, 1000 - at)
        for at, other in enumerate((HOSTILE, LONG_TITLE, EMPTY, WORK, *many()[:4]))
    ),
)
"""More than are shown at once, odd ones first."""


def echo(report: Report, at: int, state: State, other: Report) -> Echo:
    """A line of a report, said to be in a state by the first line of another one."""
    line, twin = [*report.lines()][at], next(iter(other.lines()))
    told = Twin(_echoing(other), twin.text, twin.start, twin.end, "earlier", at, at % 2 == 0)
    return Echo(
        text=line.text,
        start=line.start,
        end=line.end,
        characters=len(line.text),
        state=state,
        reports=at + 1,
        earliest=told,
        ties=at % 3,
        copied=told if state in (*COPIES, "figures", "below") else None,
        twins=(told,) * (at + 1),
    )


def _echoing(report: Report) -> EchoReport:
    return EchoReport(
        report.id,
        report.source,
        report.title,
        report.genre,
        report.year,
        report.published,
        report.region,
    )


ECHOES = Echoes(
    True,
    Shares(tuple(range(100, 100 + len(STATES)))),
    tuple(
        echo(TOWN, at, state, other)
        for at, (state, other) in enumerate(
            zip(STATES, (HOSTILE, LONG_TITLE, WORK, HOSTILE, WORK), strict=False)
        )
    ),
)
LAZIEST = Laziest(
    True,
    total=41,
    short=3,
    reports=tuple(
        Copied(
            _echoing(report), Shares((at, 0, 0, 0, 3, 99, 5, 2, 1, 0)), _echoing(HOSTILE), 90 + at
        )
        for at, report in enumerate((HOSTILE, TOWN, LONG_TITLE, EMPTY, WORK))
    ),
)


def engine() -> FakeEngine:
    """All of them, and one that has moved."""
    reports = (TOWN, HOSTILE, TRADITIONAL, LONG_TITLE, EMPTY, WORK, *many())
    former = {FORMER_ID: TOWN.id}
    return FakeEngine(
        reports,
        former=former,
        examples=EXAMPLES,
        rejected=REJECTED,
        likenesses=LIKENESSES,
        echoing={TOWN.id: ECHOES},
        lazy=LAZIEST,
    )
