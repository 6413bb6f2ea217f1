"""The query language: one table a topic, (query, canonical query) or (query, error position)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from indexer.errors import QueryError
from indexer.messages import Message, word
from indexer.model import GENRES, KINDS
from indexer.text.fold import fold
from search.labels import GENRE_LABELS, GENRE_LABELS_EN, KIND_LABELS, KIND_LABELS_EN
from search.query.parse import parse
from search.query.tree import (
    And,
    Everything,
    Field,
    InTitle,
    Near,
    Node,
    Phrase,
    Wildcard,
    Words,
    Years,
    as_folded,
)

THREE = '"三务公开"'

PHRASES = [
    ('"三务公开"', THREE),
    ("“三务公开”", THREE),
    ("「三務公開」", THREE),
    ("『三务公开』", THREE),
    ("＂三务公开＂", THREE),
    ("″三务公开″", THREE),
    ("‘三务公开’", THREE),
    ("’三务公开’", THREE),
    ("﹁三务公开﹂", THREE),
    # mixtures that keyboards make
    ("“三务公开“", THREE),
    ("”三务公开”", THREE),
    ('"三务公开”', THREE),
    ('“三务公开"', THREE),
    ("〝三务公开〞", THREE),
    ("“三务“ AND ”公示”", '"三务" AND "公示"'),
    ('"三务” "公示”', '"三务" AND "公示"'),
    ('“三务" “公示"', '"三务" AND "公示"'),
    ("“三务“公开", THREE),
    ("““三务”公开", THREE),
    # quotes inside a chunk or at one end of it
    ("“三务”公开", THREE),
    ("“ 三务”公开", THREE),
    ("“三 务”公开", THREE),
    ("三“务”公开", THREE),
    ("三务“公开”", THREE),
    ("「三務」公開", THREE),
    ("“三务”“公开”", THREE),
    ("“三务”、公开", THREE),
    ("“三务”-公开", THREE),
    ("（“三务”）公开", THREE),
    ("公开“” ", '"公开"'),
    # quotes in quotes
    ('"“三务”公开"', THREE),
    ("“‘三务’公开”", THREE),
    ("“三务‘公开’”", THREE),
    ("“三务“公开””", THREE),
    ('“三务"公开"栏”', '"三务公开栏"'),
    ("“「三务」 公开”", THREE),
    ("“（三务）公开”", THREE),
    ('"三务“（公开）”"', THREE),
    ("‘三务“公开”’", THREE),
    # a space or an operator in quotes is text
    ('"三务 公开"', THREE),
    ('"三务 OR 公开"', '"三务or公开"'),
    ('"三务|公开"', THREE),
    ('"title:三务"', '"title三务"'),
    # two items
    ("“三务” 公开", '"三务" AND "公开"'),
    ("“三务”（公开）", '"三务" AND "公开"'),
    ("“三务”|公开", '"三务" OR "公开"'),
    # punctuation that looks like quotes
    ("《条例》", '"条例"'),
    ("〔条例〕【】", '"条例"'),
    ("’条例", '"条例"'),
    ("条例’", '"条例"'),
]

CHUNKS = [
    ("公开", '"公开"'),
    ("，公开。", '"公开"'),
    ("公开公开", '"公开公开"'),
    ("政府信息公开", '"政府信息公开"'),
    ("政府信息：公开", '"政府信息公开"'),
    ("３．５％", '"3.5"'),
    ("1,234", '"1234"'),
    ("公开 ，", '"公开"'),
    ("foo：公开", '"foo公开"'),
    ("时间：公开", '"时间公开"'),
    ("本标题:公开", '"本标题公开"'),
    # the engine sees one space, so nothing but a space may divide
    ("公开\u3000条例", '"公开" AND "条例"'),
    ("公开\u00a0条例", '"公开" AND "条例"'),
    ("\t公开\n条例\r\n", '"公开" AND "条例"'),
    ("公\u200b开\ufeff", '"公开"'),
    ("“公开”\u200b 条例", '"公开" AND "条例"'),
]

OPERATORS = [
    ("甲 乙", '"甲" AND "乙"'),
    ("甲 AND 乙", '"甲" AND "乙"'),
    ("甲 ＡＮＤ 乙", '"甲" AND "乙"'),
    ("甲&乙", '"甲" AND "乙"'),
    ("甲 ＆＆ 乙", '"甲" AND "乙"'),
    ("甲&&乙", '"甲" AND "乙"'),
    ("甲 OR 乙", '"甲" OR "乙"'),
    ("甲 ＯＲ 乙", '"甲" OR "乙"'),
    ("甲|乙", '"甲" OR "乙"'),
    ("甲｜｜乙", '"甲" OR "乙"'),
    ("NOT 甲", 'NOT "甲"'),
    ("ＮＯＴ 甲", 'NOT "甲"'),
    ("NOT“甲”", 'NOT "甲"'),
    ("“甲”AND“乙”", '"甲" AND "乙"'),
    ('"甲"OR(乙 丙)', '"甲" OR ("乙" AND "丙")'),
    ("-甲", 'NOT "甲"'),
    ("－甲", 'NOT "甲"'),
    ('-"甲"', 'NOT "甲"'),
    ("-甲 -乙", 'NOT "甲" AND NOT "乙"'),
    ("甲 NOT 乙", '"甲" AND NOT "乙"'),
    ("甲 AND NOT 乙", '"甲" AND NOT "乙"'),
    ("甲 OR -乙", '"甲" OR NOT "乙"'),
    ("NOT NOT 甲", '"甲"'),
    ("NOT -NOT 甲", 'NOT "甲"'),
    ("NOT (NOT 甲)", '"甲"'),
    ("-(甲 乙)", 'NOT ("甲" AND "乙")'),
    ("甲 乙 OR 丙 丁", '("甲" AND "乙") OR ("丙" AND "丁")'),
    ("(甲 乙) 丙", '"甲" AND "乙" AND "丙"'),
    ("甲 OR (乙 OR 丙)", '"甲" OR "乙" OR "丙"'),
    # text, not operators
    ("2017-2018", '"2017 2018"'),
    ("甲-乙", '"甲乙"'),
    ("- 甲", '"甲"'),
    ("--甲", '"甲"'),
    ("R&D", '"r d"'),
    ("甲 and 乙", '"甲" AND "and" AND "乙"'),
    ("或", '"或"'),
    ("ANDROID", '"android"'),
    ("NEAR20", '"near20"'),
    ("AND/OR", '"and or"'),
    ('"AND"', '"and"'),
]

BRACKETS = [
    ("(甲)", '"甲"'),
    ("（甲 OR 乙）丙", '("甲" OR "乙") AND "丙"'),
    ("丙（甲 OR 乙）", '"丙" AND ("甲" OR "乙")'),
    ("(甲 OR 乙)AND(丙 OR 丁)", '("甲" OR "乙") AND ("丙" OR "丁")'),
    ("（甲）OR（乙）", '"甲" OR "乙"'),
    ("(甲)|(乙)", '"甲" OR "乙"'),
    ("(甲)(乙)", '"甲" AND "乙"'),
    ("（甲)", '"甲"'),
    ("(甲 OR 乙)-丙", '("甲" OR "乙") AND NOT "丙"'),
    ("(-甲)乙", 'NOT "甲" AND "乙"'),
    ("(year:2015)乙", 'year:2015 AND "乙"'),
    ("(((甲)))", '"甲"'),
    # pasted text
    ("（一）公开", '"一公开"'),
    ("（一）“三务”公开", '"一三务公开"'),
    ("（一）、公开", '"一公开"'),
    ("第（五）项", '"第五项"'),
    ("公开（公示（一））", '"公开公示一"'),
    ("公开（-5%）", '"公开5"'),
    ("1）公开", '"1公开"'),
    ("((一)公开 OR 乙)丙", '("一公开" OR "乙") AND "丙"'),
    ("公开()", '"公开"'),
]

WILDCARDS = [
    ('"三?公开"', '"三?公开"'),
    ("三?公开", '"三?公开"'),
    ("“三”?公开", '"三?公开"'),
    ("三？公开", '"三?公开"'),
    ('"三务*公示"', '"三务*公示"'),
    ("三务＊公示", '"三务*公示"'),
    ("三务?*?公示", '"三务??*公示"'),
    ("三务*，*公示", '"三务**公示"'),
    ("?务公开", '"?务公开"'),
    ("三务??", '"三务??"'),
    ("*?务公开", '"?务公开"'),
    ("*三务*公示*", '"三务*公示"'),
    ('"三务*"', '"三务"'),
    ("政府信息*", '"政府信息"'),
    ("怎么办？", '"怎么办"'),
    ("“怎么办？”", '"怎么办"'),
    ("公开？！", '"公开"'),
    ("公?开？", '"公?开"'),
    ("* 公开", '"公开"'),
]

NEARS = [
    ('"三务" NEAR/20 公示', '"三务" NEAR/20 "公示"'),
    ("“三务”NEAR/5“公示”", '"三务" NEAR/5 "公示"'),
    ("“三务” NEAR/5“公示”", '"三务" NEAR/5 "公示"'),
    ("三务 NEAR 公示", '"三务" NEAR/20 "公示"'),
    ("甲 ＮＥＡＲ／３０ 乙", '"甲" NEAR/30 "乙"'),
    ("甲 NEAR/0 乙", '"甲" NEAR/0 "乙"'),
    ("甲 NEAR/200 乙", '"甲" NEAR/200 "乙"'),
    ("甲 NEAR/007 乙", '"甲" NEAR/7 "乙"'),
    ("甲?乙 NEAR 丙", '"甲?乙" NEAR/20 "丙"'),
    ("政府信息 NEAR 公开", '"政府信息" NEAR/20 "公开"'),
    ("-甲 NEAR 乙 丙", 'NOT "甲" NEAR/20 "乙" AND "丙"'),
    ("甲 OR 乙 NEAR 丙", '"甲" OR "乙" NEAR/20 "丙"'),
]

FIELDS = [
    ('title:"工作报告"', 'title:"工作报告"'),
    ("标题：“三务”公开", 'title:"三务公开"'),
    ("標題：公开", 'title:"公开"'),
    ("标题:政府信息", 'title:"政府信息"'),
    ("-标题:政府信息", 'NOT title:"政府信息"'),
    ("标题：（一）公开", 'title:"一公开"'),
    ("标题：（公开）", 'title:"公开"'),
    ("Title: 公?开", 'title:"公?开"'),
    ("ｔｉｔｌｅ：公开", 'title:"公开"'),
    ("region:内蒙古", 'region:"内蒙古"'),
    ("地区：\u3000内蒙古", 'region:"内蒙古"'),
    ("region:150000", 'region:"150000"'),
    ("region:“内蒙古 自治区”", 'region:"内蒙古 自治区"'),
    ('region:"内“蒙”古"', 'region:"内蒙古"'),
    ("机构:财政局（本级）", 'issuer:"财政局（本级）"'),
    ("issuer:财政局 公开", 'issuer:"财政局" AND "公开"'),
    ("region:甲 OR region:乙", 'region:"甲" OR region:"乙"'),
    ("(地区:甲)", 'region:"甲"'),
    ("section:overview", 'section:"overview"'),
    ("栏目：总体情况", 'section:"overview"'),
    ("栏目：概述/总体情况", 'section:"overview"'),
    ("section:on_request", 'section:"on_request"'),
    ("section:On-Request", 'section:"on_request"'),
    ("栏目:“依申请公开”", 'section:"on_request"'),
    ("欄目:工作回顧", 'section:"review"'),
    ("genre:work_report", 'genre:"work_report"'),
    ("体裁：政府工作报告", 'genre:"work_report"'),
    ("year:2015", "year:2015"),
    ("年份：２０１５年", "year:2015"),
    ("年份:二〇一五年", "year:2015"),
    ("year:2015..2015", "year:2015"),
    ("year:2015..2018", "year:2015..2018"),
    ("year:2015-2018", "year:2015..2018"),
    ("year:2015—2018", "year:2015..2018"),
    ("year:2015～2018", "year:2015..2018"),
    ("年份:2015年至2018年", "year:2015..2018"),
    ("年份：“2015到2018”", "year:2015..2018"),
    ("year:..2018", "year:..2018"),
    ("year:2015..", "year:2015.."),
    ("year:2015…", "year:2015.."),
    ("year:2015, 公开", 'year:2015 AND "公开"'),
]

BY_WORDS = [
    ("公开公开", '"公开"'),
    ("政府信息公开", "政府信息公开"),
    ("政府信息：公开", "政府信息公开"),
    ("foo：公开", "foo公开"),
    ("时间：公开", "时间公开"),
    ("本标题:公开", "本标题公开"),
    ("2017-2018", "2017-2018"),
    ("R&D", "r-d"),
    ("AND/OR", "and-or"),
    ("（一）公开", "一公开"),
    ("（一）、公开", "一公开"),
    ("公开（公示（一））", "公开公示一"),
    ("公开（-5%）", "公开5"),
    ("1）公开", "1公开"),
    ("((一)公开 OR 乙)丙", '(一公开 OR "乙") AND "丙"'),
    ("政府信息*", "政府信息"),
    ("标题:政府信息", 'title:"政府" AND title:"信息"'),
    ("-标题:政府信息", 'NOT (title:"政府" AND title:"信息")'),
    ("标题：（一）公开", 'title:"一" AND title:"公开"'),
    ("“政府信息”公开", '"政府信息公开"'),
    ("政府信息。公开", "政府信息。公开"),
    ("政府信息 NEAR 公开", '"政府信息" NEAR/20 "公开"'),
]
"""What bare chunks mean where their words may stand apart."""

UNSTEADY = [
    # what these fold to folds on to something else
    "ᾳ公",
    "“\u0344公”",
    "？\ufa0c\U0002f81a",
    "\u09cb公?\u09cb",
    # not assigned, or separators of their own
    "\U000e0fff公{*}开",
    "\u0378{*}\u0379公",
    "\u0378\u0379公\u0378",
]

EVERYTHING = [(query, "") for query in ("", " ", "\u3000\t\n", "\u200b")]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        *PHRASES,
        *CHUNKS,
        *OPERATORS,
        *BRACKETS,
        *WILDCARDS,
        *NEARS,
        *FIELDS,
        *EVERYTHING,
    ],
)
def test_what_a_query_means(query: str, canonical: str) -> None:
    assert str(parse(query).tree) == canonical


@pytest.mark.parametrize(("query", "canonical"), BY_WORDS)
def test_what_bare_chunks_mean_by_words(query: str, canonical: str) -> None:
    assert str(parse(query, words=True).tree) == canonical


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("query", UNSTEADY)
def test_the_canonical_query_is_its_own(query: str, words: bool) -> None:
    tree = parse(query, words=words).tree
    again = parse(str(tree), words=words).tree
    assert str(again) == str(tree)
    assert as_folded(again) == as_folded(tree)


@pytest.mark.parametrize(
    ("first", "end"), [(0x80, 0x3400), (0xA000, 0x10000), (0x1D000, 0x1F000), (0x2F800, 0x2FA20)]
)
def test_the_canonical_query_of_every_odd_character(first: int, end: int) -> None:
    for code in range(first, end):
        if fold(chr(code)) not in ("", chr(code)):
            tree = parse(f"“公{chr(code)}公”").tree
            assert as_folded(parse(str(tree)).tree) == as_folded(tree), hex(code)


ERRORS = [
    # quotes
    ('"三务', 0, "引号"),
    ("三务”", 2, "引号"),
    ('三务"', 2, "引号"),
    ("公开 “三务", 3, "引号"),
    ("‘三务", 0, "引号"),
    ("三务」公开", 2, "引号"),
    ('""', 0, "引号里没有"),
    ("公开 “，”", 3, "引号里没有"),
    ('"*"', 0, "引号里没有"),
    # nothing to search for
    ("，", 0, "只有标点"),
    ("\u3000。", 1, "只有标点"),
    ("*", 0, "只有标点"),
    ("？", 0, "只有标点"),
    ("-", 0, "只有标点"),
    # operators without operands
    ("甲 AND", 2, "AND 后面"),
    ("AND 甲", 0, "AND 前面"),
    ("甲 AND OR 乙", 2, "AND 后面"),
    ("甲 & | 乙", 2, "AND 后面"),
    ("甲 OR ，", 2, "OR 后面"),
    ("NOT", 0, "NOT 后面"),
    ("甲 AND -", 2, "AND 后面"),
    ("(OR 甲)", 1, "OR 前面"),
    ("(甲 NOT)", 3, "NOT 后面"),
    ("甲\u200b AND", 3, "AND 后面"),
    # NEAR
    ("甲 NEAR", 2, "NEAR 后面"),
    ("NEAR/5 甲", 0, "NEAR 前面"),
    ("甲 NEAR/201 乙", 2, "距离"),
    ("甲 NEAR/ 乙", 2, "距离"),
    ("甲 NEAR/x 乙", 2, "距离"),
    ("甲 NEAR/99999999999 乙", 2, "距离"),
    ("甲 NEAR 乙 NEAR 丙", 9, "NEAR 两边"),
    ("甲 NEAR (乙 丙)", 7, "NEAR 两边"),
    ("(甲 乙) NEAR 丙", 6, "NEAR 两边"),
    ("甲 NEAR -乙", 7, "NEAR 两边"),
    ("year:2015 NEAR 乙", 10, "NEAR 两边"),
    # brackets
    ("(甲", 0, "没有配对"),
    ("甲 （乙", 2, "没有配对"),
    ("甲)", 1, "多出一个括号"),
    (")甲", 0, "多出一个括号"),
    ("（公开 1）甲）", 7, "多出一个括号"),
    ("()", 1, "括号里没有"),
    ("甲 (，)", 4, "括号里没有"),
    ("(" * 60 + "甲" + ")" * 60, 50, "括号套得太深"),
    # fields
    ("title:", 6, "没有值"),
    ("标题： ", 4, "没有值"),
    ('title:""', 6, "没有值"),
    ("title:，", 6, "没有值"),
    ("region:(甲 OR 乙)", 7, "没有值"),
    ("title: AND 甲", 7, "没有值"),
    ("title: year:2015", 7, "没有值"),
    ("title:-甲", 6, "没有值"),
    ("(title:)", 7, "没有值"),
    ("section:foo", 8, "没有“foo”这个栏目"),
    ("体裁：散文", 3, "没有“散文”这个体裁"),
    ("year:18", 5, "看不懂的年份"),
    ("year:201?", 5, "看不懂的年份"),
    ("year:20152018", 5, "看不懂的年份"),
    ("year:至", 5, "看不懂的年份"),
    ("甲 year:2018..2015", 7, "晚于"),
]


@pytest.mark.parametrize(("query", "position", "message"), ERRORS)
def test_what_is_wrong_and_where(query: str, position: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert message in str(caught.value)
    assert caught.value.position == position
    assert caught.value.hint


def test_unknown_facet_values_list_the_allowed() -> None:
    with pytest.raises(QueryError) as caught:
        parse("section:foo")
    assert caught.value.hint
    assert all(kind in word(caught.value.hint, "zh") for kind in KINDS)


@pytest.mark.parametrize(
    ("query", "warning"),
    [
        ("甲 ，", "已忽略标点“，”"),
        ("- 甲", "要排除某个词"),
        ("三务*", "“*”不起作用"),
        ("“三务*”", "“*”不起作用"),
        ("三？公开", "按通配符处理"),
        ("甲 and 乙", "“and”按文字检索"),
        ("政府OR公开", "“OR”按文字检索"),
        ("“三务”AND公示", "“AND”按文字检索"),
        ("三务NEAR/5公示", "“NEAR/5”按文字检索"),
    ],
)
def test_what_the_reader_is_told(query: str, warning: str) -> None:
    (told,) = parse(query).warnings
    assert warning in word(told, "zh")


@pytest.mark.parametrize(
    "query",
    ["怎么办？", "“怎么办？”", "三?公开", "第（五）项", "“AND”", "2017-2018", "title:公?开"],
)
def test_nothing_to_tell(query: str) -> None:
    assert parse(query).warnings == ()


def test_beside_near_there_is_no_choice_of_words() -> None:
    (told,) = parse("政府信息 NEAR 公开", words=True).warnings
    assert told == Message("near_as_phrase", typed="政府信息")


def test_the_same_warning_is_given_once() -> None:
    assert len(parse("三务* 公示*").warnings) == 1


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("“三务”公开", Phrase("“三务”公开", "三务公开")),
        ("推进“三務”公开", Phrase("推进“三務”公开", "推进三务公开")),
        ("“三務 公开”", Phrase("三務 公开", "三务公开")),
        ('"“三务”公开"', Phrase("“三务”公开", "三务公开")),
        ("“怎么办？”", Phrase("怎么办？", "怎么办")),
        ("，公開。", Phrase("，公開。", "公开")),
        ("政府，信息", Phrase("政府，信息", "政府信息")),
        ("三務？公開", Wildcard(("三务", "公开"), ((1, 1),), "三务?公开")),
        ("?三*公?", Wildcard(("", "三", "公", ""), ((1, 1), (0, 20), (1, 1)), "?三*公?")),
        ("三*?*公", Wildcard(("三", "公"), ((1, 41),), "三?**公")),
        ("三?，?公", Wildcard(("三", "公"), ((2, 2),), "三??公")),
        ("三务 NEAR 公示", Near(Phrase("三务", "三务"), Phrase("公示", "公示"), 20)),
        ("标题：“公開”", InTitle(Phrase("公開", "公开"))),
        ("year:..2018", Years(None, 2018)),
        ("地区：內蒙古", Field("region", "內蒙古")),
        ("栏目：附表 甲", And((Field("section", "other"), Phrase("甲", "甲")))),
        ("", Everything()),
    ],
)
def test_the_tree(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        (
            "政府，信息",
            Words(
                Phrase("政府，信息", "政府信息"), (Phrase("政府", "政府"), Phrase("信息", "信息"))
            ),
        ),
        (
            "，信息公開信息。",
            Words(
                Phrase("，信息公開信息。", "信息公开信息"),
                (Phrase("信息", "信息"), Phrase("公開", "公开")),
            ),
        ),
        ("，公開。", Phrase("公開", "公开")),
        ("“政府”信息", Phrase("“政府”信息", "政府信息")),
    ],
)
def test_the_tree_by_words(query: str, tree: Node) -> None:
    assert parse(query, words=True).tree == tree


def test_labels_cover_every_genre_and_kind() -> None:
    assert tuple(GENRE_LABELS) == tuple(GENRE_LABELS_EN) == GENRES
    assert tuple(KIND_LABELS) == tuple(KIND_LABELS_EN) == KINDS


@pytest.mark.parametrize("name", ["section", "genre"])
def test_every_label_is_understood(name: str) -> None:
    labels = {"section": KIND_LABELS, "genre": GENRE_LABELS}[name]
    for value, label in labels.items():
        assert parse(f"{name}:{value}").tree == Field(name, value)
        assert all(
            parse(f'{name}:"{part}"').tree == Field(name, value) for part in label.split("/")
        )


def test_importing_the_parser_does_not_import_lark() -> None:
    check = "import sys, search.query.parse; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
