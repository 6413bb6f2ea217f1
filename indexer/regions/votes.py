"""The votes that each piece of evidence casts for regions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from indexer.regions.evidence import WEIGHTS, Evidence, Place, Vote
from indexer.regions.mentions import Codes, Mention, mentions
from indexer.regions.table import COUNTRY, RegionTable, area_codes, level_of, post_prefixes

_LATER = 0.5  # of a mention that is not part of the first chain of its piece
_SHORT, _SHORT_INSIDE = 0.7, 0.4
_BY_LEVEL = {"city": 0.98, "county": 0.6}  # 海南 is 海南省 rather than 海南州
_FORMER = 0.9
_TOWN_BESIDE = 0.9  # of a town that has its name from nobody but a county: 滨海新区
_NAMESAKE = 0.3  # of a town that lies in no place that the page names
_RANKED = 0.7  # of a town's name under another rank: the county's site makes up for it
_BRIEF = 0.3  # of a full name of two characters, which meet by chance: 示范县
_COUNTRY = 0.6  # 国家税务总局三明市税务局 speaks for 三明市
_TEXT_CAP = 6.0  # what all mentions of one name in the text may add up to
_OPENING, _HEAD, _NEAR = 150, 300, 700  # code points of the text
_FIRST_LINES = 400  # code points of the text that surely hold the opening, however spaced out it is
_AUTHOR = 3.0  # weight from which a mention in the text is taken for its author's
_LEAST = 1.5  # what a name in the text needs at least to be the answer
_OFFICIAL = re.compile(
    "(?:人民)?(?:政府|代表大会|委员会|委|办公|办事处)|代?[省市县区州]长|自治区主席"
    "|第[一二三四五六七八九十百零〇0-9]+届人民代表大会|20[0-9]{2}年"
)
_VOICE = re.compile(  # 《安阳日报》, 南京开发区简报: who is quoted so is at home there
    "(?:经济技术|高新技术产业|高新|经济)?(?:开发区|高新区)(?:简报|网|管委会|管理委员会|党工委|门户)"
    "|(?:广播)?电视台|[日晚晨早]报|广播电台|融媒体?|(?:人民)?政府(?:门户)?网站?|政务网|政府信息网|市?门户网站"
)
_VISITED = ("赴", "往", "访", "到", "驻")
_ELSEWHERE = ("赴", "往", "援", "习", "访", "到", "驻", "与", "和", "入", "近", "如")
_AREA = re.compile(r"(?<!\d)0(?:10|2\d|[3-9]\d{2})(?=\D{0,3}\d{7,8}|\D*$)")
_POST = re.compile(r"(?<!\d)\d{6}(?!\d)")
_LICENCE = re.compile(r"(\w)ICP")
_LETTERS = (
    "京11津12冀13晋14蒙15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43"
    "粤44桂45琼46渝50川51蜀51贵52黔52云53滇53藏54陕61甘62青63宁64新65"
)
_PROVINCES = {_LETTERS[at]: _LETTERS[at + 1 : at + 3] + "0000" for at in range(0, len(_LETTERS), 3)}
_DOCUMENT = re.compile(  # of letters that no city uses as well, as 南京 and 青岛 do 宁 and 青
    "\\s*([京津沪渝冀晋蒙辽黑浙皖闽赣鲁豫鄂湘粤桂琼川黔滇藏陕甘])(?=[政府委办发教财卫人民农水交文司公国科自生住商审应市税统医])"
)
_NATIONAL = re.compile(
    r"\s*(?:国务院|国家统计局|国家发展和?改革委|国家税务总局|国家市场监督管理总局|国家卫生健康委"
    "|国家能源局|中华人民共和国|全国人民代表大会|全国人大|中共中央|中央人民政府|海关总署|外交部"
    "|教育部|科学技术部|科技部|公安部|民政部|司法部|财政部|审计署|工业和信息化部"
    "|人力资源和社会保障部|自然资源部|生态环境部|住房和城乡建设部|交通运输部|水利部|农业农村部"
    "|商务部|文化和旅游部|应急管理部|中国人民银行|中国证监会|中国银保监会)(?!门)"
)
_BRANCH = re.compile(r"\s*国家统计局[\u4e00-\u9fff]{2,12}调查总?队")
"""A national office's own outpost: it speaks for the place in its name."""
_NATIONAL_SPEECH = re.compile(
    r"代表国务院|全国人民代表大会[^。]{0,20}会议上|国务院总理"
    r"|^\W*(?:国家统计局|国务院|中华人民共和国(?!政府信息公开条例))",
    re.M,
)


def votes(evidence: Iterable[Evidence], table: RegionTable) -> list[Vote]:
    """The votes of all pieces; a piece that says nothing casts none.

    Saying a thing twice in one place adds nothing. The links around a page (breadcrumb) support
    what others say, and decide how deep we go only where nothing else names a region.
    """
    pieces = list(evidence)
    cast = _distinct(v for p in pieces if p.place != "text" for v in _piece_votes(p, table))
    cast = _without_namesakes(cast, table)
    if any(vote.own and vote.place != "breadcrumb" for vote in cast):
        cast = [v._replace(own=v.own and v.place != "breadcrumb") for v in cast]
    alone = not any(vote.own for vote in cast)
    for piece in pieces:
        if piece.place == "text":
            found = _telling(piece.text, cast, table)
            cast += _text_votes(piece.text, found, table, alone=alone)
    return cast


def _telling(text: str, cast: Sequence[Vote], table: RegionTable) -> list[Mention]:
    """The mentions of the text that can still decide anything.

    Where all else is of one mind those of its first lines: none that comes later can speak as the
    author then, and support for who has no rival changes nothing.
    """
    own = {code for vote in cast if vote.own for code in vote.support}
    line = max(map(table.lineage, own), key=len, default=())
    if own and own.issubset(line):
        end = text.find("\n", _FIRST_LINES)
        found = mentions(text if end < 0 else text[:end], table)
        authors = (mention for mention in found if _text_weight(mention) >= _AUTHOR)
        if all(set(mention.codes).issubset(line) for mention in authors):
            return found
    return mentions(text, table)


def _without_namesakes(cast: list[Vote], table: RegionTable) -> list[Vote]:
    """The votes, those of a title's lone town made weak where all else names places that it is not in.

    The town may be no more, and another elsewhere may bear its name.
    """
    if any(len(code) == 6 for vote in cast if vote.place == "title" for code in vote.support):
        return cast
    lone = {vote.name for vote in cast if vote.place == "title"}
    others = (vote.support for vote in cast if vote.name and vote.name not in lone)
    named = {code for support in others if len(support) == 1 for code in support}
    named.discard(COUNTRY)
    return [
        vote._replace(support={code: w * _NAMESAKE for code, w in vote.support.items()})
        if named and vote.name in lone and not _lie_in(vote.support, named, table)
        else vote
        for vote in cast
    ]


def _lie_in(codes: Iterable[str], around: set[str], table: RegionTable) -> bool:
    return any(not around.isdisjoint(table.lineage(code)) for code in codes)


def _distinct(cast: Iterable[Vote]) -> list[Vote]:
    """The votes without those that repeat an earlier one of the same place."""
    kept: dict[tuple[Place, Codes], Vote] = {}
    for vote in cast:
        kept.setdefault((vote.place, tuple(vote.support)), vote)
    return list(kept.values())


def _piece_votes(piece: Evidence, table: RegionTable) -> Iterator[Vote]:
    if piece.place == "phone":
        return _phone_votes(normalize("NFKC", piece.text))
    if piece.place == "postcode":
        return _post_votes(normalize("NFKC", piece.text))
    if piece.place == "number":
        return _number_votes(piece.text)
    return _name_votes(piece, table)


def _phone_votes(text: str) -> Iterator[Vote]:
    for area in dict.fromkeys(found.group() for found in _AREA.finditer(text)):
        codes = area_codes().get(area, ())
        if codes:
            yield Vote("phone", dict.fromkeys(codes, WEIGHTS["phone"]), own=False)


def _post_votes(text: str) -> Iterator[Vote]:
    for post in dict.fromkeys(_POST.findall(text)):
        known = (post_prefixes().get(post[:length], ()) for length in (4, 3, 2))
        codes = next(filter(None, known), ())
        if codes:
            yield Vote("postcode", dict.fromkeys(codes, WEIGHTS["postcode"]), own=False)


def _number_votes(text: str) -> Iterator[Vote]:
    """The province whose letter begins a document's number: 粤教办函〔2020〕7号."""
    found = _DOCUMENT.match(text)
    if found:
        yield Vote("number", {_PROVINCES[found.group(1)]: WEIGHTS["number"]}, own=False)


def _name_votes(piece: Evidence, table: RegionTable) -> Iterator[Vote]:
    weight = WEIGHTS[piece.place]
    exact = table.named(piece.text) if piece.place == "override" else ()
    if exact:
        yield Vote(piece.place, dict.fromkeys(exact, weight), own=True)
        return
    branch = _BRANCH.match(piece.text) is not None
    speaks = piece.place in ("title", "issuer", "signature") and not branch
    if speaks and _NATIONAL.match(piece.text):
        yield Vote(piece.place, {COUNTRY: weight * _COUNTRY}, own=True)
    found = [m for m in mentions(piece.text, table) if not branch or m.codes != (COUNTRY,)]
    first_chain = True
    for number, mention in enumerate(found):
        first_chain = first_chain and (number == 0 or mention.chained)
        share = weight if first_chain or piece.place == "path" else weight * _LATER
        yield Vote(piece.place, _support(mention, share, table), own=True, name=mention.name)
    yield from _licence_votes(piece.text, piece.place)


def _licence_votes(text: str, place: Place) -> Iterator[Vote]:
    """The province in a site's licence number: 新ICP备…"""
    found = _LICENCE.search(text)
    if found and found.group(1) in _PROVINCES:
        yield Vote(place, {_PROVINCES[found.group(1)]: WEIGHTS["phone"]}, own=False)


def _text_votes(
    text: str, found: Iterable[Mention], table: RegionTable, *, alone: bool
) -> Iterator[Vote]:
    """One vote for each name that was found in the text.

    How deep we go only those decide that speak as the author, or, where the text stands alone,
    the one that has at least half of what the text says about regions.
    """
    sums: dict[Codes, float] = defaultdict(float)
    firsts: dict[Codes, Mention] = {}
    authors: set[Codes] = set()
    for mention in found:
        if mention.codes == (COUNTRY,):
            continue
        weight = _text_weight(mention)
        sums[mention.codes] += weight
        firsts.setdefault(mention.codes, mention)
        if weight >= _AUTHOR and (alone or mention.offset < _OPENING):
            authors.add(mention.codes)
    total = sum(sums.values())
    for codes, weight in sums.items():
        leads = alone and weight >= max(_LEAST, total / 2)
        support = _support(firsts[codes], min(weight, _TEXT_CAP), table)
        support = {c: w for c, w in support.items() if not _has_ancestor(c, support, table)}
        own = leads or codes in authors
        yield Vote("text", support, own, firsts[codes].name)
    if _NATIONAL_SPEECH.search(text[:_HEAD]):
        yield Vote("text", {COUNTRY: _TEXT_CAP}, own=True)
    yield from _licence_votes(text, "text")


def _has_ancestor(code: str, others: Iterable[str], table: RegionTable) -> bool:
    return any(above in others for above in table.lineage(code)[:-1])


def _text_weight(mention: Mention) -> float:
    """Early mentions and those with an office behind them (三明市人民政府) weigh more."""
    weight = 1.0 if mention.offset < _HEAD else 0.6 if mention.offset < _NEAR else 0.3
    if _VOICE.match(mention.after) and not mention.before.endswith(_VISITED):
        return weight * 2
    if mention.before.endswith(_ELSEWHERE):
        return weight * 0.2
    if _OFFICIAL.match(mention.after):
        return weight * 3
    is_brief = mention.full and not mention.chained and mention.end - mention.offset == 2
    return weight * _BRIEF if is_brief else weight


def _support(mention: Mention, weight: float, table: RegionTable) -> dict[str, float]:
    support = {code: weight * _certainty(code, mention, table) for code in mention.codes}
    if mention.full and len({len(code) for code in support}) > 1:
        support = {c: w * _TOWN_BESIDE if len(c) == 9 else w for c, w in support.items()}
    return support | dict.fromkeys(mention.ranked, weight * _RANKED)


def _certainty(code: str, mention: Mention, table: RegionTable) -> float:
    if mention.full or mention.chained or _VOICE.match(mention.after):
        return _FORMER if table.is_former(code) else 1.0
    share = _SHORT if mention.opens else _SHORT_INSIDE
    return share * _BY_LEVEL.get(level_of(code), 1.0)
