"""Where a heading ends that is glued to its text.

`heading_end` gives offsets in code points of the piece it is given; 0 says that no end was found
that is sure enough: then the line stays whole, for a cut in mid-sentence would hide phrases.
"""

from __future__ import annotations

import re

from indexer.parsing.enumerators import Rank
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import tokens

LONGEST = {
    Rank.BOOK: 60,
    Rank.PART: 60,
    Rank.CHAPTER: 60,
    Rank.ARTICLE: 60,
    Rank.HAN: 60,
    Rank.HAN_BRACKETED: 50,
    Rank.DIGIT: 40,
    Rank.DIGIT_BRACKETED: 40,
}
"""Longest heading of each rank, in code points without its number."""

_S = r"[ \t\u3000\xa0]"
_SENTENCE = re.compile(rf"[^。；;！!？?：:]+?{_S}*[。！!]{_S}*")
_LABEL = re.compile(
    rf"{_S}*(?:存在的?(?:主要)?(?:困难和?)?问题|(?:下一步)?改进(?:措施|情况)|下一步(?:工作)?(?:打算|计划|措施))"
    rf"(?:及.{{2,8}})?{_S}*[：:]"
)
_WIDE_SPACE = re.compile(r"[ \t\xa0]{2,}|\u3000+")
_TOPIC = re.compile(
    rf"{_S}*(?:概{_S}*述|概{_S}*况|引{_S}*言|前{_S}*言|总{_S}*体{_S}*情{_S}*况|基本情况)(?={_S}|(?:19|20)\d\d|[^的和与及、]{{2}})"
)
_ENDINGS = frozenset(
    [
        "情况",
        "措施",
        "问题",
        "方向",
        "事项",
        "附表",
        "概述",
        "概况",
        "建设",
        "水平",
        "机制",
        "领导",
        "渠道",
        "检查",
        "体系",
        "力度",
        "制度",
        "增强",
        "施行",
        "实施",
        "公开",
        "工作",
        "点",
        "培训",
        "考察",
        "监督",
        "考核",
        "管理",
        "服务",
        "落实",
        "完善",
        "平台",
        "宣传",
        "保障",
        "打算",
        "计划",
        "安排",
        "回顾",
        "任务",
        "提升",
        "发展",
    ]
)
_OPENINGS = (
    "我[省市县区旗镇乡街局厅委办州盟院]|本[省市县区旗镇乡街局厅委办州盟级院]|[省市县区旗镇乡州盟](?:本级|政府|委)"
    "|(?:19|20)[0-9]{2}年|截[至止]|根据|按照|依据|为[了进全切充]|除|通过|一[要是]|虽然|今年|去年|一年来"
    "|各[级地部]|由于|随着|把|坚持|严格|目前|近年|没有|未"
)
_SURE_OPENING = re.compile(_OPENINGS)
_ANY_OPENING = re.compile(_OPENINGS + "|全[省市县区旗镇乡街州盟国]|充分|进一步|共")


def heading_end(text: str, rank: Rank) -> int:
    """How much of `text` (what stands after the number) is heading, trailing stops included."""
    longest = LONGEST[rank]
    body = text.rstrip()
    label = _LABEL.match(text)
    if label:
        return label.end()
    sentence = _SENTENCE.match(text)
    if sentence and len(sentence.group().strip()) <= longest and _titular(sentence.group()):
        return _between_words(text, longest, _SURE_OPENING) or sentence.end()
    if len(body) <= longest and not re.search("[。；;！!]", body):
        return len(text)
    if rank >= Rank.DIGIT:
        return 0
    return _glued_end(text, longest)


def _titular(sentence: str) -> bool:
    """Whether a sentence can be a heading: no list of clauses, no report of figures."""
    clauses = len(re.findall("[，,]", sentence))
    figures = re.findall(r"\d+(?:\.\d+)?(?:%|[万亿]?[元条件人次个篇项份户])", sentence)
    return clauses <= 2 and not figures


def _glued_end(text: str, longest: int) -> int:
    """The end of a heading that runs into its text with no punctuation between."""
    topic = _TOPIC.match(text)
    if topic:
        return topic.end()
    space = _WIDE_SPACE.search(text, 2, longest)
    if space and not re.search("[，。；]", text[: space.start()]):
        return space.end()
    return _between_words(text, longest, _ANY_OPENING)


def _between_words(text: str, longest: int, openings: re.Pattern[str]) -> int:
    """The first place where a word that ends headings meets one that opens sentences."""
    beginning = text[: longest + 12]
    _, origins = fold_with_origins(beginning)
    word = ""
    for start, token in tokens(beginning):
        at = origins[start]
        glued = at > 0 and fold(text[at - 1]) != ""
        if glued and 4 <= at <= longest and word in _ENDINGS and openings.match(text, at):
            return at
        word = token
    return 0
