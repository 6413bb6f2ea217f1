"""Corrections of a query that finds nothing, suggestions while typing, frequent phrases."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.text.fold import fold
from indexer.text.segment import cut, dictionary, tokens
from search.query.parse import parse
from search.query.tree import Node, Phrase, Words
from search.related.correct import LONGEST
from search.related.did_you_mean import did_you_mean
from search.related.frequent import bare_heading, frequent_phrases
from search.related.pinyin import readings, spell, without_tone
from search.related.prefixes import END, Prefixes
from search.related.shapes import SHAPE_ALIKE
from search.related.suggest import Suggester, Suggestion
from search.related.vocabulary import Vocabulary

REPORTS = [
    fold(text)
    for text in (
        "本镇推进“三务”公开，账目公开栏已更换；低保度渡难关。",
        "政府工作报告说：全面开展政府信息公开培训，下一步另行安排。",
        "扶贫资金使用情况已公示，土地确权登记完成，GDP 稳步增长。",
        "开放数据平台 open data portal 上线，躁动的候鸟也来了。",
    )
]


class Reports:
    """Counts the reports that hold a phrase, and how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, folded: str) -> int:
        assert folded
        assert fold(folded) == folded
        self.calls += 1
        return sum(folded in report for report in REPORTS)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(lambda: [("open", 3), ("data", 3), ("gdp", 9), ("三务", 5), ("确权", 4)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # the same sound, the like sound
        ("三物公开", '"三务公开"'),
        ("“三物公开”", '"三务公开"'),
        ("“三武公开”", '"三务公开"'),
        ("帐目公开", '"账目公开"'),
        ("帳目公開", '"账目公开"'),
        ("政府工做报告", '"政府工作报告"'),
        ("政府工坐报告", '"政府工作报告"'),
        # the shape
        ("“政府信息公开培圳”", '"政府信息公开培训"'),
        ("“侯鸟”", '"候鸟"'),
        ("“燥动的候鸟”", '"躁动的候鸟"'),
        # too little, too much, in another order
        ("“公三务开”", '"三务公开"'),
        ("“三公务开”", '"三务公开"'),
        ("“政府信公开培训”", '"政府信息公开培训"'),
        ("“政府信息公公开培训”", '"政府信息公开培训"'),
        ("“三务的公开”", '"三务公开"'),
        # two mistakes, each in a word of its own
        ("“扶平资金使用情况已公视”", '"扶贫资金使用情况已公示"'),
        ("“土地雀权登纪完成”", '"土地确权登记完成"'),
        # words of letters
        ("“opan data portal”", '"open data portal"'),
        ("gdq", '"gdp"'),
        ("“gpd稳步增长”", '"gdp稳步增长"'),
        # one bad text among good ones
        ("扶贫资金 AND “三物公开”", '"扶贫资金" AND "三务公开"'),
        ("“帐目公开” “三物公开”", '"账目公开" AND "三务公开"'),
        ("“魑魅魍魉” OR “三物公开”", '"魑魅魍魉" OR "三务公开"'),
        ("“三物公开” NOT 扶贫资金 year:2019", '"三务公开" AND NOT "扶贫资金" AND year:2019'),
        ("“三物公开” NEAR/5 “账目”", '"三务公开" NEAR/5 "账目"'),
        ("title:“三物公开”", 'title:"三务公开"'),
        ("“三武?开”", '"三务?开"'),
    ],
)
def test_the_first_suggestion(query: str, expected: str, vocabulary: Vocabulary) -> None:
    suggested = did_you_mean(parse(query).tree, Reports(), vocabulary)
    assert suggested[:1] == (expected,)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("帐目公开", "账目公开"),
        ("政府工做报告", "政府工作报告"),
        ("扶贫资金 AND “三物公开”", '扶贫资金 AND "三务公开"'),
    ],
)
def test_the_first_suggestion_by_words(query: str, expected: str, vocabulary: Vocabulary) -> None:
    suggested = did_you_mean(parse(query, words=True).tree, Reports(), vocabulary)
    assert suggested[:1] == (expected,)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "饕餮魑魅",
        "“zzzzzz”",
        "三务公开",
        "“三务公开” AND “扶贫资金”",
        "“三务公开” NEAR/3 “低保”",
        "“饕餮魑魅” AND “三物公开”",
        "NOT 三物公开",
        "year:1950 region:三物公开",
        "“2027”",
        "“三务公开" + "魑魅魍魉" * 3 + "”",
        " ".join(["帐木"] * 30),
    ],
)
def test_no_suggestion(query: str, vocabulary: Vocabulary) -> None:
    assert did_you_mean(parse(query).tree, Reports(), vocabulary) == ()


def test_kinds_of_confusion_come_in_order() -> None:
    """The same tone, another tone, the shape; then an edit, however often it occurs."""
    reports = ["位端"] * 1 + ["维端"] * 5 + ["末端"] * 9 + ["未必"] * 99
    known = Vocabulary(words=lambda: [(word, 50) for word in ("地位", "维护", "末尾", "未必")])
    suggested = did_you_mean(
        parse("“未端”").tree, lambda text: sum(text in r for r in reports), known
    )
    assert suggested == ('"位端"', '"维端"', '"末端"')


def test_a_whole_query_is_asked_for_where_that_is_possible(vocabulary: Vocabulary) -> None:
    asked: list[str] = []

    def answers(node: Node) -> bool:
        asked.append(str(node))
        return False

    tree = parse("扶贫资金 AND “三物公开”").tree
    assert did_you_mean(tree, Reports(), vocabulary, answers) == ()
    assert asked == ['"扶贫资金" AND "三务公开"']


@pytest.mark.parametrize("words", ["三物公开政府信息帐目", "政", "一壹", "abc ", "的魑"])
@pytest.mark.parametrize(
    "pattern", ["{}", "“{}”", "{0} {0} {0} {0} {0} {0} {0} {0}", "({} OR 甲) 乙"]
)
def test_the_cost_is_bounded(words: str, pattern: str, vocabulary: Vocabulary) -> None:
    reports = Reports()
    query = pattern.format(words * (900 // len(words) // len(pattern)))
    did_you_mean(parse(query).tree, reports, vocabulary)
    assert reports.calls <= 200


@pytest.mark.parametrize("pattern", ["{}", "“{}”", "{}?公开"])
@pytest.mark.parametrize("length", [LONGEST - 8, LONGEST + 1, 900])
def test_what_is_looked_up_is_bounded(length: int, pattern: str, vocabulary: Vocabulary) -> None:
    """A text of many characters takes as many times longer to look up: a very long one is not mended."""
    known = "".join(map(chr, range(0x4E00, 0x4E00 + length)))
    looked_up = [0]

    def found(folded: str) -> int:
        looked_up[0] += len(folded)
        return int(folded in known)

    mistaken = f"{known[:-6]}公{known[-5:]}"
    did_you_mean(parse(pattern.format(mistaken)).tree, found, vocabulary)
    assert looked_up[0] <= 200 * LONGEST
    if length > LONGEST:
        assert looked_up[0] <= 2 * len(mistaken)


@given(st.text(alphabet="三务物公开帐账目政府信息报告做作open ?*“”-", max_size=24))
def test_what_is_suggested_finds_something(typed: str) -> None:
    try:
        tree = parse(typed).tree
    except QueryError:
        return
    reports = Reports()
    for suggestion in did_you_mean(tree, reports, SMALL):
        again = parse(suggestion).tree
        assert again != tree
        assert str(again) == suggestion
        if isinstance(again, Phrase | Words):
            assert reports(again.folded if isinstance(again, Phrase) else again.whole.folded)


SMALL = Vocabulary(words=lambda: [(word, 10) for report in REPORTS for _, word in tokens(report)])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("工坐", "工作"),  # replaced
        ("信", "信息"),  # missing
        ("信信息", "信息"),  # too much
        ("息信", "信息"),  # swapped
        ("opne", "open"),
        ("ope", "open"),
        ("opeen", "open"),
    ],
)
def test_words_an_edit_away(word: str, expected: str, vocabulary: Vocabulary) -> None:
    near = vocabulary.near(word, 20)
    assert expected in near
    assert word not in near
    assert [vocabulary.count(w) for w in near] == sorted(map(vocabulary.count, near), reverse=True)


@given(
    st.lists(st.text("三务公开ab", min_size=2, max_size=5), max_size=20),
    st.text("三务公开", min_size=1, max_size=4),
)
def test_near_is_edit_distance_one(words: list[str], word: str) -> None:
    kept = {w for w in words if w.isascii() or not any(c.isascii() for c in w)}
    expected = {w for w in kept if w != word and _one_edit(w, word)}
    assert set(Vocabulary(words=lambda: [(w, 9) for w in words]).near(word, 100)) == expected


def _one_edit(one: str, other: str) -> bool:
    if len(one) == len(other):
        unlike = [at for at in range(len(one)) if one[at] != other[at]]
        first, last = min(unlike), max(unlike)
        swapped = last - first == 1 and one[first : last + 1] == other[first : last + 1][::-1]
        return len(unlike) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def test_the_dictionary_is_read_when_it_is_first_needed() -> None:
    read: list[str] = []

    def words() -> Iterator[tuple[str, int]]:
        read.append("words")
        yield "三务", 9

    vocabulary = Vocabulary(words=words)
    assert read == []
    assert (vocabulary.count("三务"), vocabulary.count("三务")) == (9, 9)
    assert read == ["words"]
    grown = Vocabulary(lambda: [("三务", 1), ("村务", 2)], words)
    assert (grown.count("三务"), grown.count("村务"), vocabulary.count("村务")) == (10, 2, 0)
    assert read == ["words"], "a dictionary is the same in every generation of an index"


def test_jiebas_dictionary_and_cut() -> None:
    words = dict(dictionary())
    assert words["政府"] > words["县政府"] > 0
    assert cut("三务\n公开\r") == ["三务", "\n", "公开", "\r"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("三务", ("sw", "sanwu")),
        ("重庆市", ("cqs", "chongqingshi")),
        ("重点", ("zd", "zhongdian")),
        ("银行", ("yh", "yinhang")),
        ("绿色", ("ls", "lvse")),
        ("gdp", ("gdp", "gdp")),
        ("α", ("?", "?")),
        ("", ("", "")),
    ],
)
def test_spelling(word: str, expected: tuple[str, str]) -> None:
    assert spell(word) == expected


def test_readings() -> None:
    assert readings("重") == ("zhòng", "chóng")
    assert readings("a") == ()
    assert without_tone("lǜ") == "lv"


def test_shapes_are_alike_both_ways() -> None:
    assert {"帐", "己", "未"} <= SHAPE_ALIKE.keys()
    for character, others in SHAPE_ALIKE.items():
        assert character not in others
        assert all(character in SHAPE_ALIKE[other] for other in others)


SUGGESTIONS = [
    Suggestion("政府信息公开工作年度报告", 3, "title"),
    Suggestion("主动公开政府信息情况", 40, "heading"),
    Suggestion("政府工作报告", 60, "title"),
    Suggestion("推进“三务”公开", 9, "heading"),
    Suggestion("三务公开", 20, "phrase"),
    Suggestion("“三务”公开", 5, "heading"),
    Suggestion("重庆市工作回顾", 8, "title"),
    Suggestion("GDP 增长", 7, "phrase"),
    Suggestion("示范引领", 6, "phrase"),
    Suggestion("𠮷林工作", 1, "heading"),
    Suggestion("……", 99, "heading"),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("三", ["三务公开", "推进“三务”公开"]),
        ("“三务", ["三务公开", "推进“三务”公开"]),
        ("三務公開", ["三务公开", "推进“三务”公开"]),
        ("示範", ["示范引领"]),
        ("政府", ["政府工作报告", "政府信息公开工作年度报告", "主动公开政府信息情况"]),
        ("政府信", ["政府信息公开工作年度报告", "主动公开政府信息情况"]),
        ("政府信息公开工作", ["政府信息公开工作年度报告"]),
        ("务", []),  # no word begins with it
        ("sw", ["三务公开", "推进“三务”公开"]),
        ("san wu", ["三务公开", "推进“三务”公开"]),
        ("SanWu", ["三务公开", "推进“三务”公开"]),
        ("sanwug", ["三务公开", "推进“三务”公开"]),
        ("chongqing", ["重庆市工作回顾"]),
        ("cqs", ["重庆市工作回顾"]),
        ("zhongqing", []),
        ("zfgzbg", ["政府工作报告"]),
        ("zhengfugongzuobaogao", ["政府工作报告"]),
        ("gdp", ["GDP 增长"]),
        ("gdp zeng", ["GDP 增长"]),
        ("𠮷林", ["𠮷林工作"]),
        ("", []),
        ("。，", []),
        ("饕", []),
        ("政府" * 50, []),
    ],
)
def test_suggestions(typed: str, expected: list[str]) -> None:
    suggester = Suggester(SUGGESTIONS)
    assert [suggestion.text for suggestion in suggester.suggest(typed)] == expected


def test_at_most_as_many_as_asked_for() -> None:
    suggester = Suggester(SUGGESTIONS)
    assert [s.text for s in suggester.suggest("政府", limit=2)] == [
        "政府工作报告",
        "政府信息公开工作年度报告",
    ]
    assert Suggester([]).suggest("zf") == ()


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "ab", "b", "三务", "三", "开"]), min_size=1), max_size=9
    ),
    st.text("ab三务开", min_size=1, max_size=7),
)
def test_prefixes_against_plain_strings(texts: list[list[str]], typed: str) -> None:
    prefixes = Prefixes.of([token for words in texts for token in (*words, END)])
    whole = ["".join(words) for words in texts]
    begun = [at for at, text in enumerate(whole) if text.startswith(typed)]
    within = [
        at
        for at, words in enumerate(texts)
        if any("".join(words[first:]).startswith(typed) for first in range(len(words)))
    ]
    assert prefixes.begun(typed, 3) == begun[:3]
    assert prefixes.within(typed, 3) == within[:3]
    assert prefixes.tokens() == [token for words in texts for token in (*words, END)]


def _sample(*lines: str) -> tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The lines folded, and where their words begin; words are parted by "/"."""
    text = "\n".join(line.replace("/", "") for line in lines)
    begins = np.zeros(len(text), dtype=np.bool_)
    at = 0
    for line in lines:
        for word in line.split("/"):
            begins[at] = True
            at += len(word)
        begins[at : at + 1] = True
        at += 1
    return text, begins


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        (["政府/信息"] * 4, []),  # too rare
        (["政府/信息"] * 5, [("政府信息", 5)]),
        (["政府/信息/公开"] * 5, [("政府信息公开", 5)]),  # its parts never stand alone
        (["政府/信息/公开"] * 5 + ["政府/信息"] * 5, [("政府信息", 10), ("政府信息公开", 5)]),
        (["的/政府/信息/和"] * 5, [("政府信息", 5)]),
        (["三/务"] * 9, []),  # too short
        (["政府/2020/年度"] * 9, []),
        (["政府", "信息"] * 9, []),  # in two lines
        (["一一/二二/三三/四四/五五"] * 5, []),  # pieces of a longer one
    ],
)
def test_frequent_phrases(lines: list[str], expected: list[tuple[str, int]]) -> None:
    assert frequent_phrases([_sample(*lines)] if lines else []) == expected


def test_no_more_than_a_sample_is_read() -> None:
    read: list[int] = []

    def samples() -> Iterator[tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
        for number in range(100):
            read.append(number)
            yield _sample(*["政府/信息"] * 10)

    assert frequent_phrases(samples(), most_characters=100) == [("政府信息", 20)]
    assert len(read) < 5


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("一、总体情况", "总体情况"),
        ("（二）主动公开情况。", "主动公开情况"),
        ("第一部分 2019年工作回顾", "2019年工作回顾"),
        ("1.推进三务公开；", "推进三务公开"),
        ("总体情况", "总体情况"),
        ("", ""),
    ],
)
def test_a_heading_without_its_number(heading: str, expected: str) -> None:
    assert bare_heading(heading) == expected
