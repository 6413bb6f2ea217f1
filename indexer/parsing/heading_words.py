"""The words that headings are made of, and where a run of them is a whole heading."""

from __future__ import annotations

import re

_S = r"[ \t\u3000\xa0]*"
_RUN = re.compile(
    "(?:政府|信息|资讯|政务|公开|主动|依申请|申请|受理|收到和处理|办理|处理|答复|工作|收费|减免|费用|复议|诉讼|行政"
    "|提起|引起|申诉|投诉|举报|存在|主要|问题|不足|困难|改进|整改|措施|下一步|今后|打算|计划|方向|概述|概况|总体|基本"
    "|机构|人员|经费|队伍|组织|领导|推动|推进|落实|业务|培训|宣传|制度|机制|平台|渠道|监督|保障|考核|管理|建设|需要"
    "|说明|其他|其它|事项|报告|完成|执行|开展|实施|回顾|目标|任务|情况|因|被|对|的|和|与|及|以及|、|，|或)+"
)
_CLOSER = re.compile("情况|(?<=[在要难足的和与及、或])问题|措施|打算|概述|概况|事项|方向")
_TABLE = re.compile("统计表|附表")
_GOES_ON = re.compile(  # what follows a closing word in a sentence that is no heading
    f"{_S}(?:[的和与及等中、，,；;：:。！？?!）)】」》”]|[不较良正好看来如属突严依仍比很十更已有是表]"
    "|通报|反馈|汇总|分析|统计|总结|清单|逐步|明显|进一步|显著|基本|总体"
    "|[均也将需亟时之而并且但还又却则才只使被让占呈超趋]|为(?![了进贯全切深推加落保方做确规提更认充及适])"
    "|都(?!匀|江堰|安)|就(?!业|近)|尚(?!志)|由(?!于)|上(?![年级半])|下(?![半一属辖])|前(?![年期])|内(?!蒙|江|黄|乡|丘)"
    "|后|外|除外|以[来外上下]|日[益趋渐]|得到|令人|可[以见]|应[当该予]|会议|显[示得]|反映|详见|附后|复杂|清[楚晰]|稳定|$)"
)
_TOPIC = re.compile(
    rf"{_S}(?:概{_S}述|概{_S}况|引{_S}言|前{_S}言|总{_S}体{_S}情{_S}况|基{_S}本{_S}情{_S}况)"
)
_SPACED = re.compile(
    r"[ \t\u3000\xa0]*(?P<name>[\u4e00-\u9fff、，]+)[ \t\u3000\xa0]+(?![和与及、，的])(?=\S)"
)
LABEL = re.compile(
    rf"{_S}(?:存在的?(?:主要)?(?:困难和?)?问题|(?:下一步)?改进(?:措施|情况)|下一步(?:工作)?(?:打算|计划|措施))"
    rf"(?:及.{{2,8}})?{_S}[：:]"
)


def spaced_end(text: str) -> int:
    """The end of a heading made of such words alone that a space parts from text; 0 for none.

    `text` is in Simplified characters. Words alone would be a sentence's: 总体情况很好.
    """
    spaced = _SPACED.match(text)
    if spaced is None:
        return 0
    closers = list(_CLOSER.finditer(spaced["name"]))
    closed = bool(closers) and closers[-1].end() == len(spaced["name"]) > 3
    named = closed and _RUN.fullmatch(spaced["name"]) is not None
    return spaced.end() if named or _TOPIC.fullmatch(spaced["name"]) else 0


def named_end(text: str) -> int:
    """The end of a heading made of such words alone that text follows; 0 where there is none.

    `text` is in Simplified characters.
    """
    lead = len(text) - len(text.lstrip())
    topic = _TOPIC.match(text)
    if topic:
        return topic.end() if not _GOES_ON.match(text, topic.end()) else 0
    table = _TABLE.match(text, lead)
    if table:
        return table.end() if not _GOES_ON.match(text, table.end()) else 0
    run = _RUN.match(text, lead)
    if run is None or len(run.group()) < 4 or _GOES_ON.match(text, run.end()):
        return 0
    closers = [m.end() for m in _CLOSER.finditer(text, lead, run.end())]
    return run.end() if closers and closers[-1] == run.end() else 0
