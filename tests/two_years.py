"""Made-up reports to compare: two years of one place, and any lines as a report."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Line, Region, Report, Section

Body = Sequence[tuple[str, str, Sequence[str]]]
"""Kind, heading ("" for none) and lines of each section."""

PLACE = (Region("150000", "内蒙古自治区", "province"), Region("150600", "鄂尔多斯市", "city"))


def report(source: str, body: Body, title: str = "年度报告", year: int | None = None) -> Report:
    """A report with the offsets that its lines have."""
    at = len(title) + 1
    sections = []
    for kind, heading, lines in body:
        placed = []
        for text in (heading, *lines) if heading else lines:
            placed.append(Line(text, at))
            at += len(text) + 1
        head = placed[0] if heading else None
        own = tuple(placed[1:] if heading else placed)
        sections.append(Section(kind, head, 1, (), own))
    return Report(
        source=source, title=title, genre="disclosure", year=year, published=None, issuer=None,
        number=None, url=None, region=PLACE, sections=tuple(sections),
    )  # fmt: skip


COPIED = "本机关坚持以公开为常态、不公开为例外，主动接受社会各界监督。"
MOVED = "各旗区每季度公布一次“三务”公开目录，由村务监督委员会核对。"
DROPPED = "这一年还没有建立公开台账，下一年补上。"
NEW = "新设信息公开专区，把六类常用表格放在首页。"
CHANGED = "全年主动公开信息 {count} 条，其中政策解读 {readings} 篇，比上年增长 {rate}%。"

OLD = report(
    "鄂尔多斯/2019.txt",
    [
        ("intro", "", [COPIED]),
        ("overview", "一、总体情况", [CHANGED.format(count=128, readings=12, rate="3.5"), MOVED]),
        ("problems", "二、存在的问题", ["一是更新不够及时。", DROPPED]),
        ("other", "附表", ["申请数量\t3\t0", "结转数量\t1\t2", "公开数量\t9\t4"]),
    ],
    "鄂尔多斯市2019年政府信息公开工作年度报告",
    2019,
)
YOUNG = report(
    "鄂尔多斯/2020.txt",
    [
        ("intro", "", [COPIED.replace("，", ", ")]),
        ("overview", "一、总体情况", [CHANGED.format(count="1,306", readings=12, rate="9.1"), NEW]),
        ("problems", "二、存在的问题", ["一是更新不够及时。", MOVED]),
        ("other", "附表", ["申请数量\t3\t0", "结转数量\t1\t2", "公开数量\t9\t4"]),
    ],
    "鄂尔多斯市2020年政府信息公开工作年度报告",
    2020,
)
