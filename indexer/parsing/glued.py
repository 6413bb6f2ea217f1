"""Headings that run into their text with neither punctuation nor space between.

Such a heading ends where a word that ends headings meets one that opens sentences, if the two
cannot belong to one sentence: 健全工作机制 | 我县修订了办法, but not 不断提升我市信息化水平.
"""

from __future__ import annotations

import re

from indexer.parsing.brackets import is_enclosed
from indexer.text.fold import fold, fold_with_origins
from indexer.text.segment import tokens

_SHORTEST = 4  # code points
_AHEAD = 12  # code points beyond the longest heading, for the word that opens the text
_CLAUSE_END = re.compile("[，,]")
_SENTENCE_END = re.compile("[。；;！!？?：:…]")

_NOUN = re.compile(  # no verb that could have what follows as its object
    "(?:情况|措施|(?:存在|主要|的)问题|方向|事项|附表|概述|概况|水平|机制|渠道|体系|力度|制度|工作|平台|任务|数量|类别|(?:工作|的)回顾"
    "|组织领导|监督检查|监督管理|监督考核|[政事]务公开|信息公开|办事公开|(?:学习|业务|教育|宣传|知识)培训|培训考察"
    "|(?:工作|下一步)(?:打算|计划|安排)|(?:体系|制度|机制|平台|队伍|渠道|环境|机构|能力|作风|自身|法制|法治|设施|点)建设)$"
)
_VERB = re.compile("(?:建设|检查|考核|管理|服务|发展|施行)$")  # complete without an object
_PREDICATE = re.compile("^.{4,}(?:进一步|不断|明显|显著|稳步|持续)(?:增强|提升|完善|提高)$")
_CALL = re.compile(  # a clause that says what is to be done is complete where its noun ends
    "[ \t\u3000\xa0]*(?:进一步|继续|不断|切实|扎实|积极|认真|着力|大力|努力|全力|全面|统筹|稳步|有序|深入|主动|充分"
    "|加[强大快]|强化|健全|完善|推[进动行]|促进|抓|[做搞]好|规范|拓[宽展]|深化|提[高升]|优化|创新|建[立设]|开展|严格|坚持|组织"
    "|扩大|丰富|明确|细化|改[进善革]|构建|打[造好]|保持|注重|重视|突出|狠抓|贯彻|落实|实施|发展|调整|营造|转变"
    "|增强|培育|维护|振兴)"
)
_CAUSES = re.compile("促进|推动|保障|引导|支持|使")  # its noun may be the subject of what follows

_YEAR = "(?:19|20)[0-9]{2}年"
_TIME = re.compile(  # begins a sentence, whatever stands before it
    rf"(?:{_YEAR}(?:[0-9]{{1,2}}月)?(?:[0-9]{{1,2}}日)?|今年|去年|近年来?|目前|当前|一年来|过去[一五]年)[，,]"
    "|[今去]年[是将]"
)
_SUBJECT = re.compile(
    "我[省市县区旗镇乡街局厅委办州盟院]|本[省市县区旗镇乡街局厅委办州盟级院]|各[级地部乡镇]"
)
_ADVERB = re.compile(  # nobody's object
    "根据|按照|依据|截[至止]|为(?:进一步|全面|切实|充分)|由于|随着|坚持|把(?![握脉舵关])"
)
_OTHER = re.compile(
    f"[省市县区旗镇乡州盟](?:本级|政府|委)|{_YEAR}|今年|去年|近年|目前|一年来|全年|除(?!外)|通过|严格|充分|虽然"
    "|全[省市县区旗镇乡](?:共|各|上下|累计)|进一步(?!.{2,4}[，,。；;])|一[要是]|没有|未|共(?![建享治同商管])|收到"
)


def glued_end(text: str, longest: int) -> int:
    """The end of the heading that begins `text`, `longest` at most; 0 where none is sure.

    `text` is in Simplified characters.
    """
    stop = min(longest, len(_SENTENCE_END.split(text, maxsplit=1)[0]))
    beginning = text[: longest + _AHEAD]
    _, origins = fold_with_origins(beginning)
    for start, _ in tokens(beginning):
        at = origins[start]
        if _SHORTEST <= at <= stop and fold(text[at - 1]) and _is_end(text, at):
            return 0 if is_enclosed(text, at) else at
    return 0


def _is_end(text: str, at: int) -> bool:
    """Whether a heading ends at `at` for sure."""
    heading = text[:at]
    clause = _CLAUSE_END.split(heading)[-1]
    is_call = _CALL.match(clause) is not None
    timed = _TIME.match(text, at) is not None
    adverb = _ADVERB.match(text, at) is not None
    if _NOUN.search(heading):
        goes_on = not is_call or _CAUSES.search(clause) is not None
        return bool(
            timed
            or _SUBJECT.match(text, at)
            or (not goes_on and (adverb or _OTHER.match(text, at)))
        )
    if _VERB.search(heading):
        return timed or (is_call and adverb)
    return _PREDICATE.search(clause) is not None and (timed or adverb)
